"""All rules in one table: what follows from which event."""

from engine.desk import loss, routing, wrap_up
from engine.desk.rule import Rule
from engine.events import Event

FOLLOW: dict[type[Event], Rule] = routing.FOLLOW | loss.FOLLOW | wrap_up.FOLLOW
