"""A visitor on the site: pages, connections, asleep or awake, who they are, what they did."""

from datetime import datetime

from engine.commands import (
    IdentifyVisitor,
    Known,
    LoseVisitor,
    Refused,
    ReturnVisitor,
    SleepVisitor,
    TrackAction,
    ViewPage,
    WakeVisitor,
)
from engine.desk.decision import Decision, Rules
from engine.desk.persons import is_another
from engine.desk.state import DeskState, Visitor
from engine.events import (
    ActionTracked,
    PageTurnedTo,
    PageViewed,
    VisitId,
    VisitorIdentified,
    VisitorIdentity,
    VisitorLost,
    VisitorOrigin,
    VisitorReturned,
    VisitorSlept,
    VisitorWoke,
    VisitStarted,
)

UNSIGNED = "a signed user is here: sign this one as well, or call Parlour.shutdown() before"


def view_page(desk: DeskState, command: ViewPage, now: datetime) -> Decision:
    """A page view; the first one begins a visit, and it wakes who slept. A page that is told again is no other view."""
    if command.site not in desk.sites:
        return Refused(reason="unknown-site")
    visitor = desk.visitors.get(command.visitor)
    if visitor is not None and visitor.visit is not None and visitor.page is not None and command.again:
        return _turned_to(visitor, visitor.visit, command, now)
    begins = visitor is None or visitor.visit is None
    visit = command.visit if visitor is None or visitor.visit is None else visitor.visit
    viewed = PageViewed(
        at=now,
        visitor=command.visitor,
        visit=visit,
        page_view=command.page_view,
        address=command.address,
        title=command.title,
        campaign=command.campaign,
    )
    if begins:
        return [_visit_started(command, visitor, now), viewed]
    return [*_woke(visitor, now), viewed]


def _turned_to(visitor: Visitor, visit: VisitId, command: ViewPage, now: datetime) -> list[PageTurnedTo]:
    if visitor.page == (command.address, command.title):
        return []
    return [PageTurnedTo(at=now, visitor=visitor.id, visit=visit, address=command.address, title=command.title)]


def ordinal(visitor: Visitor | None, before: Known) -> int:
    """Which of the visitor's visits begins: who is not known here may be to the journal."""
    return 1 + max(visitor.visits if visitor else 0, before.visits)


def _visit_started(command: ViewPage, visitor: Visitor | None, now: datetime) -> VisitStarted:
    return VisitStarted(
        at=now,
        visitor=command.visitor,
        visit=command.visit,
        site=command.site,
        ordinal=ordinal(visitor, command.before),
        referrer=command.referrer,
        device=command.device,
        browser=command.browser,
        personal=VisitorOrigin(address=command.origin_address, user_agent=command.user_agent, name=command.before.name),
    )


def lose_visitor(desk: DeskState, command: LoseVisitor, now: datetime) -> Decision:
    """The last connection closed: the grace begins."""
    visitor = desk.visitors.get(command.visitor)
    if visitor is None or visitor.visit is None or visitor.lost_at is not None:
        return []
    return [VisitorLost(at=now, visitor=visitor.id, visit=visitor.visit)]


def return_visitor(desk: DeskState, command: ReturnVisitor, now: datetime) -> Decision:
    """A connection again, within the grace."""
    visitor = desk.visitors.get(command.visitor)
    if visitor is None or visitor.visit is None or visitor.lost_at is None:
        return []
    return [VisitorReturned(at=now, visitor=visitor.id, visit=visitor.visit)]


def sleep_visitor(desk: DeskState, command: SleepVisitor, now: datetime) -> Decision:
    """No action for a while; of no effect where the visitor is not on the site, or asleep already."""
    visitor = desk.visitors.get(command.visitor)
    if visitor is None or visitor.visit is None or visitor.asleep:
        return []
    return [VisitorSlept(at=now, visitor=visitor.id, visit=visitor.visit)]


def wake_visitor(desk: DeskState, command: WakeVisitor, now: datetime) -> Decision:
    """An action again."""
    return _woke(desk.visitors.get(command.visitor), now)


def _woke(visitor: Visitor | None, now: datetime) -> list[VisitorWoke]:
    if visitor is None or visitor.visit is None or not visitor.asleep:
        return []
    return [VisitorWoke(at=now, visitor=visitor.id, visit=visitor.visit)]


def identify_visitor(desk: DeskState, command: IdentifyVisitor, now: datetime) -> Decision:
    """Who the site says the visitor is; the same twice changes nothing, nor the same unsigned where it was signed."""
    visitor = desk.visitors.get(command.visitor)
    if visitor is None or visitor.visit is None:
        return Refused(reason="not-here")
    identity = VisitorIdentity(user=command.user, name=command.name, email=command.email)
    if visitor.identity in ((identity, command.verified), (identity, True)):
        return []
    if command.verified and is_another(identity, now=visitor.identity, before=command.before.signed):
        return Refused(reason="another-user")
    if visitor.identity and visitor.identity[1] and not command.verified:
        return Refused(reason="forbidden", detail=UNSIGNED)
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


DECIDE: Rules = {
    ViewPage: view_page,
    LoseVisitor: lose_visitor,
    ReturnVisitor: return_visitor,
    SleepVisitor: sleep_visitor,
    WakeVisitor: wake_visitor,
    IdentifyVisitor: identify_visitor,
    TrackAction: track_action,
}
