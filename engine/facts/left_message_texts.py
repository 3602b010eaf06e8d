"""The fact "what a left message says": apart from it, because it is personal; one row each, none once erased."""

import msgspec

from engine.events import ConversationId, Event, MessageLeft


class LeftMessageText(msgspec.Struct, frozen=True, kw_only=True):
    """What a left message says, and whom to answer."""

    conversation: ConversationId
    name: str | None
    email: str
    subject: str | None
    text: str


class State(msgspec.Struct, frozen=True):
    """Nothing has to be remembered."""


VERSION = 1
EMPTY = State()
NOTHING: tuple[LeftMessageText, ...] = ()


def step(state: State, event: Event) -> tuple[State, tuple[LeftMessageText, ...]]:
    """Take an event; a row comes with each left message that is not erased."""
    if not isinstance(event, MessageLeft) or event.personal is None:
        return state, NOTHING
    left = event.personal
    says = LeftMessageText(
        conversation=event.conversation, name=left.name, email=left.email, subject=left.subject, text=left.text
    )
    return state, (says,)
