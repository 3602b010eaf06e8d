"""Loss of either side: who was gone past the grace leaves nobody in an empty room."""

from collections.abc import Iterator
from datetime import datetime

from engine.desk.offers import queued
from engine.desk.rule import Rule
from engine.desk.state import Conversation, DeskState
from engine.events import (
    Abandoned,
    EngineStarted,
    Event,
    InvitationExpired,
    LiveHelpSwitched,
    Lost,
    OperatorGone,
    OperatorId,
    QueuedReason,
    VisitEnded,
    VisitorId,
    WrapUpEnded,
)
from engine.talk import SERVED, State


def end_visit(desk: DeskState, one: VisitorId, now: datetime) -> list[VisitEnded]:
    """The visitor's grace ran out."""
    visit = desk.visitors[one].visit
    return [VisitEnded(at=now, visitor=one, visit=visit)] if visit else []


def lose_for_good(_desk: DeskState, one: OperatorId, now: datetime) -> list[OperatorGone]:
    """The operator's grace ran out."""
    return [OperatorGone(at=now, operator=one, reason="lost")]


def _on_visit_ended(desk: DeskState, event: VisitEnded) -> Iterator[Event]:
    conversation = desk.open_conversation(event.visitor)
    if conversation is not None:
        yield _without_visitor(conversation, at=event.at)


def _without_visitor(conversation: Conversation, *, at: datetime) -> Event:
    one, number = conversation.id, conversation.number + 1
    if conversation.state is State.INVITED:
        return InvitationExpired(at=at, conversation=one, number=number, reason="gone")
    if conversation.state in SERVED:
        return Lost(at=at, conversation=one, number=number, visitor=conversation.visitor)
    return Abandoned(at=at, conversation=one, number=number, reason="gone")


def _on_operator_gone(desk: DeskState, event: OperatorGone) -> Iterator[Event]:
    """Not available any more, and each of their chats back at the head of its queue."""
    operator = desk.operators[event.operator]
    if operator.live_help:
        yield LiveHelpSwitched(at=event.at, operator=operator.id, on=False, reason="gone")
    if operator.wraps_up_until is not None:
        yield WrapUpEnded(at=event.at, operator=operator.id, reason="gone")
    reason: QueuedReason = "operator-lost" if event.reason == "lost" else "operator-left"
    for one in list(operator.chats):
        yield queued(desk.conversations[one], at=event.at, reason=reason, operator=operator.id)


def _on_engine_started(desk: DeskState, event: EngineStarted) -> Iterator[Event]:
    """A journal of before these rules may have left somebody behind."""
    for conversation in list(desk.conversations.values()):
        if desk.open_conversation(conversation.visitor) is not conversation:
            continue
        if desk.visitors[conversation.visitor].visit is None:
            yield _without_visitor(conversation, at=event.at)
        elif conversation.operator is not None and not desk.operators[conversation.operator].present:
            yield queued(conversation, at=event.at, reason="operator-lost", operator=conversation.operator)


FOLLOW: dict[type[Event], Rule] = {
    VisitEnded: _on_visit_ended,
    OperatorGone: _on_operator_gone,
    EngineStarted: _on_engine_started,
}
