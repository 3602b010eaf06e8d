"""The fact "an action": one row each time that a site's script told of something its visitor did, at once."""

from datetime import datetime

import msgspec

from engine.events import ActionTracked, Event, VisitId, VisitorId


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """An action; `parameters` are a JSON object of texts."""

    visit: VisitId
    visitor: VisitorId
    ts: datetime
    name: str
    parameters: str


class State(msgspec.Struct, frozen=True):
    """Nothing has to be remembered."""


VERSION = 2
EMPTY = State()
NOTHING: tuple[Action, ...] = ()


def step(state: State, event: Event) -> tuple[State, tuple[Action, ...]]:
    """Take an event; a row comes with each action."""
    if not isinstance(event, ActionTracked):
        return state, NOTHING
    action = Action(
        visit=event.visit,
        visitor=event.visitor,
        ts=event.at,
        name=event.name,
        parameters=msgspec.json.encode(dict(event.parameters)).decode(),
    )
    return state, (action,)
