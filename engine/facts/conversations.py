"""The fact "a conversation": one row for each that is over; unfinished ones stand in the state.

It holds nothing personal, so that a row stands when the person is erased.
"""

from datetime import datetime
from typing import Any, Literal

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine import talk
from engine.events import (
    Abandoned,
    Accepted,
    ByOperator,
    ConversationEvent,
    ConversationId,
    DepartmentId,
    Ended,
    Event,
    Held,
    HelpAsked,
    InvitationAccepted,
    InvitationExpired,
    InvitationRefused,
    InvitationTakenBack,
    Invited,
    Lost,
    MessageLeft,
    MessageWritten,
    Mode,
    OperatorId,
    Queued,
    Resumed,
    SiteId,
    VisitorId,
)

Outcome = Literal["answered", "abandoned", "left-message", "refused", "taken-back", "expired"]
Reason = Literal["by-visitor", "by-operator", "lost", "cancelled", "gone", "timeout"]
End = Ended | Lost | Abandoned | MessageLeft | InvitationRefused | InvitationTakenBack | InvitationExpired


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation, from asking or an invitation to its end.

    Attributes:
        invited_at: None where nobody invited the visitor; `invited_by` who did.
        asked_at: None for a message that was left without asking, and for an invited chat that did not have to wait.
        queued_at: when it came into the queue first, None if it never did.
        accepted_at: when it was accepted first.
        operator: who accepted it last.
        first_response_at: an operator's first message; `first_response_s` is from `accepted_at` until then.
        requeued: how often the visitor was put back at the head of the queue, because the operator was lost or left.
        held_at: since when it is on hold, None while it is not; `held_s` how long it was on hold before, in all.
        outcome: None while it is unfinished.
        reason: who or what ended an answered one, or why an abandoned or expired one was.
        duration_s: from `accepted_at` to `ended_at`, of an answered one.

    """

    conversation: ConversationId
    visitor: VisitorId
    site: SiteId
    department: DepartmentId
    mode: Mode
    state: talk.State
    asked_at: datetime | None
    invited_at: datetime | None = None
    invited_by: OperatorId | None = None
    queued_at: datetime | None = None
    accepted_at: datetime | None = None
    first_response_at: datetime | None = None
    ended_at: datetime | None = None
    operator: OperatorId | None = None
    requeued: int = 0
    held_at: datetime | None = None
    held_s: float = 0.0
    outcome: Outcome | None = None
    reason: Reason | None = None
    visitor_messages: int = 0
    operator_messages: int = 0
    first_response_s: float | None = None
    duration_s: float | None = None


class State(msgspec.Struct, frozen=True):
    """The unfinished conversations."""

    open: Map[ConversationId, Conversation]


VERSION = 2
EMPTY = State(Map())
NOTHING: tuple[Conversation, ...] = ()
Step = tuple[State, tuple[Conversation, ...]]


def step(state: State, event: Event) -> Step:
    """Take an event; a row comes with the end of a conversation."""
    match event:
        case HelpAsked() | Invited():
            return State(state.open.set(event.conversation, _begun(event))), NOTHING
        case InvitationAccepted() | Queued() | Accepted() | MessageWritten() | Held() | Resumed():
            before = state.open.get(event.conversation)
            if before is None:
                return state, NOTHING
            after = replace(before, state=talk.after(before.state, event), **_changes(before, event))
            return State(state.open.set(event.conversation, after)), NOTHING
        case (
            Ended() | Lost() | Abandoned() | MessageLeft()
            | InvitationRefused() | InvitationTakenBack() | InvitationExpired()
        ):  # fmt: skip
            return _over(state, event)
    return state, NOTHING


def _begun(event: HelpAsked | Invited) -> Conversation:
    invited = isinstance(event, Invited)
    return Conversation(
        conversation=event.conversation,
        visitor=event.visitor,
        site=event.site,
        department=event.department,
        mode="text" if isinstance(event, Invited) else event.mode,
        state=talk.after(None, event),
        asked_at=None if invited else event.at,
        invited_at=event.at if invited else None,
        invited_by=event.operator if isinstance(event, Invited) else None,
    )


def _changes(before: Conversation, event: ConversationEvent) -> dict[str, Any]:
    match event:
        case InvitationAccepted():
            return {"asked_at": event.at, "mode": event.mode}
        case Queued():
            return _queued(before, event)
        case Accepted():
            return _accepted(before, event)
        case MessageWritten():
            return _written(before, event)
        case Held():
            return {"held_at": event.at}
    return _off_hold(before, event.at)


def _queued(before: Conversation, event: Queued) -> dict[str, Any]:
    queued = {"queued_at": before.queued_at or event.at}
    if before.state not in talk.SERVED:
        return queued
    return {**queued, "requeued": before.requeued + 1, **_off_hold(before, event.at)}


def _accepted(before: Conversation, event: Accepted) -> dict[str, Any]:
    asked_at = None if event.how == "invitation" else before.asked_at  # who invited was there: nobody had to wait
    accepted_at = before.accepted_at or event.at
    return {"accepted_at": accepted_at, "operator": event.operator, "asked_at": asked_at}


def _off_hold(before: Conversation, at: datetime) -> dict[str, Any]:
    if before.held_at is None:
        return {}
    return {"held_at": None, "held_s": before.held_s + (at - before.held_at).total_seconds()}


def _written(before: Conversation, event: MessageWritten) -> dict[str, Any]:
    if not isinstance(event.author, ByOperator):
        return {"visitor_messages": before.visitor_messages + 1}
    counted: dict[str, Any] = {"operator_messages": before.operator_messages + 1}
    if before.first_response_at is None and before.accepted_at is not None:
        seconds = (event.at - before.accepted_at).total_seconds()
        counted |= {"first_response_at": event.at, "first_response_s": seconds}
    return counted


def _over(state: State, event: End) -> Step:
    before = state.open.get(event.conversation)
    if before is None:
        return state, (_left_without_asking(event),) if isinstance(event, MessageLeft) else NOTHING
    over = talk.after(before.state, event)
    row = replace(before, state=over, ended_at=event.at, **_off_hold(before, event.at), **_end(before, event))
    return State(state.open.delete(event.conversation)), (row,)


def _end(before: Conversation, event: End) -> dict[str, Any]:
    match event:
        case Ended() | Lost():
            seconds = (event.at - before.accepted_at).total_seconds() if before.accepted_at else None
            return {"outcome": "answered", "reason": _ended_by(event), "duration_s": seconds}
        case Abandoned():
            return {"outcome": "abandoned", "reason": event.reason}
        case InvitationRefused():
            return {"outcome": "refused", "reason": "by-visitor"}
        case InvitationTakenBack():
            return {"outcome": "taken-back", "reason": "by-operator"}
        case InvitationExpired():
            return {"outcome": "expired", "reason": event.reason}
    return {"outcome": "left-message"}


def _ended_by(event: Ended | Lost) -> Reason:
    if isinstance(event, Lost):
        return "lost"
    return "by-operator" if isinstance(event.by, ByOperator) else "by-visitor"


def _left_without_asking(event: MessageLeft) -> Conversation:
    return Conversation(
        conversation=event.conversation,
        visitor=event.visitor,
        site=event.site,
        department=event.department,
        mode="text",
        state=talk.after(None, event),
        asked_at=None,
        ended_at=event.at,
        outcome="left-message",
    )
