"""What either of the two in a conversation asks for."""

from typing import Annotated, ClassVar

import msgspec

from engine.commands.base import Act, Door
from engine.commands.fields import ByParty, ClientId, Drawn, Message, OneOfTheirs, ThisConversation
from engine.events import ByOperator, ConversationId, MessageId, OperatorId

NOBODY = ByOperator(operator=OperatorId(""))  # until it is filled in


class WriteMessage(Act, frozen=True, kw_only=True, tag="say"):
    """A message. The same `client_id` again gets the first answer again and is kept once."""

    doors: ClassVar[tuple[Door, ...]] = ("chat", "dashboard")
    author: ByParty = NOBODY
    conversation: OneOfTheirs = ConversationId("")
    message: Annotated[MessageId, Drawn()] = MessageId("")
    client_id: Annotated[str, ClientId()] = ""
    text: Message


class EndConversation(Act, frozen=True, kw_only=True, tag="end"):
    """The buttons "End chat" and "End communication"."""

    doors: ClassVar[tuple[Door, ...]] = ("chat", "dashboard")
    by: ByParty = NOBODY
    conversation: OneOfTheirs = ConversationId("")


class SeeMessages(Act, frozen=True, kw_only=True, tag="seen"):
    """One of the two has seen what the other wrote up to the entry `upto`; said again after a welcome."""

    doors: ClassVar[tuple[Door, ...]] = ("chat", "dashboard")
    answered: ClassVar[tuple[Door, ...]] = ("dashboard",)
    by: ByParty = NOBODY
    conversation: ThisConversation
    upto: Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Type(Act, frozen=True, kw_only=True, tag="typing"):
    """One of the two is typing: a signal, told to the other and never kept."""

    doors: ClassVar[tuple[Door, ...]] = ("chat", "dashboard")
    answered: ClassVar[tuple[Door, ...]] = ()
    by: ByParty = NOBODY
    conversation: ThisConversation
