"""What a visitor's pages tell of them: asleep or awake, who they are, what they did."""

from datetime import datetime

from engine.commands import IdentifyVisitor, Refused, SleepVisitor, TrackAction, WakeVisitor
from engine.desk.decision import Decision
from engine.desk.state import DeskState
from engine.events import ActionTracked, VisitorIdentified, VisitorIdentity, VisitorSlept, VisitorWoke


def sleep_visitor(desk: DeskState, command: SleepVisitor, now: datetime) -> Decision:
    """No action for a while; of no effect where the visitor is not on the site, or asleep already."""
    visitor = desk.visitors.get(command.visitor)
    if visitor is None or visitor.visit is None or visitor.asleep:
        return []
    return [VisitorSlept(at=now, visitor=visitor.id, visit=visitor.visit)]


def wake_visitor(desk: DeskState, command: WakeVisitor, now: datetime) -> Decision:
    """An action again."""
    visitor = desk.visitors.get(command.visitor)
    if visitor is None or visitor.visit is None or not visitor.asleep:
        return []
    return [VisitorWoke(at=now, visitor=visitor.id, visit=visitor.visit)]


def identify_visitor(desk: DeskState, command: IdentifyVisitor, now: datetime) -> Decision:
    """Who the site says the visitor is; the same twice changes nothing."""
    visitor = desk.visitors.get(command.visitor)
    if visitor is None or visitor.visit is None:
        return Refused(reason="not-here")
    identity = VisitorIdentity(user=command.user, name=command.name, email=command.email)
    if visitor.identity == (identity, command.verified):
        return []
    identified = VisitorIdentified(
        at=now, visitor=visitor.id, visit=visitor.visit, verified=command.verified, personal=identity
    )
    return [identified]


def track_action(desk: DeskState, command: TrackAction, now: datetime) -> Decision:
    """Something the visitor did."""
    visitor = desk.visitors.get(command.visitor)
    if visitor is None or visitor.visit is None:
        return Refused(reason="not-here")
    if not command.name.strip():
        return Refused(reason="empty")
    tracked = ActionTracked(
        at=now, visitor=visitor.id, visit=visitor.visit, name=command.name, parameters=command.parameters
    )
    return [tracked]
