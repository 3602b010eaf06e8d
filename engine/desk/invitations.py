"""An operator invites a visitor; the visitor takes it, closes it, or lets it run out."""

from datetime import datetime, timedelta

from engine.commands import InviteVisitor, Refused, RefuseInvitation, StartInvitedChat, TakeBackInvitation
from engine.desk.decision import Decision, Rules
from engine.desk.parties import theirs
from engine.desk.state import Conversation, DeskState, Operator, Visitor
from engine.events import (
    ByVisitor,
    ConversationId,
    DepartmentId,
    InvitationAccepted,
    InvitationExpired,
    InvitationRefused,
    InvitationTakenBack,
    Invited,
    MessageText,
    VisitorId,
    VisitorName,
)
from engine.talk import OPEN, State, may


def invite_visitor(desk: DeskState, command: InviteVisitor, now: datetime) -> Decision:
    """Invite a visitor who is on the site and in no conversation."""
    operator = desk.operators.get(command.operator)
    if operator is None or not operator.present:
        return Refused(reason="signed-out")
    department = _department(desk, operator, command.department)
    if isinstance(department, Refused):
        return department
    visitor = _free_visitor(desk, command.visitor)
    if isinstance(visitor, Refused):
        return visitor
    if not command.text.strip():
        return Refused(reason="empty")
    if visitor.site is None or command.conversation in desk.conversations:
        return Refused(reason="exists")
    invited = Invited(
        at=now,
        conversation=command.conversation,
        number=1,
        visitor=visitor.id,
        site=visitor.site,
        department=department,
        operator=operator.id,
        until=now + timedelta(seconds=desk.settings.invitation_timeout),
        personal=MessageText(text=command.text),
    )
    return [invited]


def _free_visitor(desk: DeskState, one: VisitorId) -> Visitor | Refused:
    visitor = desk.visitors.get(one)
    if visitor is None or visitor.visit is None:
        return Refused(reason="not-here")
    open_one = desk.open_conversation(one)
    return visitor if open_one is None else _talks_already(desk, open_one)


def _talks_already(desk: DeskState, conversation: Conversation) -> Refused:
    if conversation.state is State.INVITED and conversation.inviter is not None:
        return Refused(reason="invited", by=desk.operators[conversation.inviter].name)
    if conversation.operator is None:
        return Refused(reason="in-chat", detail="waiting")
    return Refused(reason="in-chat", by=desk.operators[conversation.operator].name)


def _department(desk: DeskState, operator: Operator, wanted: DepartmentId | None) -> DepartmentId | Refused:
    """The department asked for, or the operator's first that takes part in communication."""
    if wanted is not None and wanted not in desk.parts:
        return Refused(reason="unknown-department")
    if wanted is not None and wanted not in operator.departments:
        return Refused(reason="forbidden", detail="a department of others")
    mine = [wanted] if wanted is not None else operator.departments
    chosen = next((one for one in mine if desk.departments[one].takes_part), None)
    return chosen or Refused(reason="unknown-department")


def start_invited_chat(desk: DeskState, command: StartInvitedChat, now: datetime) -> Decision:
    """Take the invitation; taking it twice changes nothing."""
    conversation = _invitation(desk, command.conversation, command.visitor)
    if isinstance(conversation, Refused):
        return conversation
    if conversation.state is not State.INVITED:
        return []
    accepted = InvitationAccepted(
        at=now,
        conversation=conversation.id,
        number=conversation.number + 1,
        visitor=command.visitor,
        mode=command.mode,
        personal=VisitorName(name=command.name) if command.name else None,
    )
    return [accepted]


def refuse_invitation(desk: DeskState, command: RefuseInvitation, now: datetime) -> Decision:
    """Close it; closing it twice changes nothing."""
    known = desk.conversations.get(command.conversation)
    if known is not None and known.state is State.REFUSED and known.visitor == command.visitor:
        return []
    conversation = _invitation(desk, command.conversation, command.visitor)
    if isinstance(conversation, Refused):
        return conversation
    if conversation.state is not State.INVITED:
        return Refused(reason="not-invited")
    number = conversation.number + 1
    return [InvitationRefused(at=now, conversation=conversation.id, number=number, visitor=command.visitor)]


def _invitation(desk: DeskState, one: ConversationId, visitor: VisitorId) -> Conversation | Refused:
    """The visitor's open conversation that began with an invitation."""
    conversation = theirs(desk, one, ByVisitor(visitor=visitor))
    if isinstance(conversation, Refused):
        return conversation
    if conversation.state not in OPEN:
        return Refused(reason="ended")
    return conversation if conversation.inviter is not None else Refused(reason="not-invited")


def take_back_invitation(desk: DeskState, command: TakeBackInvitation, now: datetime) -> Decision:
    """Who invited thinks better of it; where it is over already, that changes nothing."""
    conversation = desk.conversations.get(command.conversation)
    if conversation is None:
        return Refused(reason="unknown-conversation")
    if conversation.inviter != command.operator:
        return Refused(reason="not-yours")
    if conversation.state is State.EXPIRED:
        return []
    if not may("operator", "take-back", conversation.state):
        return Refused(reason="not-invited")
    number = conversation.number + 1
    return [InvitationTakenBack(at=now, conversation=conversation.id, number=number, operator=command.operator)]


def expire(desk: DeskState, one: ConversationId, now: datetime) -> list[InvitationExpired]:
    """The invitation was not answered in time."""
    number = desk.conversations[one].number + 1
    return [InvitationExpired(at=now, conversation=one, number=number, reason="timeout")]


DECIDE: Rules = {
    StartInvitedChat: start_invited_chat,
    RefuseInvitation: refuse_invitation,
    InviteVisitor: invite_visitor,
    TakeBackInvitation: take_back_invitation,
}
