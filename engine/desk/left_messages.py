"""What becomes of a left message: answered, closed, opened again; said by hand by an operator of its department."""

from datetime import datetime

from engine.commands import MarkLeftMessage, Refused
from engine.desk.decision import Decision, Rules
from engine.desk.state import Conversation, DeskState
from engine.events import LeftMessageAnswered, LeftMessageClosed, LeftMessageReopened
from engine.talk import Deed, State, may

MARKS: dict[str, tuple[State, Deed, type[LeftMessageAnswered | LeftMessageClosed | LeftMessageReopened]]] = {
    "open": (State.LEFT, "reopen", LeftMessageReopened),
    "answered": (State.ANSWERED, "answer", LeftMessageAnswered),
    "closed": (State.CLOSED, "close", LeftMessageClosed),
}
STATES = frozenset(state for state, _deed, _mark in MARKS.values())


def mark_left_message(desk: DeskState, command: MarkLeftMessage, now: datetime) -> Decision:
    """Say where it stands; saying it twice changes nothing."""
    message = _message(desk, command)
    if isinstance(message, Refused):
        return message
    state, deed, mark = MARKS[command.state]
    if message.state is state:
        return []
    if not may("operator", deed, message.state):
        return Refused(reason="ended")
    return [mark(at=now, conversation=message.id, number=message.number + 1, operator=command.operator)]


def _message(desk: DeskState, command: MarkLeftMessage) -> Conversation | Refused:
    operator = desk.operators.get(command.operator)
    if operator is None or not operator.present:
        return Refused(reason="signed-out")
    message = desk.conversations.get(command.conversation)
    if message is None:
        return Refused(reason="unknown-conversation")
    if message.department not in operator.departments:
        return Refused(reason="not-yours")
    return message if message.state in STATES else Refused(reason="forbidden", detail="no message was left")


DECIDE: Rules = {
    MarkLeftMessage: mark_left_message,
}
