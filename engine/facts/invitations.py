"""The fact "an invitation": one row for each that the visitor answered or let expire; unanswered ones in the state."""

from datetime import datetime
from typing import Literal

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import (
    ConversationId,
    DepartmentId,
    Event,
    InvitationAccepted,
    InvitationExpired,
    InvitationRefused,
    InvitationTakenBack,
    Invited,
    OperatorId,
    SiteId,
    VisitorId,
)

InvitationEnd = Literal["accepted", "refused", "taken-back", "expired", "gone"]


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation; `ended_at`, `seconds` and `outcome` are None until it is answered or expires.

    Attributes:
        operator: who invited.
        seconds: from `sent_at` to `ended_at`.
        outcome: `taken-back` by who invited, `expired` when nobody answered in time, `gone` when the visitor left the
            site.

    """

    conversation: ConversationId
    visitor: VisitorId
    site: SiteId
    department: DepartmentId
    operator: OperatorId
    sent_at: datetime
    ended_at: datetime | None = None
    seconds: float | None = None
    outcome: InvitationEnd | None = None


class State(msgspec.Struct, frozen=True):
    """The unanswered invitations."""

    open: Map[ConversationId, Invitation]


VERSION = 1
EMPTY = State(Map())
NOTHING: tuple[Invitation, ...] = ()
Step = tuple[State, tuple[Invitation, ...]]


def step(state: State, event: Event) -> Step:
    """Take an event; a row comes with the end of an invitation."""
    match event:
        case Invited():
            return State(state.open.set(event.conversation, _sent(event))), NOTHING
        case InvitationAccepted():
            return _end(state, event.conversation, event.at, "accepted")
        case InvitationRefused():
            return _end(state, event.conversation, event.at, "refused")
        case InvitationTakenBack():
            return _end(state, event.conversation, event.at, "taken-back")
        case InvitationExpired():
            return _end(state, event.conversation, event.at, "gone" if event.reason == "gone" else "expired")
    return state, NOTHING


def _sent(event: Invited) -> Invitation:
    return Invitation(
        conversation=event.conversation,
        visitor=event.visitor,
        site=event.site,
        department=event.department,
        operator=event.operator,
        sent_at=event.at,
    )


def _end(state: State, key: ConversationId, at: datetime, outcome: InvitationEnd) -> Step:
    sent = state.open.get(key)
    if sent is None:
        return state, NOTHING
    row = replace(sent, ended_at=at, seconds=(at - sent.sent_at).total_seconds(), outcome=outcome)
    return State(state.open.delete(key)), (row,)
