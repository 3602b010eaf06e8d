"""The fact "a page view": one row each, at once, with its site and its place in the visit."""

from datetime import datetime

import msgspec
from immutables import Map

from engine.events import Event, PageViewed, PageViewId, SiteId, VisitEnded, VisitId, VisitorId, VisitStarted
from engine.text import CLICK_IDS, UTM


class PageView(msgspec.Struct, frozen=True, kw_only=True):
    """A page view.

    Attributes:
        site: None where the visit's start is unknown.
        number: counts the pages of its visit from 1.
        utm_source: like the next ones what the address said of the campaign that led here.
        click_id: by what an advertiser knows the click again; `click_id_name` is the parameter's, "gclid" for example.

    """

    page_view: PageViewId
    visit: VisitId
    visitor: VisitorId
    site: SiteId | None
    ts: datetime
    number: int
    address: str
    title: str | None
    utm_source: str | None = None
    utm_medium: str | None = None
    utm_campaign: str | None = None
    utm_term: str | None = None
    utm_content: str | None = None
    click_id: str | None = None
    click_id_name: str | None = None


class Path(msgspec.Struct, frozen=True):
    """How many pages an unfinished visit has."""

    site: SiteId | None
    pages: int


class State(msgspec.Struct, frozen=True):
    """The unfinished visits."""

    open: Map[VisitId, Path]


VERSION = 3
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
        **_campaign(dict(event.campaign)),
    )


def _campaign(told: dict[str, str]) -> dict[str, str]:
    if not told:
        return told
    click = next((name for name in CLICK_IDS if name in told), None)
    known = {name: told[name] for name in UTM if name in told}
    return known if click is None else known | {"click_id": told[click], "click_id_name": click}
