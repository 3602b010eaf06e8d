"""Suspending a chat and taking it up again, by the operator who serves it."""

from datetime import datetime

from engine.commands import HoldChat, Refused, ResumeChat
from engine.desk.decision import Decision
from engine.desk.parties import served
from engine.desk.state import DeskState, State
from engine.events import ByOperator, Held, Resumed


def hold_chat(desk: DeskState, command: HoldChat, now: datetime) -> Decision:
    """Suspend it; twice changes nothing."""
    chat = served(desk, command.conversation, ByOperator(operator=command.operator))
    if isinstance(chat, Refused):
        return chat
    if chat.state is State.ON_HOLD:
        return []
    return [Held(at=now, conversation=chat.id, number=chat.number + 1, operator=command.operator)]


def resume_chat(desk: DeskState, command: ResumeChat, now: datetime) -> Decision:
    """Take it up again; twice changes nothing."""
    chat = served(desk, command.conversation, ByOperator(operator=command.operator))
    if isinstance(chat, Refused):
        return chat
    if chat.state is State.ACTIVE:
        return []
    return [Resumed(at=now, conversation=chat.id, number=chat.number + 1, operator=command.operator)]
