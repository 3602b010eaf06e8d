"""The fact "a message": one row each when the other side has seen it, or the conversation is over.

Until then it stands in the state. Its text stands in `message_texts`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import (
    ByOperator,
    ConversationEvent,
    ConversationId,
    Ended,
    Event,
    Lost,
    MessageId,
    MessagesSeen,
    MessageWritten,
    OperatorId,
)


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A message.

    Attributes:
        number: its place among all events of its conversation.
        operator: who wrote it, if one did.
        seen_at: when the other side had seen it; None while they have not, and where they did not before the end.

    """

    message: MessageId
    conversation: ConversationId
    number: int
    ts: datetime
    author: Literal["visitor", "operator"]
    operator: OperatorId | None
    seen_at: datetime | None = None


class State(msgspec.Struct, frozen=True):
    """The messages that are not seen yet, and which they are in each conversation."""

    open: Map[MessageId, Message]
    unseen: Map[ConversationId, tuple[MessageId, ...]]


VERSION = 3
EMPTY = State(Map(), Map())
NOTHING: tuple[Message, ...] = ()
Step = tuple[State, tuple[Message, ...]]


def step(state: State, event: Event) -> Step:
    """Take an event; a row comes with each message that is seen, and with the end for those that are not."""
    match event:
        case MessageWritten():
            return _written(state, event), NOTHING
        case MessagesSeen():
            seen = "visitor" if isinstance(event.by, ByOperator) else "operator"
            return _done(state, event, lambda one: one.author == seen and one.number <= event.upto, event.at)
        case Ended() | Lost():
            return _done(state, event, lambda _one: True, None)
    return state, NOTHING


def _written(state: State, event: MessageWritten) -> State:
    operator = event.author.operator if isinstance(event.author, ByOperator) else None
    message = Message(
        message=event.message,
        conversation=event.conversation,
        number=event.number,
        ts=event.at,
        author="visitor" if operator is None else "operator",
        operator=operator,
    )
    others = state.unseen.get(event.conversation, ())
    unseen = state.unseen.set(event.conversation, (*others, event.message))
    return State(state.open.set(event.message, message), unseen)


def _done(state: State, event: ConversationEvent, which: Callable[[Message], bool], seen_at: datetime | None) -> Step:
    """Give the rows of those messages of a conversation that need not be remembered any more."""
    keys = state.unseen.get(event.conversation, ())
    done = [state.open[key] for key in keys if which(state.open[key])]
    if not done:
        return state, NOTHING
    messages = state.open
    for message in done:
        messages = messages.delete(message.message)
    rest = tuple(key for key in keys if key in messages)
    unseen = state.unseen.set(event.conversation, rest) if rest else state.unseen.delete(event.conversation)
    return State(messages, unseen), tuple(replace(message, seen_at=seen_at) for message in done)
