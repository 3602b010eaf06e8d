"""The frames of what visitors ask for, by name: for visitors that are programs, in the demo and the benches."""

from typing import Any

from engine.commands import (
    AskForHelp,
    CancelRequest,
    EndConversation,
    LeaveMessage,
    RefuseInvitation,
    StartInvitedChat,
    ViewPage,
    WriteMessage,
)
from engine.commands.filling import frame

VIEW: Any = frame(ViewPage, "page")
ASK: Any = frame(AskForHelp, "chat")
SAY: Any = frame(WriteMessage, "chat")
START: Any = frame(StartInvitedChat, "chat")
REFUSE: Any = frame(RefuseInvitation, "chat")
LEAVE: Any = frame(LeaveMessage, "chat")
CANCEL: Any = frame(CancelRequest, "chat")
END: Any = frame(EndConversation, "chat")
