"""Applying events to the desk's state: the only place that changes it, and all a replay needs.

It decides nothing: an event that was kept has happened.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from engine.desk.state import OPEN, Conversation, Department, DeskState, Operator, Site, State, Visitor
from engine.desk.transitions import IllegalTransition, after
from engine.events import (
    Accepted,
    ConversationEvent,
    DepartmentAdded,
    EngineStarted,
    Event,
    HelpAsked,
    LiveHelpSwitched,
    MessageLeft,
    OfferDeclined,
    OfferExtended,
    OfferMade,
    OfferTimedOut,
    OfferWithdrawn,
    OperatorAdded,
    OperatorArrived,
    OperatorGone,
    OperatorId,
    OperatorLost,
    OperatorReturned,
    PageViewed,
    Queued,
    SettingChanged,
    SiteAdded,
    SiteChanged,
    VisitEnded,
    VisitorLost,
    VisitorReturned,
    VisitStarted,
)


def apply(desk: DeskState, event: Event) -> None:
    """Change the state by one event. Raises `IllegalTransition` for what cannot have happened."""
    if isinstance(event, ConversationEvent):
        _conversation_event(desk, event)
    else:
        APPLY[type(event)](desk, event)


# --- the house -----------------------------------------------------------------------------------------------------


def _site_added(desk: DeskState, event: SiteAdded) -> None:
    desk.sites[event.site] = Site(event.site, event.key, event.name, event.origins)


def _site_changed(desk: DeskState, event: SiteChanged) -> None:
    site = desk.sites[event.site]
    site.name, site.origins = event.name, event.origins


def _department_added(desk: DeskState, event: DepartmentAdded) -> None:
    desk.departments[event.department] = Department(event.department, event.name, event.takes_part)


def _operator_added(desk: DeskState, event: OperatorAdded) -> None:
    name = event.personal.name if event.personal else "–"
    desk.operators[event.operator] = Operator(event.operator, name, event.role, event.departments, event.max_chats)
    for department in event.departments:
        desk.departments[department].operators.append(event.operator)


def _setting_changed(desk: DeskState, event: SettingChanged) -> None:
    desk.settings[event.name] = event.value


def _engine_started(desk: DeskState, event: EngineStarted) -> None:
    for visitor in desk.visitors.values():
        visitor.lost_at = event.at if visitor.visit else None
    for operator in desk.operators.values():
        operator.lost_at = event.at if operator.present else None
    timeout = timedelta(seconds=desk.settings["response_timeout"])
    for conversation in desk.conversations.values():
        if conversation.until is not None:
            conversation.until = event.at + timeout


# --- presence ------------------------------------------------------------------------------------------------------


def _visit_started(desk: DeskState, event: VisitStarted) -> None:
    visitor = desk.visitors.setdefault(event.visitor, Visitor(event.visitor))
    visitor.visits, visitor.visit, visitor.lost_at = event.ordinal, event.visit, None
    _forget_closed(desk, visitor)


def _visitor_here(desk: DeskState, event: PageViewed | VisitorReturned) -> None:
    desk.visitors[event.visitor].lost_at = None


def _visitor_lost(desk: DeskState, event: VisitorLost) -> None:
    desk.visitors[event.visitor].lost_at = event.at


def _visit_ended(desk: DeskState, event: VisitEnded) -> None:
    visitor = desk.visitors[event.visitor]
    visitor.visit = visitor.lost_at = None
    _forget_closed(desk, visitor)


def _forget_closed(desk: DeskState, visitor: Visitor) -> None:
    for conversation in visitor.closed:
        del desk.conversations[conversation]
    visitor.closed.clear()


def _operator_here(desk: DeskState, event: OperatorArrived | OperatorReturned) -> None:
    operator = desk.operators[event.operator]
    operator.present, operator.lost_at = True, None


def _operator_lost(desk: DeskState, event: OperatorLost) -> None:
    desk.operators[event.operator].lost_at = event.at


def _operator_gone(desk: DeskState, event: OperatorGone) -> None:
    operator = desk.operators[event.operator]
    operator.present, operator.lost_at = False, None


def _live_help_switched(desk: DeskState, event: LiveHelpSwitched) -> None:
    desk.operators[event.operator].live_help = event.on


# --- conversations -------------------------------------------------------------------------------------------------


def _conversation_event(desk: DeskState, event: ConversationEvent) -> None:
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
        _move(desk, conversation, state)


def _begin(desk: DeskState, event: ConversationEvent, state: State) -> Conversation:
    assert isinstance(event, HelpAsked | MessageLeft)  # noqa: S101 - the table lets nothing else begin one
    conversation = Conversation(event.conversation, event.visitor, event.site, event.department, state)
    desk.conversations[event.conversation] = conversation
    visitor = desk.visitors.setdefault(event.visitor, Visitor(event.visitor))
    if state in OPEN:
        visitor.conversation = conversation.id
        desk.departments[conversation.department].ringing[conversation.id] = None
    else:
        visitor.closed.append(conversation.id)
    return conversation


def _move(desk: DeskState, conversation: Conversation, state: State) -> None:
    department = desk.departments[conversation.department]
    department.ringing.pop(conversation.id, None)
    department.queue.pop(conversation.id, None)
    conversation.state = state
    _silence(desk, conversation)
    if state is State.QUEUED:
        department.queue[conversation.id] = None
    elif state not in OPEN:
        if conversation.operator is not None:
            desk.operators[conversation.operator].chats.pop(conversation.id, None)
        visitor = desk.visitors[conversation.visitor]
        visitor.conversation = None
        visitor.closed.append(conversation.id)


def _silence(desk: DeskState, conversation: Conversation) -> None:
    for operator in list(conversation.ringing):
        _stop_ringing(desk, conversation, operator)


def _stop_ringing(desk: DeskState, conversation: Conversation, operator: OperatorId) -> None:
    conversation.ringing.pop(operator, None)
    desk.operators[operator].rings.pop(conversation.id, None)
    desk.operators[operator].offers.pop(conversation.id, None)
    if not conversation.ringing:
        conversation.until = None


def _offer_made(desk: DeskState, conversation: Conversation, event: OfferMade) -> None:
    conversation.until = event.until
    for one in event.operators:
        operator = desk.operators[one]
        conversation.ringing[one] = None
        (operator.rings if event.policy == "broadcast" else operator.offers)[conversation.id] = None
    conversation.asked = event.operators[0] if event.policy == "queue" else None


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


def _queued(_desk: DeskState, conversation: Conversation, event: Queued) -> None:
    conversation.queued_at = event.at
    conversation.tried.update(conversation.ringing)


def _accepted(desk: DeskState, conversation: Conversation, event: Accepted) -> None:
    conversation.operator = event.operator
    desk.operators[event.operator].chats[conversation.id] = None


def _message_left(desk: DeskState, conversation: Conversation, event: MessageLeft) -> None:
    desk.visitors[conversation.visitor].left.append(event.at)


APPLY: dict[type[Event], Callable[[DeskState, Any], None]] = {
    SiteAdded: _site_added,
    SiteChanged: _site_changed,
    DepartmentAdded: _department_added,
    OperatorAdded: _operator_added,
    SettingChanged: _setting_changed,
    EngineStarted: _engine_started,
    VisitStarted: _visit_started,
    PageViewed: _visitor_here,
    VisitorReturned: _visitor_here,
    VisitorLost: _visitor_lost,
    VisitEnded: _visit_ended,
    OperatorArrived: _operator_here,
    OperatorReturned: _operator_here,
    OperatorLost: _operator_lost,
    OperatorGone: _operator_gone,
    LiveHelpSwitched: _live_help_switched,
}
CHANGE: dict[type[ConversationEvent], Callable[[DeskState, Conversation, Any], None]] = {
    OfferMade: _offer_made,
    OfferExtended: _offer_extended,
    OfferDeclined: _offer_declined,
    OfferWithdrawn: _offer_withdrawn,
    OfferTimedOut: _offer_timed_out,
    Queued: _queued,
    Accepted: _accepted,
    MessageLeft: _message_left,
}
