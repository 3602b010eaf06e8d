"""The fact "a wait": from asking for help to an answer, a left message, or leaving; one row for each that ended.

Asking again does not begin anew. Who is put back into the queue because the operator was lost or left waits anew. A
message left without asking is no wait; nor is the moment until the operator who invited a visitor has them.
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
    Ended,
    Event,
    HelpAsked,
    InvitationAccepted,
    InvitationExpired,
    InvitationRefused,
    InvitationTakenBack,
    Invited,
    Lost,
    MessageLeft,
    Queued,
    SiteId,
    VisitorId,
)
from engine.talk import at_head

WaitReason = Literal["asked", "invited", "operator-lost", "operator-left"]
WaitEnd = Literal["answered", "left-message", "abandoned"]


class Wait(msgspec.Struct, frozen=True, kw_only=True):
    """A wait; `ended_at`, `seconds` and `outcome` are None while it lasts.

    Attributes:
        asked_at: when the visitor asked for help, or took the invitation.
        began_at: when this wait began: the same, or when the visitor was put back into the queue.
        reason: why they wait: they asked, took an invitation whose operator was not free, or lost their operator.

    """

    conversation: ConversationId
    visitor: VisitorId
    site: SiteId
    department: DepartmentId
    asked_at: datetime
    began_at: datetime
    reason: WaitReason
    ended_at: datetime | None = None
    seconds: float | None = None
    outcome: WaitEnd | None = None


class State(msgspec.Struct, frozen=True):
    """Who waits; in `others` the last wait of who is served and may wait again, the coming one of who is invited."""

    open: Map[ConversationId, Wait]
    others: Map[ConversationId, Wait]


VERSION = 2
EMPTY = State(Map(), Map())
NOTHING: tuple[Wait, ...] = ()
Step = tuple[State, tuple[Wait, ...]]


def step(state: State, event: Event) -> Step:
    """Take an event; a row comes with the end of a wait."""
    match event:
        case Accepted():
            return _accepted(state, event)
        case MessageLeft():
            return _end(state, event.conversation, event.at, "left-message")
        case Abandoned():
            return _end(state, event.conversation, event.at, "abandoned")
    return _moved(state, event), NOTHING


def _moved(state: State, event: Event) -> State:
    """The state after an event that ends no wait."""
    match event:
        case HelpAsked():
            return State(state.open.set(event.conversation, _wait(event, "asked")), state.others)
        case Invited():
            return State(state.open, state.others.set(event.conversation, _wait(event, "invited")))
        case InvitationAccepted():
            return _again(state, event, asked_at=event.at)
        case Queued() if at_head(event.reason):
            return _again(state, event, reason=event.reason)
        case Ended() | Lost() | InvitationRefused() | InvitationTakenBack() | InvitationExpired() if (
            event.conversation in state.others
        ):
            return State(state.open, state.others.delete(event.conversation))
    return state


def _wait(event: HelpAsked | Invited, reason: WaitReason) -> Wait:
    return Wait(
        conversation=event.conversation,
        visitor=event.visitor,
        site=event.site,
        department=event.department,
        asked_at=event.at,
        began_at=event.at,
        reason=reason,
    )


def _again(state: State, event: InvitationAccepted | Queued, **changes: object) -> State:
    """Somebody who did not wait does so from now on."""
    key, known = event.conversation, state.others.get(event.conversation)
    if known is None:
        return state
    wait = replace(known, began_at=event.at, **changes)
    return State(state.open.set(key, wait), state.others.delete(key))


def _accepted(state: State, event: Accepted) -> Step:
    key, wait = event.conversation, state.open.get(event.conversation)
    if wait is None:
        return state, NOTHING
    after, rows = _end(state, key, event.at, "answered")
    return State(after.open, after.others.set(key, wait)), NOTHING if event.how == "invitation" else rows


def _end(state: State, key: ConversationId, at: datetime, outcome: WaitEnd) -> Step:
    wait = state.open.get(key)
    if wait is None:
        return state, NOTHING
    ended = replace(wait, ended_at=at, seconds=(at - wait.began_at).total_seconds(), outcome=outcome)
    return State(state.open.delete(key), state.others), (ended,)
