"""The fact "a left message". What it says and from whom stands in `left_message_texts`.

One may be opened again long after it was closed, so that none is ever finished: a row says what one event tells, and
the rows of a message are merged into one: the latest of each thing that is known.
"""

from datetime import datetime
from typing import Literal

import msgspec

from engine.events import (
    ConversationId,
    DepartmentId,
    Event,
    LeftMessageAnswered,
    LeftMessageClosed,
    LeftMessageReopened,
    MessageLeft,
    OperatorId,
    SiteId,
    VisitorId,
)


class LeftMessage(msgspec.Struct, frozen=True, kw_only=True):
    """What one event tells of a left message; None where it is silent.

    Attributes:
        waited: the visitor had asked for help first, and gave up waiting.
        answered_at: when an operator said last that it is answered, `answered_by` who did.
        closed_at: when an operator closed it last, `closed_by` who did.

    """

    conversation: ConversationId
    visitor: VisitorId | None = None
    site: SiteId | None = None
    department: DepartmentId | None = None
    ts: datetime | None = None
    waited: bool | None = None
    state: Literal["open", "answered", "closed"]
    answered_at: datetime | None = None
    answered_by: OperatorId | None = None
    closed_at: datetime | None = None
    closed_by: OperatorId | None = None
    changed_at: datetime


class State(msgspec.Struct, frozen=True):
    """Nothing has to be remembered."""


VERSION = 3
EMPTY = State()
NOTHING: tuple[LeftMessage, ...] = ()


def step(state: State, event: Event) -> tuple[State, tuple[LeftMessage, ...]]:
    """Take an event; a row comes with each left message, and with each time that one is answered, closed, reopened."""
    told = _told(event)
    return state, NOTHING if told is None else (told,)


def _told(event: Event) -> LeftMessage | None:
    match event:
        case MessageLeft():
            return _left(event)
        case LeftMessageAnswered(conversation=key, at=at, operator=by):
            return LeftMessage(conversation=key, state="answered", answered_at=at, answered_by=by, changed_at=at)
        case LeftMessageClosed(conversation=key, at=at, operator=by):
            return LeftMessage(conversation=key, state="closed", closed_at=at, closed_by=by, changed_at=at)
        case LeftMessageReopened(conversation=key, at=at):
            return LeftMessage(conversation=key, state="open", changed_at=at)
    return None


def _left(event: MessageLeft) -> LeftMessage:
    return LeftMessage(
        conversation=event.conversation,
        visitor=event.visitor,
        site=event.site,
        department=event.department,
        ts=event.at,
        waited=event.number > 1,
        state="open",
        changed_at=event.at,
    )
