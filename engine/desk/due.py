"""What runs out, as a table: when, of whom, which event sets it, and what is done then. A deadline is a row.

The order counts: of two at the same moment the first is done, so that a chat that both sides lost is over.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from operator import attrgetter

from engine.desk import invitations, loss, wrap_up
from engine.desk.deadlines import Due
from engine.desk.offers import next_for, open_to, time_out
from engine.desk.state import DeskState
from engine.events import (
    ConversationEvent,
    ConversationId,
    EngineStarted,
    Invited,
    OperatorId,
    OperatorLost,
    PartRemoved,
    PartSet,
    SettingChanged,
    VisitorId,
    VisitorLost,
    WrapUpStarted,
)

# After these any deadline may be another.
ANEW = (EngineStarted, SettingChanged, PartSet, PartRemoved)


def _conversations(desk: DeskState) -> Iterable[str]:
    return desk.conversations


def _operators(desk: DeskState) -> Iterable[str]:
    return desk.operators


def _lost_visitors(desk: DeskState) -> Iterable[str]:
    return (one.id for one in desk.visitors.values() if one.lost_at)


def _grace(lost_at: datetime | None, seconds: int) -> datetime | None:
    return lost_at + timedelta(seconds=seconds) if lost_at else None


def _visitor_gone(desk: DeskState, one: VisitorId) -> datetime | None:
    visitor = desk.visitors.get(one)
    return _grace(visitor.lost_at, desk.settings.visitor_grace) if visitor else None


def _operator_gone(desk: DeskState, one: OperatorId) -> datetime | None:
    operator = desk.operators.get(one)
    return _grace(operator.lost_at, desk.settings.operator_grace) if operator else None


def _wrapped_up(desk: DeskState, one: OperatorId) -> datetime | None:
    operator = desk.operators.get(one)
    return operator.wraps_up_until if operator else None


def _unanswered(desk: DeskState, one: ConversationId) -> datetime | None:
    conversation = desk.conversations.get(one)
    return conversation.until if conversation else None


def _opening(desk: DeskState, one: ConversationId) -> datetime | None:
    """Only while somebody is there who could be asked: who comes later is asked when they come."""
    conversation = desk.conversations.get(one)
    if conversation is None or conversation.opens is None or next_for(desk, conversation) is None:
        return None
    return conversation.opens


def _invitation_over(desk: DeskState, one: ConversationId) -> datetime | None:
    conversation = desk.conversations.get(one)
    return conversation.expires if conversation else None


_visitor, _operator, _conversation = attrgetter("visitor"), attrgetter("operator"), attrgetter("conversation")

DUE: tuple[Due, ...] = (
    Due(when=_visitor_gone, set_by=VisitorLost, whose=_visitor, all=_lost_visitors, done=loss.end_visit),
    Due(when=_operator_gone, set_by=OperatorLost, whose=_operator, all=_operators, done=loss.lose_for_good),
    Due(when=_wrapped_up, set_by=WrapUpStarted, whose=_operator, all=_operators, done=wrap_up.run_out),
    Due(when=_unanswered, set_by=ConversationEvent, whose=_conversation, all=_conversations, done=time_out),
    Due(when=_opening, set_by=ConversationEvent, whose=_conversation, all=_conversations, done=open_to),
    Due(when=_invitation_over, set_by=Invited, whose=_conversation, all=_conversations, done=invitations.expire),
)
