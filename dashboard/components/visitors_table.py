"""The table of the Visitors List: the browser says which page it wants, the history answers with its rows."""

import asyncio
from datetime import datetime
from functools import partial
from typing import Annotated, Any

import msgspec

from dashboard.components.in_sight import InSight
from dashboard.components.live import Ask, Ready
from dashboard.components.telling import Tell, Unavailable, unavailable
from dashboard.tab import Tab
from engine.analytics.screens.screen import Told
from engine.analytics.screens.visitors import FARTHEST, PAGE, Column, Found, VisitorsPage
from engine.views import Visitors


class Page(Ask, frozen=True, kw_only=True, tag="page"):
    """Show this page; `seq` comes back with it, so that the browser drops what it no longer wants."""

    seq: Annotated[int, msgspec.Meta(ge=0, le=2**53)]
    sort: Column
    desc: bool
    text: Annotated[str, msgspec.Meta(max_length=200)]
    offset: Annotated[int, msgspec.Meta(ge=0, le=FARTHEST)]


class Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """A row: somebody who ever came."""

    visitor: str
    name: str | None
    email: str | None
    seen: datetime
    visits: int
    first: datetime
    device: str | None
    browser: str | None
    address: str | None


class Rows(Tell, frozen=True, kw_only=True, tag="rows"):
    """The page that was asked for as `seq`, from `offset` on, of `total`; `stale`: it may be behind what happened."""

    seq: int
    rows: list[Visitor]
    offset: int
    total: int
    size: int
    stale: bool


class VisitorsTable(InSight):
    """Everyone who ever came, a page at a time; who is on the site now, live."""

    views = (Visitors(),)
    short = 0  # it marks who is on the site, whatever else is known of them
    asks = Ready | Page
    tells = InSight.tells | Rows | Unavailable

    def __init__(self, tab: Tab, **params: Any) -> None:
        super().__init__(tab, **params)
        self._asking: asyncio.Task[None] | None = None

    def handle(self, ask: Ask) -> None:
        """Look the page up; what was asked before it is no longer wanted."""
        if not isinstance(ask, Page):
            return
        if self._asking:
            self._asking.cancel()
        offset = ask.offset // PAGE * PAGE
        wanted = VisitorsPage(sort=ask.sort, desc=ask.desc, text=ask.text, offset=offset)
        self._asking = self._tab.look_up(
            "visitors",
            partial(self._tab.history.ask, wanted),
            answered=partial(self._show, ask.seq),
            failed=lambda error: self.send(unavailable(ask.seq, error)),
        )

    def _show(self, seq: int, told: Told[Found]) -> None:
        found = told.answer
        rows = msgspec.convert(found.rows, list[Visitor])
        self.send(Rows(seq=seq, rows=rows, offset=found.offset, total=found.total, size=PAGE, stale=told.stale))
