"""What either of the two in a conversation asks for."""

from engine.commands.base import Command
from engine.events import ConversationId, MessageId, Party


class WriteMessage(Command, frozen=True, kw_only=True):
    """One of the two writes; `client_id` is the sender's own id of the message."""

    author: Party
    conversation: ConversationId
    message: MessageId
    client_id: str
    text: str


class EndConversation(Command, frozen=True, kw_only=True):
    """One of the two ends the conversation."""

    by: Party
    conversation: ConversationId


class SeeMessages(Command, frozen=True, kw_only=True):
    """One of the two has seen every message up to the one with the number `upto`."""

    by: Party
    conversation: ConversationId
    upto: int
