"""What a dashboard tab asks for, as the core's command: named for who asked, its text cleaned, its ids drawn."""

import msgspec

from engine.commands import (
    AnyCommand,
    EndChat,
    EndConversation,
    EngageVisitor,
    InviteVisitor,
    KeptTabCommand,
    ReadMessages,
    SayToVisitor,
    SeeMessages,
    WriteMessage,
)
from engine.core import draw_id
from engine.events import ByOperator, ConversationId, MessageId, OperatorId
from engine.text import MESSAGE_LIMIT, required


def command_of(command: KeptTabCommand, operator: OperatorId, client_id: str) -> AnyCommand:
    """The tab's command as this operator's. Raises `engine.text.TextRefused`."""
    by = ByOperator(operator=operator)
    match command:
        case SayToVisitor():
            text = required(command.text, MESSAGE_LIMIT, lines=True)
            message = MessageId(draw_id())
            return WriteMessage(
                author=by, conversation=command.conversation, message=message, client_id=client_id, text=text
            )
        case EngageVisitor():
            return InviteVisitor(
                operator=operator,
                visitor=command.visitor,
                conversation=ConversationId(draw_id()),
                text=required(command.text, MESSAGE_LIMIT, lines=True),
                department=command.department,
            )
        case EndChat():
            return EndConversation(by=by, conversation=command.conversation)
        case ReadMessages():
            return SeeMessages(by=by, conversation=command.conversation, upto=command.upto)
    return msgspec.structs.replace(command, operator=operator)
