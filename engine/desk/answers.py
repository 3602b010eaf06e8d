"""What an operator may do with a request, and what both sides may do in a conversation."""

from datetime import datetime
from typing import Literal

from engine.commands import (
    AcceptRequest,
    DeclineRequest,
    EndConversation,
    QueueRequest,
    Refused,
    SeeMessages,
    WriteMessage,
)
from engine.desk.decision import Decision, Rules
from engine.desk.parties import served, side_of, theirs
from engine.desk.state import Conversation, DeskState, Operator
from engine.events import (
    Accepted,
    ByVisitor,
    ConversationId,
    Ended,
    MessagesSeen,
    MessageText,
    MessageWritten,
    OfferDeclined,
    OperatorId,
    Party,
    Queued,
)
from engine.talk import OPEN, SERVED, State, may, why_not


def accept_request(desk: DeskState, command: AcceptRequest, now: datetime) -> Decision:
    """Take what rings here, is offered here, or waits in a queue of the operator's departments."""
    found = _request(desk, command.conversation, command.operator)
    if isinstance(found, Refused):
        return [] if _has_it(desk, command) else found
    conversation, operator = found
    if operator.id not in conversation.ringing and not _may_take_by_hand(conversation, operator):
        return Refused(reason="not-offered")
    number, how = conversation.number + 1, _how_taken(conversation, operator)
    return [Accepted(at=now, conversation=conversation.id, number=number, operator=operator.id, how=how)]


def _how_taken(conversation: Conversation, operator: Operator) -> Literal["ring", "offer", "by-hand"]:
    if conversation.id in operator.rings:
        return "ring"
    return "offer" if conversation.id in operator.offers else "by-hand"


def _has_it(desk: DeskState, command: AcceptRequest) -> bool:
    conversation = desk.conversations.get(command.conversation)
    return conversation is not None and conversation.state in SERVED and conversation.operator == command.operator


def _may_take_by_hand(conversation: Conversation, operator: Operator) -> bool:
    return conversation.state is State.QUEUED and conversation.department in operator.departments


def decline_request(desk: DeskState, command: DeclineRequest, now: datetime) -> Decision:
    """Be out of it, for good."""
    found = _request(desk, command.conversation, command.operator)
    if isinstance(found, Refused):
        return found
    conversation, operator = found
    if operator.id not in conversation.ringing:
        return Refused(reason="not-offered")
    declined = OfferDeclined(at=now, conversation=conversation.id, number=conversation.number + 1, operator=operator.id)
    return [declined]


def queue_request(desk: DeskState, command: QueueRequest, now: datetime) -> Decision:
    """Withdraw the ring from everybody; the visitor waits in the queue."""
    found = _request(desk, command.conversation, command.operator)
    if isinstance(found, Refused):
        return found
    conversation, operator = found
    if not may("operator", "queue", conversation.state) or operator.id not in conversation.ringing:
        return Refused(reason="not-offered")
    number = conversation.number + 1
    return [Queued(at=now, conversation=conversation.id, number=number, reason="by-operator", operator=operator.id)]


def _request(
    desk: DeskState, conversation_id: ConversationId, operator_id: OperatorId
) -> tuple[Conversation, Operator] | Refused:
    operator = desk.operators.get(operator_id)
    if operator is None or not operator.present:
        return Refused(reason="signed-out")
    conversation = desk.conversations.get(conversation_id)
    if conversation is None:
        return Refused(reason="unknown-conversation")
    if may("operator", "accept", conversation.state):
        return conversation, operator
    if conversation.state in SERVED and conversation.operator is not None:
        return Refused(reason="taken", by=desk.operators[conversation.operator].name)
    return Refused(reason="not-offered" if conversation.state in OPEN else "ended")


def write_message(desk: DeskState, command: WriteMessage, now: datetime) -> Decision:
    """A message by the visitor of the conversation or the operator who serves it."""
    conversation = served(desk, command.conversation, command.author)
    if isinstance(conversation, Refused):
        return conversation
    if not may(side_of(command.author), "say", conversation.state):
        return Refused(reason=why_not(conversation.state))
    if not command.text.strip():
        return Refused(reason="empty")
    written = MessageWritten(
        at=now,
        conversation=conversation.id,
        number=conversation.number + 1,
        message=command.message,
        client_id=command.client_id,
        author=command.author,
        personal=MessageText(text=command.text),
    )
    return [written]


def end_conversation(desk: DeskState, command: EndConversation, now: datetime) -> Decision:
    """The end, said by one of the two."""
    conversation = served(desk, command.conversation, command.by)
    if isinstance(conversation, Refused):
        return conversation
    return [Ended(at=now, conversation=conversation.id, number=conversation.number + 1, by=command.by)]


def see_messages(desk: DeskState, command: SeeMessages, now: datetime) -> Decision:
    """One of the two has seen what the other wrote; of no effect where that is nothing new."""
    conversation = theirs(desk, command.conversation, command.by)
    if isinstance(conversation, Refused):
        return conversation
    if not may(side_of(command.by), "seen", conversation.state):
        return Refused(reason=why_not(conversation.state))
    unseen = conversation.unseen.by_visitor if isinstance(command.by, ByVisitor) else conversation.unseen.by_operator
    seen = [number for number in unseen if number <= command.upto]
    if not seen:
        return []
    number = conversation.number + 1
    return [MessagesSeen(at=now, conversation=conversation.id, number=number, by=command.by, upto=seen[-1])]


def may_type(desk: DeskState, conversation: ConversationId, party: Party) -> bool:
    """Whether the party is one of the two of an active conversation."""
    found = served(desk, conversation, party)
    return not isinstance(found, Refused) and may(side_of(party), "typing", found.state)


DECIDE: Rules = {
    WriteMessage: write_message,
    EndConversation: end_conversation,
    SeeMessages: see_messages,
    AcceptRequest: accept_request,
    DeclineRequest: decline_request,
    QueueRequest: queue_request,
}
