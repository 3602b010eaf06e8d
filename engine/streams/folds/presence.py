"""Who is on the site: the present visit of each visitor, page by page.

A visit that ended is kept for a while, so that whoever looks at it still sees it; the last one of a visitor who left a
message is kept until it is closed, because somebody still has to answer. It is a fold that other states hold.
"""

from datetime import datetime
from typing import Any

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import (
    ActionTracked,
    EngineStarted,
    MessageLeft,
    PageTurnedTo,
    PageViewed,
    SiteId,
    Tick,
    VisitEnded,
    VisitId,
    VisitorEvent,
    VisitorForgotten,
    VisitorId,
    VisitorLost,
    VisitorReturned,
    VisitorSlept,
    VisitorWoke,
    VisitStarted,
)
from engine.streams.folds.going import KEPT
from engine.streams.machinery.pipeline import Kinds, by_type
from engine.streams.machinery.window import Window

PAGES_KEPT = 200  # the last pages of a visit; `count` has them all
ACTIONS_KEPT = 50  # the last actions of a visit


class Page(msgspec.Struct, frozen=True):
    """A page view as it is shown."""

    address: str
    title: str | None
    at: datetime


class Action(msgspec.Struct, frozen=True):
    """Something the site's script told of the visitor; `parameters` by name, in their order."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    at: datetime


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """A visitor's present visit; `here` is false while there is no connection.

    Attributes:
        ordinal: 1 is the visitor's first visit ever.
        campaign: what brought them, by the first page's address: its source and its name.
        pages: the last ones, oldest first.
        count: how many pages there were in all.
        turned_to: the one they look at, where it is not the last they opened: another tab's.
        lost_at: since when there is none.
        ended: when the visit was over, None while it lasts.
        kept: the visitor left a message that is not closed.
        asleep: the visitor has done nothing for the sleep timeout.
        actions: the last ones, oldest first.

    """

    visitor: VisitorId
    visit: VisitId
    site: SiteId
    ordinal: int
    since: datetime
    here: bool = True
    lost_at: datetime | None = None
    ended: datetime | None = None
    referrer: str | None
    campaign: str | None = None
    device: str
    browser: str | None
    origin: str | None
    pages: tuple[Page, ...] = ()
    count: int = 0
    turned_to: Page | None = None
    kept: bool = False
    asleep: bool = False
    actions: tuple[Action, ...] = ()

    @property
    def page(self) -> Page | None:
        """The present page, None before the first."""
        return self.turned_to or (self.pages[-1] if self.pages else None)


class Presence(msgspec.Struct, frozen=True):
    """The visits, by visitor, and those that ended lately, in their order."""

    visits: Map[VisitorId, Visit]
    ended: Window[tuple[VisitorId, VisitId]]

    def present(self, visitor: VisitorId) -> Visit | None:
        """The visit of a visitor who is on the site."""
        visit = self.visits.get(visitor)
        return visit if visit and visit.ended is None else None


EMPTY = Presence(Map(), Window())


def _put(state: Presence, visit: Visit) -> Presence:
    return Presence(state.visits.set(visit.visitor, visit), state.ended)


def _started(state: Presence, event: VisitStarted) -> Presence:
    last = state.visits.get(event.visitor)
    visit = Visit(
        visitor=event.visitor,
        visit=event.visit,
        site=event.site,
        ordinal=event.ordinal,
        since=event.at,
        referrer=event.referrer,
        device=event.device,
        browser=event.browser,
        origin=event.personal.address if event.personal else None,
        kept=last is not None and last.kept,
    )
    return _put(state, visit)


def _page_viewed(state: Presence, event: PageViewed) -> Presence:
    visit = _visit_of(state, event)
    if visit is None:
        return state
    pages = (*visit.pages[1 - PAGES_KEPT :], Page(event.address, event.title, event.at))
    campaign = visit.campaign if visit.count else _named(dict(event.campaign))
    viewed = replace(
        visit, here=True, lost_at=None, campaign=campaign, pages=pages, count=visit.count + 1, turned_to=None
    )
    return _put(state, viewed)


def _named(campaign: dict[str, str]) -> str | None:
    return " / ".join(campaign[name] for name in ("utm_source", "utm_campaign") if name in campaign) or None


def _page_turned_to(state: Presence, event: PageTurnedTo) -> Presence:
    visit = _visit_of(state, event)
    if visit is None:
        return state
    last = visit.pages[-1] if visit.pages else None
    if last is None or last.address != event.address:
        return _put(state, replace(visit, turned_to=Page(event.address, event.title, event.at)))
    pages = (*visit.pages[:-1], Page(event.address, event.title, last.at))  # where only the title came late
    return _put(state, replace(visit, pages=pages, turned_to=None))


def _lost(state: Presence, event: VisitorLost) -> Presence:
    return _here(state, event, here=False)


def _returned(state: Presence, event: VisitorReturned) -> Presence:
    return _here(state, event, here=True)


def _here(state: Presence, event: VisitorEvent, *, here: bool) -> Presence:
    visit = _visit_of(state, event)
    if visit is None or visit.here is here:
        return state
    return _put(state, replace(visit, here=here, lost_at=None if here else event.at))


def _slept(state: Presence, event: VisitorSlept) -> Presence:
    return _asleep(state, event, asleep=True)


def _woke(state: Presence, event: VisitorWoke) -> Presence:
    return _asleep(state, event, asleep=False)


def _asleep(state: Presence, event: VisitorEvent, *, asleep: bool) -> Presence:
    visit = _visit_of(state, event)
    return _put(state, replace(visit, asleep=asleep)) if visit and visit.asleep is not asleep else state


def _acted(state: Presence, event: ActionTracked) -> Presence:
    visit = _visit_of(state, event)
    if visit is None:
        return state
    action = Action(event.name, event.parameters, event.at)
    return _put(state, replace(visit, actions=(*visit.actions[1 - ACTIONS_KEPT :], action)))


def _ended(state: Presence, event: VisitEnded) -> Presence:
    visit = _visit_of(state, event)
    if visit is None:
        return state
    state = _forgotten(_put(state, replace(visit, here=False, ended=event.at)), event)
    return Presence(state.visits, state.ended.add(event.at, (visit.visitor, visit.visit)))


def _visit_of(state: Presence, event: VisitorEvent) -> Visit | None:
    visit = state.visits.get(event.visitor)
    return visit if visit and visit.visit == event.visit and visit.ended is None else None


def _message_left(state: Presence, event: MessageLeft) -> Presence:
    state = _forgotten(state, event)  # who went long ago is not kept by it, whether a tick came between or not
    visit = state.visits.get(event.visitor)
    return _put(state, replace(visit, kept=True)) if visit and not visit.kept else state


def _all_lost(state: Presence, event: EngineStarted) -> Presence:
    lost = {
        visitor: replace(visit, here=False, lost_at=event.at) for visitor, visit in state.visits.items() if visit.here
    }
    return Presence(state.visits.update(lost), state.ended) if lost else state


def _visitor_forgotten(state: Presence, event: VisitorForgotten) -> Presence:
    visit = state.visits.get(event.visitor)
    return _put(state, replace(visit, origin=None)) if visit and visit.origin else state


def _forgotten(state: Presence, moment: Tick | VisitEnded | MessageLeft) -> Presence:
    # With each end too: a history is folded without its ticks, and must not pile up all visits there ever were.
    ended, dropped = state.ended.dropped(moment.at - KEPT)
    visits = state.visits
    for visitor, visit in dropped:
        known = visits.get(visitor)
        if known and known.visit == visit and not known.kept:
            visits = visits.delete(visitor)
    return state if ended is state.ended else Presence(visits, ended)


def released(state: Presence, visitor: VisitorId, at: datetime) -> Presence:
    """Return it after all messages of a visitor are closed: their visit is kept no longer than anybody's."""
    visit = state.visits.get(visitor)
    if visit is None or not visit.kept:
        return state
    if visit.ended is not None and visit.ended <= at - KEPT:
        return Presence(state.visits.delete(visitor), state.ended)
    return _put(state, replace(visit, kept=False))


_CHANGES: dict[type[Any], Any] = {
    VisitStarted: _started,
    PageViewed: _page_viewed,
    PageTurnedTo: _page_turned_to,
    VisitorLost: _lost,
    VisitorReturned: _returned,
    VisitorSlept: _slept,
    VisitorWoke: _woke,
    ActionTracked: _acted,
    VisitEnded: _ended,
    VisitorForgotten: _visitor_forgotten,
    MessageLeft: _message_left,
    EngineStarted: _all_lost,
    Tick: _forgotten,
}
TAKES: Kinds = frozenset(_CHANGES)
step = by_type(_CHANGES)
