"""Routing: what follows from an event. Who is asked, who is asked next, when a visitor is queued, who stops ringing.

A rule is a generator; each event it yields is applied before it goes on, so that it always reads the present state.
It must not know who sent the command.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from heapq import merge
from typing import Any, Literal

from engine.desk.state import WAITING, Conversation, DeskState, Operator, State
from engine.events import (
    Abandoned,
    Accepted,
    ConversationId,
    Ended,
    Event,
    HelpAsked,
    LiveHelpSwitched,
    MessageLeft,
    OfferDeclined,
    OfferExtended,
    OfferMade,
    OfferTimedOut,
    OfferWithdrawn,
    OperatorGone,
    Queued,
    QueuedReason,
    SettingChanged,
    VisitEnded,
    WithdrawnReason,
)

Rule = Callable[[DeskState, Any], Iterator[Event]]
OfferReason = Literal["asked", "available", "freed", "next"]


# --- offers --------------------------------------------------------------------------------------------------------


def _offer(
    desk: DeskState, conversation: Conversation, operators: list[Operator], *, at: datetime, reason: OfferReason
) -> OfferMade:
    broadcast = conversation.state is State.ROUTING
    return OfferMade(
        at=at,
        conversation=conversation.id,
        number=conversation.number + 1,
        policy="broadcast" if broadcast else "queue",
        operators=tuple(operator.id for operator in operators),
        candidates=tuple(operator.id for operator in desk.available_in(conversation.department)),
        reason=reason,
        until=at + timedelta(seconds=desk.settings["response_timeout"]),
    )


def _queued(conversation: Conversation, *, at: datetime, reason: QueuedReason) -> Queued:
    return Queued(at=at, conversation=conversation.id, number=conversation.number + 1, reason=reason)


def _withdrawn(conversation: Conversation, operator: Operator, *, at: datetime, reason: WithdrawnReason) -> Event:
    number = conversation.number + 1
    return OfferWithdrawn(at=at, conversation=conversation.id, number=number, operator=operator.id, reason=reason)


def _waiting_for(desk: DeskState, operator: Operator) -> Iterator[Conversation]:
    """Queued conversations that nobody is asked about and this operator may take, longest in the queue first."""
    queues = (
        [desk.conversations[one] for one in desk.departments[department].queue] for department in operator.departments
    )
    for conversation in merge(*queues, key=lambda one: str(one.queued_at)):
        if not conversation.ringing and operator.id not in conversation.declined:
            yield conversation


def _offer_from_queue(
    desk: DeskState, operator: Operator, *, at: datetime, reason: OfferReason, anew: bool
) -> Iterator[Event]:
    """Offer what waits to this operator, up to the maximum; `anew`: also what they had notice of before."""
    for conversation in list(_waiting_for(desk, operator)):
        if not desk.available(operator):
            return
        if anew or operator.id not in conversation.tried:
            yield _offer(desk, conversation, [operator], at=at, reason=reason)


def _offer_to_next(desk: DeskState, conversation: Conversation, *, at: datetime) -> Iterator[Event]:
    """The one who was asked did not take it: ask the next."""
    for operator in desk.available_in(conversation.department):
        if operator.id not in conversation.declined | conversation.tried:
            yield _offer(desk, conversation, [operator], at=at, reason="next")
            return


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
            if operator.id not in conversation.declined and operator.id not in conversation.ringing:
                yield conversation


def _below_maximum_again(desk: DeskState, operator: Operator, *, at: datetime) -> Iterator[Event]:
    if operator.load == desk.maximum(operator) - 1:
        yield from _extend_rings(desk, operator, at=at)
        yield from _offer_from_queue(desk, operator, at=at, reason="freed", anew=False)


def _asked_is_free(desk: DeskState, event: Accepted | Abandoned | MessageLeft) -> Iterator[Event]:
    """The one operator it was offered to does not have to answer any more."""
    asked = desk.conversations[event.conversation].asked
    if asked is not None and not (isinstance(event, Accepted) and event.operator == asked):
        yield from _below_maximum_again(desk, desk.operators[asked], at=event.at)


# --- rules, by what happened ---------------------------------------------------------------------------------------


def _on_help_asked(desk: DeskState, event: HelpAsked) -> Iterator[Event]:
    conversation = desk.conversations[event.conversation]
    operators = list(desk.available_in(conversation.department))
    if operators:
        yield _offer(desk, conversation, operators, at=event.at, reason="asked")
        return
    everybody = (desk.operators[one] for one in desk.departments[conversation.department].operators)
    full = any(operator.present and operator.live_help for operator in everybody)
    yield _queued(conversation, at=event.at, reason="full" if full else "nobody")


def _on_offer_ended(desk: DeskState, event: OfferDeclined | OfferWithdrawn | OfferTimedOut) -> Iterator[Event]:
    conversation = desk.conversations[event.conversation]
    if conversation.ringing:
        return
    if conversation.state is State.ROUTING:
        yield _queued(conversation, at=event.at, reason=_why_queued(event))
        return
    yield from _offer_to_next(desk, conversation, at=event.at)
    yield from _below_maximum_again(desk, desk.operators[event.operator], at=event.at)


def _why_queued(event: OfferDeclined | OfferWithdrawn | OfferTimedOut) -> QueuedReason:
    if isinstance(event, OfferWithdrawn):
        return "full" if event.reason == "full" else "nobody"
    return "declined" if isinstance(event, OfferDeclined) else "timeout"


def _on_live_help_switched(desk: DeskState, event: LiveHelpSwitched) -> Iterator[Event]:
    operator = desk.operators[event.operator]
    if not event.on:
        for one in [*operator.rings, *operator.offers]:
            yield _withdrawn(desk.conversations[one], operator, at=event.at, reason="not-available")
        return
    yield from _extend_rings(desk, operator, at=event.at)
    yield from _offer_from_queue(desk, operator, at=event.at, reason="available", anew=True)


def _on_accepted(desk: DeskState, event: Accepted) -> Iterator[Event]:
    operator = desk.operators[event.operator]
    if operator.load >= desk.maximum(operator):
        for one in list(operator.rings):
            yield _withdrawn(desk.conversations[one], operator, at=event.at, reason="full")
    yield from _asked_is_free(desk, event)


def _on_ended(desk: DeskState, event: Ended) -> Iterator[Event]:
    server = desk.conversations[event.conversation].operator
    if server is not None:
        yield from _extend_rings(desk, desk.operators[server], at=event.at)
        yield from _offer_from_queue(desk, desk.operators[server], at=event.at, reason="freed", anew=True)


def _on_visit_ended(desk: DeskState, event: VisitEnded) -> Iterator[Event]:
    conversation = desk.open_conversation(event.visitor)
    if conversation is not None and conversation.state in WAITING:
        number = conversation.number + 1
        yield Abandoned(at=event.at, conversation=conversation.id, number=number, reason="gone")


def _on_operator_gone(desk: DeskState, event: OperatorGone) -> Iterator[Event]:
    if desk.operators[event.operator].live_help:
        yield LiveHelpSwitched(at=event.at, operator=event.operator, on=False, reason="gone")


def _on_setting_changed(desk: DeskState, event: SettingChanged) -> Iterator[Event]:
    if event.name == "max_chats":
        for operator in desk.operators.values():
            yield from _extend_rings(desk, operator, at=event.at)
            yield from _offer_from_queue(desk, operator, at=event.at, reason="freed", anew=False)


FOLLOW: dict[type[Event], Rule] = {
    HelpAsked: _on_help_asked,
    OfferDeclined: _on_offer_ended,
    OfferWithdrawn: _on_offer_ended,
    OfferTimedOut: _on_offer_ended,
    LiveHelpSwitched: _on_live_help_switched,
    Accepted: _on_accepted,
    Ended: _on_ended,
    Abandoned: _asked_is_free,
    MessageLeft: _asked_is_free,
    VisitEnded: _on_visit_ended,
    OperatorGone: _on_operator_gone,
    SettingChanged: _on_setting_changed,
}


def time_out(desk: DeskState, conversation_id: ConversationId, now: datetime) -> list[Event]:
    """The ring or the offer of a conversation was not answered in time."""
    conversation = desk.conversations[conversation_id]
    if conversation.state is State.ROUTING:
        return [_queued(conversation, at=now, reason="timeout")]
    (operator,) = conversation.ringing
    number = conversation.number + 1
    return [OfferTimedOut(at=now, conversation=conversation.id, number=number, operator=operator)]
