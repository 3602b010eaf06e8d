"""What an event of a conversation changes: its state by the table, and what stands around it in the desk's state."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from engine.desk.hours import next_opening
from engine.desk.state import Conversation, DeskState, Visitor, Words
from engine.events import (
    Accepted,
    Beginning,
    ByVisitor,
    ConversationEvent,
    FirstWordsChanged,
    HelpAsked,
    Invited,
    Lost,
    MessageLeft,
    MessagesSeen,
    MessageWritten,
    OfferDeclined,
    OfferExtended,
    OfferMade,
    OfferTimedOut,
    OfferWithdrawn,
    OperatorId,
    Queued,
)
from engine.talk import OPEN, UNCLOSED, IllegalTransition, State, after, at_head, stand_before


def move(desk: DeskState, event: ConversationEvent) -> None:
    """Apply an event of a conversation. Raises `IllegalTransition` for what cannot have happened."""
    conversation = desk.conversations.get(event.conversation)
    state = after(conversation.state if conversation else None, event)
    if conversation is None:
        conversation = _begin(desk, event, state)
    if event.number != conversation.number + 1:
        raise IllegalTransition(f"{type(event).__name__} has number {event.number} after {conversation.number}")
    conversation.number = event.number
    if type(event) in CHANGE:
        CHANGE[type(event)](desk, conversation, event)
    if state is not conversation.state:
        _leave(desk, conversation)
        conversation.state = state
        _enter(desk, conversation, event.at)
    if isinstance(event, Queued) and event.reason == "closed":
        conversation.opens = next_opening(desk.departments[conversation.department].hours, event.at)


def _begin(desk: DeskState, event: ConversationEvent, state: State) -> Conversation:
    assert isinstance(event, Beginning)  # noqa: S101 - the table lets nothing else begin one
    conversation = Conversation(event.conversation, event.visitor, event.site, event.department, state)
    desk.conversations[event.conversation] = conversation
    visitor = desk.visitors.setdefault(event.visitor, Visitor(event.visitor))
    if state in OPEN:
        visitor.conversation = conversation.id
    _enter(desk, conversation, event.at)
    return conversation


def _leave(desk: DeskState, conversation: Conversation) -> None:
    department = desk.departments[conversation.department]
    department.ringing.pop(conversation.id, None)
    department.queue.pop(conversation.id, None)
    conversation.expires = conversation.opens = None
    for operator in list(conversation.ringing):
        _stop_ringing(desk, conversation, operator)


def _enter(desk: DeskState, conversation: Conversation, at: datetime) -> None:
    if conversation.state is State.ROUTING:
        desk.departments[conversation.department].ringing[conversation.id] = None
    elif conversation.state is State.QUEUED:
        _stand_in_queue(desk, conversation)
    elif conversation.state not in OPEN:
        _close(desk, conversation, at)


def _stand_in_queue(desk: DeskState, conversation: Conversation) -> None:
    queue = desk.departments[conversation.department].queue
    later = stand_before(queue, ahead=conversation.at_head, is_ahead=lambda one: desk.conversations[one].at_head)
    queue[conversation.id] = None
    for other in later:
        queue.move_to_end(other)


def _close(desk: DeskState, conversation: Conversation, at: datetime) -> None:
    if conversation.operator is not None:
        desk.operators[conversation.operator].chats.pop(conversation.id, None)
    conversation.words = None
    visitor = desk.visitors[conversation.visitor]
    if visitor.conversation == conversation.id:
        visitor.conversation = None
    if conversation.id not in visitor.closed:
        visitor.closed.append(conversation.id)
    if visitor.visit is None and conversation.state is State.CLOSED:
        desk.closed_late.append(visitor.id)
    elif visitor.visit is None and conversation.state not in UNCLOSED:
        desk.leaving[visitor.id] = at


def _stop_ringing(desk: DeskState, conversation: Conversation, operator: OperatorId) -> None:
    conversation.ringing.pop(operator, None)
    desk.operators[operator].rings.pop(conversation.id, None)
    desk.operators[operator].offers.pop(conversation.id, None)
    if not conversation.ringing:
        conversation.until = None


# --- what an event changes beside the state ------------------------------------------------------------------------


def _said_first(_desk: DeskState, conversation: Conversation, event: HelpAsked | FirstWordsChanged) -> None:
    words = event.personal.words if event.personal else None
    conversation.words = Words(event.number, event.message, words) if event.message and words else None


def _invited(_desk: DeskState, conversation: Conversation, event: Invited) -> None:
    conversation.inviter, conversation.expires = event.operator, event.until


def _offer_made(desk: DeskState, conversation: Conversation, event: OfferMade) -> None:
    conversation.until, conversation.opens = event.until, None
    for one in event.operators:
        operator = desk.operators[one]
        conversation.ringing[one] = None
        (operator.offers if event.alone else operator.rings)[conversation.id] = None
    conversation.asked = event.operators[0] if event.alone else None


def _offer_extended(desk: DeskState, conversation: Conversation, event: OfferExtended) -> None:
    conversation.ringing[event.operator] = None
    desk.operators[event.operator].rings[conversation.id] = None


def _offer_declined(desk: DeskState, conversation: Conversation, event: OfferDeclined) -> None:
    conversation.declined.add(event.operator)
    _stop_ringing(desk, conversation, event.operator)


def _offer_withdrawn(desk: DeskState, conversation: Conversation, event: OfferWithdrawn) -> None:
    _stop_ringing(desk, conversation, event.operator)


def _offer_timed_out(desk: DeskState, conversation: Conversation, event: OfferTimedOut) -> None:
    conversation.tried.add(event.operator)
    _stop_ringing(desk, conversation, event.operator)


def _queued(desk: DeskState, conversation: Conversation, event: Queued) -> None:
    conversation.queued_at = event.at
    conversation.tried.update(conversation.ringing)
    conversation.at_head = at_head(event.reason)
    if conversation.operator is not None:  # served until now: everybody but who declined may be asked again
        desk.operators[conversation.operator].chats.pop(conversation.id)
        conversation.operator = conversation.asked = None
        conversation.tried.clear()


def _accepted(desk: DeskState, conversation: Conversation, event: Accepted) -> None:
    conversation.operator = event.operator
    conversation.at_head = False
    desk.operators[event.operator].chats[conversation.id] = None


def _message_written(_desk: DeskState, conversation: Conversation, event: MessageWritten) -> None:
    unseen = conversation.unseen
    if conversation.words is not None and conversation.words.message == event.message:
        conversation.words = None
    (unseen.by_operator if isinstance(event.author, ByVisitor) else unseen.by_visitor).append(event.number)


def _messages_seen(_desk: DeskState, conversation: Conversation, event: MessagesSeen) -> None:
    unseen = conversation.unseen
    seen = unseen.by_visitor if isinstance(event.by, ByVisitor) else unseen.by_operator
    seen[:] = [number for number in seen if number > event.upto]


def _lost(_desk: DeskState, conversation: Conversation, _event: Lost) -> None:
    conversation.lost = True


def _message_left(desk: DeskState, conversation: Conversation, event: MessageLeft) -> None:
    desk.visitors[conversation.visitor].left.append(event.at)


CHANGE: dict[type[ConversationEvent], Callable[[DeskState, Conversation, Any], None]] = {
    HelpAsked: _said_first,
    FirstWordsChanged: _said_first,
    Invited: _invited,
    OfferMade: _offer_made,
    OfferExtended: _offer_extended,
    OfferDeclined: _offer_declined,
    OfferWithdrawn: _offer_withdrawn,
    OfferTimedOut: _offer_timed_out,
    Queued: _queued,
    Accepted: _accepted,
    MessageWritten: _message_written,
    MessagesSeen: _messages_seen,
    Lost: _lost,
    MessageLeft: _message_left,
}
