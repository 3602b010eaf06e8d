"""Top pages: the pages with the most visitors now, and how often each was viewed in the last hour.

The views are the rows of `engine.facts.page_views`, counted by the minute as the visits are: the running minute and
the fifty-nine before it.
"""

from datetime import datetime, timedelta
from heapq import nsmallest
from operator import eq

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import PageViewed, Tick, VisitEnded, VisitorId, VisitStarted
from engine.facts import catalogue, page_views
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.machinery.tables import Row

MINUTES = 60
MINUTE = timedelta(minutes=1)
SHOWN = 10
Counts = Map[str, int]  # by address
NONE: Counts = Map()


class TopPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page: how many visitors are on it `now`, and how often it was viewed in the last hour."""

    address: str
    title: str | None
    now: int
    views: int


class TopPages(Row, frozen=True, kw_only=True):
    """The ten pages with the most visitors now, then with the most views."""

    pages: tuple[TopPage, ...]


class State(msgspec.Struct, frozen=True):
    """Where everybody is, and what was viewed.

    Attributes:
        visits: the unfinished visits.
        on: the page of each visitor on the site; `now` how many are on each page.
        minutes: the views of each minute, oldest first, the last is the running one; `views` their sum.
        ends: when the running minute began.
        titles: the last title of each page that is counted.

    """

    visits: page_views.State
    on: Map[VisitorId, str]
    now: Counts
    minutes: tuple[Counts, ...]
    views: Counts
    ends: datetime | None
    titles: Map[str, str]


VERSION = 2
EMPTY = State(page_views.EMPTY, Map(), NONE, (NONE,) * MINUTES, NONE, None, Map())


def step(state: State, moment: Moment) -> State:
    """Take a moment."""
    state = _moved(state, moment.at)
    if not isinstance(moment, VisitStarted | PageViewed | VisitEnded):
        return state
    visits, rows = page_views.step(state.visits, moment)
    state = replace(state, visits=visits)
    for row in rows:
        state = _viewed(state, row)
    return _left(state, moment.visitor) if isinstance(moment, VisitEnded) else state


def _viewed(state: State, row: page_views.PageView) -> State:
    before, now = state.on.get(row.visitor), state.now
    if before != row.address:
        now = _added(now, row.address, 1) if before is None else _added(_added(now, row.address, 1), before, -1)
    after = replace(
        state,
        on=state.on.set(row.visitor, row.address),
        now=now,
        minutes=(*state.minutes[:-1], _added(state.minutes[-1], row.address, 1)),
        views=_added(state.views, row.address, 1),
        titles=state.titles.set(row.address, row.title) if row.title else state.titles,
    )
    return after if before is None else _titled(after, (before,))


def _left(state: State, visitor: VisitorId) -> State:
    address = state.on.get(visitor)
    if address is None:
        return state
    return _titled(replace(state, on=state.on.delete(visitor), now=_added(state.now, address, -1)), (address,))


def _moved(state: State, at: datetime) -> State:
    """Begin new minutes up to the one of `at`."""
    if state.ends is not None and at - state.ends < MINUTE:
        return state
    minute = at.replace(second=0, microsecond=0)
    passed = MINUTES if state.ends is None else min((minute - state.ends) // MINUTE, MINUTES)
    views, gone = state.views, state.minutes[:passed]
    for counts in gone:
        for address, count in counts.items():
            views = _added(views, address, -count)
    minutes = (*state.minutes[passed:], *(NONE,) * passed)
    after = replace(state, minutes=minutes, views=views, ends=minute)
    return _titled(after, {address for counts in gone for address in counts})


def _titled(state: State, addresses: tuple[str, ...] | set[str]) -> State:
    """Forget the titles of pages that are not counted any more."""
    titles = state.titles
    for address in addresses:
        if address in titles and address not in state.now and address not in state.views:
            titles = titles.delete(address)
    return state if titles is state.titles else replace(state, titles=titles)


def _added(counts: Counts, address: str, more: int) -> Counts:
    count = counts.get(address, 0) + more
    return counts.set(address, count) if count else counts.delete(address)


def view(state: State) -> TopPages:
    """The top pages as they are."""
    known = {*state.now, *state.views}
    order = nsmallest(SHOWN, ((-state.now.get(one, 0), -state.views.get(one, 0), one) for one in known))
    pages = (
        TopPage(address=address, title=state.titles.get(address), now=-now, views=-views)
        for now, views, address in order
    )
    return TopPages(pages=tuple(pages))


PIPELINE: Pipeline[State, TopPages] = Pipeline(
    name="top_pages",
    takes=catalogue.TAKES["page_views"] | {Tick},
    version=VERSION,
    empty=EMPTY,
    step=step,
    view=view,
    mark=lambda state: state,
    pace=1.0,
    same=eq,
)
