"""Suspending a chat and taking it up again, by the operator who serves it."""

from datetime import datetime

from engine.commands import HoldChat, Refused, ResumeChat
from engine.desk.decision import Decision, Rules
from engine.desk.parties import served
from engine.desk.state import DeskState
from engine.events import ByOperator, Held, Resumed
from engine.talk import may


def hold_chat(desk: DeskState, command: HoldChat, now: datetime) -> Decision:
    """Suspend it; twice changes nothing."""
    chat = served(desk, command.conversation, ByOperator(operator=command.operator))
    if isinstance(chat, Refused):
        return chat
    if not may("operator", "hold", chat.state):
        return []
    return [Held(at=now, conversation=chat.id, number=chat.number + 1, operator=command.operator)]


def resume_chat(desk: DeskState, command: ResumeChat, now: datetime) -> Decision:
    """Take it up again; twice changes nothing."""
    chat = served(desk, command.conversation, ByOperator(operator=command.operator))
    if isinstance(chat, Refused):
        return chat
    if not may("operator", "resume", chat.state):
        return []
    return [Resumed(at=now, conversation=chat.id, number=chat.number + 1, operator=command.operator)]


DECIDE: Rules = {
    HoldChat: hold_chat,
    ResumeChat: resume_chat,
}
