"""Applying events to the desk's state: with `moves` the only place that changes it, and all a replay needs.

It decides nothing: an event that was kept has happened. Here is what happens to the house and to who is there.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from engine.desk import moves, parts
from engine.desk.leaving import forget, forget_closed, let_go
from engine.desk.state import DeskState, Mark, Visitor
from engine.events import (
    ActionTracked,
    ConversationEvent,
    ConversationId,
    EngineStarted,
    EntryForgotten,
    Event,
    LiveHelpSwitched,
    OperatorArrived,
    OperatorGone,
    OperatorLost,
    OperatorReturned,
    PageTurnedTo,
    PageViewed,
    PartRemoved,
    PartSet,
    SettingChanged,
    VisitEnded,
    VisitorForgotten,
    VisitorIdentified,
    VisitorLost,
    VisitorReturned,
    VisitorSlept,
    VisitorWoke,
    VisitStarted,
    WrapUpEnded,
    WrapUpStarted,
)
from engine.settings import recalled


def apply(desk: DeskState, event: Event) -> None:
    """Change the state by one event. Raises `IllegalTransition` for what cannot have happened."""
    if desk.leaving:
        let_go(desk, event.at)
    if isinstance(event, ConversationEvent):
        moves.move(desk, event)
    else:
        APPLY[type(event)](desk, event)


# --- the house -----------------------------------------------------------------------------------------------------


def _setting_changed(desk: DeskState, event: SettingChanged) -> None:
    desk.settings = recalled(desk.settings, event.name, event.value)
    before = desk.marks.get(event.name)
    desk.marks[event.name] = Mark(before.version + 1 if before else 1, event.by)


def _engine_started(desk: DeskState, event: EngineStarted) -> None:
    for visitor in desk.visitors.values():
        visitor.lost_at = event.at if visitor.visit else None
    for operator in desk.operators.values():
        operator.lost_at = event.at if operator.present else None
    ring = timedelta(seconds=desk.settings.response_timeout)
    invitation = timedelta(seconds=desk.settings.invitation_timeout)
    for conversation in desk.conversations.values():
        conversation.until = event.at + ring if conversation.until else None
        conversation.expires = event.at + invitation if conversation.expires else None


# --- visitors ------------------------------------------------------------------------------------------------------


def _visit_started(desk: DeskState, event: VisitStarted) -> None:
    visitor = desk.visitors.setdefault(event.visitor, Visitor(event.visitor))
    visitor.visits, visitor.visit, visitor.site, visitor.lost_at = event.ordinal, event.visit, event.site, None
    visitor.page = None
    desk.leaving.pop(visitor.id, None)
    forget_closed(desk, visitor)


def _page_viewed(desk: DeskState, event: PageViewed) -> None:
    visitor = desk.visitors[event.visitor]
    visitor.page, visitor.lost_at = (event.address, event.title), None


def _page_turned_to(desk: DeskState, event: PageTurnedTo) -> None:
    desk.visitors[event.visitor].page = event.address, event.title


def _visitor_here(desk: DeskState, event: VisitorReturned) -> None:
    desk.visitors[event.visitor].lost_at = None


def _visitor_slept(desk: DeskState, event: VisitorSlept) -> None:
    desk.visitors[event.visitor].asleep = True


def _visitor_woke(desk: DeskState, event: VisitorWoke) -> None:
    desk.visitors[event.visitor].asleep = False


def _visitor_identified(desk: DeskState, event: VisitorIdentified) -> None:
    desk.visitors[event.visitor].identity = event.personal, event.verified


def _action_tracked(_desk: DeskState, _event: ActionTracked) -> None:
    """No rule reads it."""


def _visitor_forgotten(desk: DeskState, event: VisitorForgotten) -> None:
    if event.visitor in desk.visitors:
        desk.visitors[event.visitor].identity = None
    _words_forgotten(desk, event)


def _words_forgotten(desk: DeskState, event: VisitorForgotten | EntryForgotten) -> None:
    """Of all that was written the rules know first words alone, until somebody comes."""
    for one, number in event.forgets:
        talk = desk.conversations.get(ConversationId(one))
        if talk is not None and talk.words is not None and number in {None, talk.words.number}:
            talk.words = None


def _visitor_lost(desk: DeskState, event: VisitorLost) -> None:
    desk.visitors[event.visitor].lost_at = event.at


def _visit_ended(desk: DeskState, event: VisitEnded) -> None:
    visitor = desk.visitors[event.visitor]
    visitor.visit = visitor.lost_at = visitor.identity = None
    visitor.asleep = False
    forget_closed(desk, visitor)
    desk.leaving[visitor.id] = event.at
    for one in desk.closed_late:
        forget(desk, one)
    desk.closed_late.clear()


# --- operators -----------------------------------------------------------------------------------------------------


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


def _wrap_up_started(desk: DeskState, event: WrapUpStarted) -> None:
    desk.operators[event.operator].wraps_up_until = event.until


def _wrap_up_ended(desk: DeskState, event: WrapUpEnded) -> None:
    desk.operators[event.operator].wraps_up_until = None


APPLY: dict[type[Event], Callable[[DeskState, Any], None]] = {
    PartSet: parts.put,
    PartRemoved: parts.take,
    SettingChanged: _setting_changed,
    EngineStarted: _engine_started,
    VisitStarted: _visit_started,
    PageViewed: _page_viewed,
    PageTurnedTo: _page_turned_to,
    VisitorReturned: _visitor_here,
    VisitorSlept: _visitor_slept,
    VisitorWoke: _visitor_woke,
    VisitorIdentified: _visitor_identified,
    ActionTracked: _action_tracked,
    VisitorForgotten: _visitor_forgotten,
    EntryForgotten: _words_forgotten,
    VisitorLost: _visitor_lost,
    VisitEnded: _visit_ended,
    OperatorArrived: _operator_here,
    OperatorReturned: _operator_here,
    OperatorLost: _operator_lost,
    OperatorGone: _operator_gone,
    LiveHelpSwitched: _live_help_switched,
    WrapUpStarted: _wrap_up_started,
    WrapUpEnded: _wrap_up_ended,
}
