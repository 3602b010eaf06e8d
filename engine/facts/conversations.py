"""The fact "a conversation": one row for each that is over; unfinished ones stand in the state.

It holds nothing personal, so that a row stands when the person is erased.
"""

from datetime import datetime
from typing import Any, Literal

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import (
    Abandoned,
    Accepted,
    ByOperator,
    ConversationId,
    DepartmentId,
    Ended,
    Event,
    HelpAsked,
    MessageLeft,
    MessageWritten,
    Mode,
    OperatorId,
    Queued,
    SiteId,
    VisitorId,
)

Stage = Literal["routing", "queued", "active", "ended", "abandoned", "left"]
Outcome = Literal["answered", "abandoned", "left-message"]
Reason = Literal["by-visitor", "by-operator", "cancelled", "gone"]


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation, from asking to its end.

    Attributes:
        asked_at: None for a message that was left without asking.
        queued_at: when it came into the queue first, None if it never did.
        operator: who accepted.
        first_response_at: the operator's first message; `first_response_s` is from `accepted_at` until then.
        outcome: None while it is unfinished.
        reason: who ended an answered one, or why an abandoned one was.
        duration_s: from `accepted_at` to `ended_at`, of an answered one.

    """

    conversation: ConversationId
    visitor: VisitorId
    site: SiteId
    department: DepartmentId
    mode: Mode
    state: Stage
    asked_at: datetime | None
    queued_at: datetime | None = None
    accepted_at: datetime | None = None
    first_response_at: datetime | None = None
    ended_at: datetime | None = None
    operator: OperatorId | None = None
    outcome: Outcome | None = None
    reason: Reason | None = None
    visitor_messages: int = 0
    operator_messages: int = 0
    first_response_s: float | None = None
    duration_s: float | None = None


class State(msgspec.Struct, frozen=True):
    """The unfinished conversations."""

    open: Map[ConversationId, Conversation]


VERSION = 1
EMPTY = State(Map())
NOTHING: tuple[Conversation, ...] = ()
Step = tuple[State, tuple[Conversation, ...]]


def step(state: State, event: Event) -> Step:
    """Take an event; a row comes with the end of a conversation."""
    match event:
        case HelpAsked():
            return State(state.open.set(event.conversation, _asked(event))), NOTHING
        case Queued():
            return _changed(state, event.conversation, _queued(state, event)), NOTHING
        case Accepted():
            accepted = {"state": "active", "accepted_at": event.at, "operator": event.operator}
            return _changed(state, event.conversation, accepted), NOTHING
        case MessageWritten():
            return _changed(state, event.conversation, _written(state, event)), NOTHING
        case Ended() | Abandoned() | MessageLeft():
            return _over(state, event)
    return state, NOTHING


def _asked(event: HelpAsked) -> Conversation:
    return Conversation(
        conversation=event.conversation,
        visitor=event.visitor,
        site=event.site,
        department=event.department,
        mode=event.mode,
        state="routing",
        asked_at=event.at,
    )


def _changed(state: State, key: ConversationId, changes: dict[str, Any]) -> State:
    before = state.open.get(key)
    return State(state.open.set(key, replace(before, **changes))) if before and changes else state


def _queued(state: State, event: Queued) -> dict[str, Any]:
    before = state.open.get(event.conversation)
    return {"state": "queued", "queued_at": (before.queued_at if before else None) or event.at}


def _written(state: State, event: MessageWritten) -> dict[str, Any]:
    before = state.open.get(event.conversation)
    if before is None:
        return {}
    if not isinstance(event.author, ByOperator):
        return {"visitor_messages": before.visitor_messages + 1}
    counted: dict[str, Any] = {"operator_messages": before.operator_messages + 1}
    if before.first_response_at is None and before.accepted_at is not None:
        seconds = (event.at - before.accepted_at).total_seconds()
        counted |= {"first_response_at": event.at, "first_response_s": seconds}
    return counted


def _over(state: State, event: Ended | Abandoned | MessageLeft) -> Step:
    before = state.open.get(event.conversation)
    if before is None:
        return state, (_left_without_asking(event),) if isinstance(event, MessageLeft) else NOTHING
    row = replace(before, ended_at=event.at, **_end(before, event))
    return State(state.open.delete(event.conversation)), (row,)


def _end(before: Conversation, event: Ended | Abandoned | MessageLeft) -> dict[str, Any]:
    match event:
        case Ended():
            reason = "by-operator" if isinstance(event.by, ByOperator) else "by-visitor"
            seconds = (event.at - before.accepted_at).total_seconds() if before.accepted_at else None
            return {"state": "ended", "outcome": "answered", "reason": reason, "duration_s": seconds}
        case Abandoned():
            return {"state": "abandoned", "outcome": "abandoned", "reason": event.reason}
    return {"state": "left", "outcome": "left-message"}


def _left_without_asking(event: MessageLeft) -> Conversation:
    return Conversation(
        conversation=event.conversation,
        visitor=event.visitor,
        site=event.site,
        department=event.department,
        mode="text",
        state="left",
        asked_at=None,
        ended_at=event.at,
        outcome="left-message",
    )
