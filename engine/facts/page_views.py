"""The fact "a page view": one row each, at once, with its site and its place in the visit."""

from datetime import datetime

import msgspec
from immutables import Map

from engine.events import Event, PageViewed, PageViewId, SiteId, VisitEnded, VisitId, VisitorId, VisitStarted


class PageView(msgspec.Struct, frozen=True, kw_only=True):
    """A page view; `number` counts the pages of its visit from 1. `site` is None where the visit's start is unknown."""

    page_view: PageViewId
    visit: VisitId
    visitor: VisitorId
    site: SiteId | None
    ts: datetime
    number: int
    address: str
    title: str | None


class Path(msgspec.Struct, frozen=True):
    """How many pages an unfinished visit has."""

    site: SiteId | None
    pages: int


class State(msgspec.Struct, frozen=True):
    """The unfinished visits."""

    open: Map[VisitId, Path]


VERSION = 2
EMPTY = State(Map())
NOTHING: tuple[PageView, ...] = ()


def step(state: State, event: Event) -> tuple[State, tuple[PageView, ...]]:
    """Take an event; a row comes with each page view."""
    match event:
        case VisitStarted():
            return State(state.open.set(event.visit, Path(event.site, 0))), NOTHING
        case PageViewed():
            before = state.open.get(event.visit, Path(None, 0))
            path = Path(before.site, before.pages + 1)
            return State(state.open.set(event.visit, path)), (_row(event, path),)
        case VisitEnded() if event.visit in state.open:
            return State(state.open.delete(event.visit)), NOTHING
    return state, NOTHING


def _row(event: PageViewed, path: Path) -> PageView:
    return PageView(
        page_view=event.page_view,
        visit=event.visit,
        visitor=event.visitor,
        site=path.site,
        ts=event.at,
        number=path.pages,
        address=event.address,
        title=event.title,
    )
