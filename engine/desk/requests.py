"""What a visitor may ask for: help, a way out, a left message."""

from datetime import datetime, timedelta

from engine.commands import (
    AskForHelp,
    CancelRequest,
    LeaveMessage,
    Refused,
)
from engine.desk import first_words
from engine.desk.decision import Decision, Rules
from engine.desk.parties import waiting
from engine.desk.state import Conversation, DeskState
from engine.desk.visitors import ordinal
from engine.events import (
    Abandoned,
    Asking,
    DepartmentId,
    HelpAsked,
    HelpAskedAgain,
    LeftMessage,
    MessageLeft,
    VisitorOrigin,
    VisitStarted,
)
from engine.limits.table import LEFT_A_DAY
from engine.talk import State, may

LEFT_MESSAGES_A_DAY = LEFT_A_DAY.most


def chosen_department(desk: DeskState, wanted: DepartmentId | None) -> DepartmentId | None:
    """The department asked for, or the first, if it takes part in communication."""
    if wanted is None:
        return next((one.id for one in desk.departments.values() if one.takes_part), None)
    known = desk.departments.get(wanted)
    return known.id if known and known.takes_part else None


def ask_for_help(desk: DeskState, command: AskForHelp, now: datetime) -> Decision:
    """A new conversation, or the open one again."""
    if command.site not in desk.sites:
        return Refused(reason="unknown-site")
    if open_one := desk.open_conversation(command.visitor):
        again = HelpAskedAgain(at=now, conversation=open_one.id, number=open_one.number + 1, visitor=command.visitor)
        return [again, *first_words.said_again(open_one, command, again.number + 1, now)]
    department = chosen_department(desk, command.department)
    if department is None:
        return Refused(reason="unknown-department")
    if command.conversation in desk.conversations:
        return Refused(reason="exists")
    asked = HelpAsked(
        at=now,
        conversation=command.conversation,
        number=1,
        visitor=command.visitor,
        site=command.site,
        department=department,
        mode=command.mode,
        message=command.message if command.words else None,
        personal=Asking(name=command.name, words=command.words) if command.name or command.words else None,
    )
    visitor = desk.visitors.get(command.visitor)
    if visitor is not None and visitor.visit is not None:
        return [asked]
    begun = VisitStarted(  # who asks is on the site, whether a page was told of or not
        at=now,
        visitor=command.visitor,
        visit=command.visit,
        site=command.site,
        ordinal=ordinal(visitor, command.before),
        personal=VisitorOrigin(name=command.before.name) if command.before.name else None,
    )
    return [begun, asked]


def cancel_request(desk: DeskState, command: CancelRequest, now: datetime) -> Decision:
    """The visitor does not wait any longer."""
    conversation = waiting(desk, command.conversation, command.visitor, "cancel")
    if isinstance(conversation, Refused):
        return conversation
    return [Abandoned(at=now, conversation=conversation.id, number=conversation.number + 1, reason="cancelled")]


def leave_message(desk: DeskState, command: LeaveMessage, now: datetime) -> Decision:
    """A left message, out of the waiting conversation or as a new one."""
    if command.site not in desk.sites:
        return Refused(reason="unknown-site")
    if not command.text.strip() or not command.email.strip():
        return Refused(reason="empty")
    if wait := _wait_for_next_message(desk, command, now):
        return Refused(reason="too-fast", limit=wait)
    open_one = desk.open_conversation(command.visitor)
    refused = _cannot_leave(desk, command, open_one)
    department = open_one.department if open_one else chosen_department(desk, command.department)
    if department is None or refused:
        return refused or Refused(reason="unknown-department")
    return [_message_left(command, department, open_one, now)]


def _cannot_leave(desk: DeskState, command: LeaveMessage, open_one: Conversation | None) -> Refused | None:
    if open_one is None:
        return Refused(reason="exists") if command.conversation in desk.conversations else None
    if may("visitor", "leave", open_one.state):
        return None
    goes_on = "the invitation is open" if open_one.state is State.INVITED else "the chat goes on"
    return Refused(reason="forbidden", detail=goes_on)


def _wait_for_next_message(desk: DeskState, command: LeaveMessage, now: datetime) -> int:
    visitor = desk.visitors.get(command.visitor)
    day_ago = now - timedelta(days=1)
    recent = [at for at in visitor.left if at > day_ago] if visitor else []
    if len(recent) < LEFT_MESSAGES_A_DAY:
        return 0
    return int((recent[-LEFT_MESSAGES_A_DAY] - day_ago).total_seconds()) + 1


def _message_left(
    command: LeaveMessage, department: DepartmentId, open_one: Conversation | None, now: datetime
) -> MessageLeft:
    return MessageLeft(
        at=now,
        conversation=open_one.id if open_one else command.conversation,
        number=open_one.number + 1 if open_one else 1,
        visitor=command.visitor,
        site=command.site,
        department=department,
        personal=LeftMessage(name=command.name, email=command.email, subject=command.subject, text=command.text),
    )


DECIDE: Rules = {
    AskForHelp: ask_for_help,
    CancelRequest: cancel_request,
    LeaveMessage: leave_message,
}
