"""The fact "a message's text": apart from the message, because it is personal; one row each, none once erased."""

import msgspec

from engine.events import Event, MessageId, MessageWritten


class MessageText(msgspec.Struct, frozen=True, kw_only=True):
    """What a message says."""

    message: MessageId
    text: str


class State(msgspec.Struct, frozen=True):
    """Nothing has to be remembered."""


VERSION = 1
EMPTY = State()
NOTHING: tuple[MessageText, ...] = ()


def step(state: State, event: Event) -> tuple[State, tuple[MessageText, ...]]:
    """Take an event; a row comes with each message that is not erased."""
    if isinstance(event, MessageWritten) and event.personal is not None:
        return state, (MessageText(message=event.message, text=event.personal.text),)
    return state, NOTHING
