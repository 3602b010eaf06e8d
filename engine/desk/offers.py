"""Offers: whom a conversation is offered to, what a free operator is offered, and when an offer ends by itself.

Each function is a generator of events, or gives one; an event it yields is applied before it goes on, so that it always
reads the present state.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import merge

from engine.desk.state import Conversation, DeskState, Operator
from engine.events import (
    ConversationId,
    Event,
    OfferExtended,
    OfferMade,
    OfferReason,
    OfferTimedOut,
    OfferWithdrawn,
    OperatorId,
    Policy,
    Queued,
    QueuedReason,
    WithdrawnReason,
)
from engine.talk import State, in_turn

# --- a conversation ------------------------------------------------------------------------------------------------


def offered(
    desk: DeskState, conversation: Conversation, operators: list[Operator], *, at: datetime, reason: OfferReason
) -> OfferMade:
    """It rings at `operators`, by the policy."""
    return OfferMade(
        at=at,
        conversation=conversation.id,
        number=conversation.number + 1,
        policy=policy_of(conversation),
        operators=tuple(operator.id for operator in operators),
        candidates=tuple(operator.id for operator in desk.available_in(conversation.department)),
        reason=reason,
        until=at + timedelta(seconds=desk.settings.response_timeout),
    )


def policy_of(conversation: Conversation) -> Policy:
    """How who is asked about a conversation is chosen: at first everybody at once, from the queue one by one."""
    return "queue" if conversation.state is State.QUEUED else "broadcast"


def queued(
    conversation: Conversation, *, at: datetime, reason: QueuedReason, operator: OperatorId | None = None
) -> Queued:
    """It waits in the queue."""
    number = conversation.number + 1
    return Queued(at=at, conversation=conversation.id, number=number, reason=reason, operator=operator)


def offer_to_next(desk: DeskState, conversation: Conversation, *, at: datetime) -> Iterator[Event]:
    """Ask the next operator about a queued conversation that nobody is asked about."""
    operator = next_for(desk, conversation)
    if operator is not None:
        yield offered(desk, conversation, [operator], at=at, reason="next")


def next_for(desk: DeskState, conversation: Conversation) -> Operator | None:
    """Who may be asked next about a queued conversation: available, and neither declined nor had their notice."""
    free = desk.available_in(conversation.department)
    return next((one for one in free if one.id not in conversation.declined | conversation.tried), None)


# --- an operator ---------------------------------------------------------------------------------------------------


def silence(desk: DeskState, operator: Operator, *, at: datetime) -> Iterator[Event]:
    """Nothing rings at an operator who is not available any more, and nothing is offered to them."""
    for one in [*operator.rings, *operator.offers]:
        yield withdrawn(desk.conversations[one], operator, at=at, reason="not-available")


def withdrawn(conversation: Conversation, operator: Operator, *, at: datetime, reason: WithdrawnReason) -> Event:
    """It does not ring at this operator any more."""
    number = conversation.number + 1
    return OfferWithdrawn(at=at, conversation=conversation.id, number=number, operator=operator.id, reason=reason)


def offer_what_waits(
    desk: DeskState, operator: Operator, *, at: datetime, reason: OfferReason, anew: bool
) -> Iterator[Event]:
    """What rings and what is queued, up to the maximum; `anew`: also what they had notice of before."""
    yield from _extend_rings(desk, operator, at=at)
    for conversation in list(_waiting_for(desk, operator)):
        if not desk.available(operator):
            return
        if anew or operator.id not in conversation.tried:
            yield offered(desk, conversation, [operator], at=at, reason=reason)


def below_maximum_again(desk: DeskState, operator: Operator, *, at: datetime) -> Iterator[Event]:
    """Where one chat or offer less brought an operator below the maximum."""
    if operator.load == desk.maximum(operator) - 1:
        yield from offer_what_waits(desk, operator, at=at, reason="freed", anew=False)


def _extend_rings(desk: DeskState, operator: Operator, *, at: datetime) -> Iterator[Event]:
    """What rings already rings at this operator too."""
    for conversation in list(_ringing_for(desk, operator)):
        if desk.available(operator):
            number = conversation.number + 1
            yield OfferExtended(at=at, conversation=conversation.id, number=number, operator=operator.id)


def _ringing_for(desk: DeskState, operator: Operator) -> Iterator[Conversation]:
    for department in operator.departments:
        for one in desk.departments[department].ringing:
            conversation = desk.conversations[one]
            if not conversation.ringing:  # it has just stopped, and is queued next
                continue
            if operator.id not in conversation.declined and operator.id not in conversation.ringing:
                yield conversation


def _waiting_for(desk: DeskState, operator: Operator) -> Iterator[Conversation]:
    """Queued conversations that nobody is asked about and this operator may take, in the order of the queue."""
    queues = (
        [desk.conversations[one] for one in desk.departments[department].queue] for department in operator.departments
    )
    for conversation in merge(*queues, key=turn):
        if not conversation.ringing and operator.id not in conversation.declined:
            yield conversation


def turn(conversation: Conversation) -> str:
    """What a queued conversation is sorted by."""
    return in_turn(ahead=conversation.at_head, since=conversation.queued_at)


# --- the clock -----------------------------------------------------------------------------------------------------


def time_out(desk: DeskState, conversation_id: ConversationId, now: datetime) -> list[Event]:
    """The ring or the offer of a conversation was not answered in time."""
    conversation = desk.conversations[conversation_id]
    if conversation.asked is None:
        return [queued(conversation, at=now, reason="timeout")]
    (operator,) = conversation.ringing
    number = conversation.number + 1
    return [OfferTimedOut(at=now, conversation=conversation.id, number=number, operator=operator)]


def open_to(desk: DeskState, conversation_id: ConversationId, now: datetime) -> list[Event]:
    """The department has opened: who came before that is offered to who is there already."""
    return list(offer_to_next(desk, desk.conversations[conversation_id], at=now))
