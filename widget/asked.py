"""What a visitor asks for in the chat window, as commands with cleaned text. It decides nothing."""

from engine.commands import (
    AnyCommand,
    AskForHelp,
    CancelRequest,
    EndConversation,
    RefuseInvitation,
    StartInvitedChat,
    WriteMessage,
)
from engine.core import draw_id
from engine.events import ByVisitor, ConversationId, MessageId, VisitId, VisitorId
from engine.streams.directory import Site
from engine.text import MESSAGE_LIMIT, NAME_LIMIT, clean, required
from widget.left_messages import leave_command
from widget.protocol import Ask, Cancel, End, Leave, Refuse, Say, Start

Asking = Ask | Say | End | Cancel | Leave | Start | Refuse


def command_of(frame: Asking, visitor: VisitorId, site: Site, *, shown: ConversationId | None) -> AnyCommand:
    """The frame as a command; `shown` is the conversation meant where it names none. Raises `TextRefused`."""
    command: AnyCommand
    meant = frame.conversation if isinstance(frame, Say | End | Cancel) else None
    conversation = meant or shown or ConversationId("")
    match frame:
        case Ask():
            command = AskForHelp(
                visitor=visitor,
                visit=VisitId(draw_id()),
                site=site.id,
                conversation=ConversationId(draw_id()),
                department=frame.department,
                mode=frame.mode,
                name=_name(frame.name),
            )
        case Start(conversation=invitation):
            name = _name(frame.name)
            command = StartInvitedChat(visitor=visitor, conversation=invitation, mode=frame.mode, name=name)
        case Refuse(conversation=invitation):
            command = RefuseInvitation(visitor=visitor, conversation=invitation)
        case Say():
            command = WriteMessage(
                author=ByVisitor(visitor=visitor),
                conversation=conversation,
                message=MessageId(draw_id()),
                client_id=frame.client_id,
                text=required(frame.text, MESSAGE_LIMIT, lines=True),
            )
        case End():
            command = EndConversation(by=ByVisitor(visitor=visitor), conversation=conversation)
        case Cancel():
            command = CancelRequest(visitor=visitor, conversation=conversation)
        case Leave():
            command = leave_command(frame, visitor, site)
    return command


def _name(text: str) -> str | None:
    return clean(text, NAME_LIMIT, lines=False) or None
