"""All rules in one table: what follows from which event."""

from collections.abc import Mapping

from engine.desk import first_words, loss, parts, routing, wrap_up
from engine.desk.rule import Rule
from engine.events import Event


def united(*rooms: Mapping[type[Event], Rule]) -> dict[type[Event], tuple[Rule, ...]]:
    """The rules of all rooms: where several follow from one event, each does, in the order of the rooms."""
    kinds = dict.fromkeys(kind for room in rooms for kind in room)
    return {kind: tuple(room[kind] for room in rooms if kind in room) for kind in kinds}


FOLLOW = united(first_words.FOLLOW, routing.FOLLOW, parts.FOLLOW, loss.FOLLOW, wrap_up.FOLLOW)
