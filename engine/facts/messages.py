"""The fact "a message": one row for each message of a conversation, at once. Its text stands in `message_texts`."""

from datetime import datetime
from typing import Literal

import msgspec

from engine.events import ByOperator, ConversationId, Event, MessageId, MessageWritten, OperatorId


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A message; `number` is its place among all events of its conversation, `operator` who wrote it, if one did."""

    message: MessageId
    conversation: ConversationId
    number: int
    at: datetime
    author: Literal["visitor", "operator"]
    operator: OperatorId | None


class State(msgspec.Struct, frozen=True):
    """Nothing has to be remembered."""


VERSION = 1
EMPTY = State()
NOTHING: tuple[Message, ...] = ()


def step(state: State, event: Event) -> tuple[State, tuple[Message, ...]]:
    """Take an event; a row comes with each message."""
    if not isinstance(event, MessageWritten):
        return state, NOTHING
    operator = event.author.operator if isinstance(event.author, ByOperator) else None
    message = Message(
        message=event.message,
        conversation=event.conversation,
        number=event.number,
        at=event.at,
        author="visitor" if operator is None else "operator",
        operator=operator,
    )
    return state, (message,)
