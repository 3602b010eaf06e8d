"""Suspending a chat and taking it up again, by the operator who serves it."""

from datetime import datetime

from engine.commands import HoldChat, Refused, ResumeChat
from engine.desk.decision import Decision
from engine.desk.state import SERVED, Conversation, DeskState, State
from engine.events import ConversationId, Held, OperatorId, Resumed


def hold_chat(desk: DeskState, command: HoldChat, now: datetime) -> Decision:
    """Suspend it; twice changes nothing."""
    chat = _chat(desk, command.conversation, command.operator)
    if isinstance(chat, Refused):
        return chat
    if chat.state is State.ON_HOLD:
        return []
    return [Held(at=now, conversation=chat.id, number=chat.number + 1, operator=command.operator)]


def resume_chat(desk: DeskState, command: ResumeChat, now: datetime) -> Decision:
    """Take it up again; twice changes nothing."""
    chat = _chat(desk, command.conversation, command.operator)
    if isinstance(chat, Refused):
        return chat
    if chat.state is State.ACTIVE:
        return []
    return [Resumed(at=now, conversation=chat.id, number=chat.number + 1, operator=command.operator)]


def _chat(desk: DeskState, one: ConversationId, operator: OperatorId) -> Conversation | Refused:
    chat = desk.conversations.get(one)
    if chat is None:
        return Refused(reason="unknown-conversation")
    if chat.operator != operator:
        return Refused(reason="not-yours")
    return chat if chat.state in SERVED else Refused(reason="ended")
