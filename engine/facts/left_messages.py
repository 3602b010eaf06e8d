"""The fact "a left message": one row each, at once. What it says and from whom stands in `left_message_texts`."""

from datetime import datetime

import msgspec

from engine.events import ConversationId, DepartmentId, Event, MessageLeft, SiteId, VisitorId


class LeftMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A left message; `waited` is true where the visitor had asked for help first, and gave up waiting."""

    conversation: ConversationId
    visitor: VisitorId
    site: SiteId
    department: DepartmentId
    at: datetime
    waited: bool


class State(msgspec.Struct, frozen=True):
    """Nothing has to be remembered."""


VERSION = 1
EMPTY = State()
NOTHING: tuple[LeftMessage, ...] = ()


def step(state: State, event: Event) -> tuple[State, tuple[LeftMessage, ...]]:
    """Take an event; a row comes with each left message."""
    if not isinstance(event, MessageLeft):
        return state, NOTHING
    left = LeftMessage(
        conversation=event.conversation,
        visitor=event.visitor,
        site=event.site,
        department=event.department,
        at=event.at,
        waited=event.number > 1,
    )
    return state, (left,)
