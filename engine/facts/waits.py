"""The fact "a wait": from asking for help to an answer, a left message, or leaving; one row for each that ended.

Asking again does not begin anew. A message left without asking is no wait.
"""

from datetime import datetime
from typing import Literal

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import (
    Abandoned,
    Accepted,
    ConversationId,
    DepartmentId,
    Event,
    HelpAsked,
    MessageLeft,
    SiteId,
    VisitorId,
)

WaitEnd = Literal["answered", "left-message", "abandoned"]


class Wait(msgspec.Struct, frozen=True, kw_only=True):
    """A wait; `ended_at`, `seconds` and `outcome` are None while it lasts."""

    conversation: ConversationId
    visitor: VisitorId
    site: SiteId
    department: DepartmentId
    asked_at: datetime
    ended_at: datetime | None = None
    seconds: float | None = None
    outcome: WaitEnd | None = None


class State(msgspec.Struct, frozen=True):
    """Who waits."""

    open: Map[ConversationId, Wait]


VERSION = 1
EMPTY = State(Map())
NOTHING: tuple[Wait, ...] = ()


def step(state: State, event: Event) -> tuple[State, tuple[Wait, ...]]:
    """Take an event; a row comes with the end of a wait."""
    match event:
        case HelpAsked():
            return State(state.open.set(event.conversation, _began(event))), NOTHING
        case Accepted():
            return _end(state, event.conversation, event.at, "answered")
        case MessageLeft():
            return _end(state, event.conversation, event.at, "left-message")
        case Abandoned():
            return _end(state, event.conversation, event.at, "abandoned")
    return state, NOTHING


def _began(event: HelpAsked) -> Wait:
    return Wait(
        conversation=event.conversation,
        visitor=event.visitor,
        site=event.site,
        department=event.department,
        asked_at=event.at,
    )


def _end(state: State, key: ConversationId, at: datetime, outcome: WaitEnd) -> tuple[State, tuple[Wait, ...]]:
    wait = state.open.get(key)
    if wait is None:
        return state, NOTHING
    ended = replace(wait, ended_at=at, seconds=(at - wait.asked_at).total_seconds(), outcome=outcome)
    return State(state.open.delete(key)), (ended,)
