"""The table of the Visitors List: the browser says which page it wants, the history answers with its rows."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import msgspec

from dashboard.components.live import Ask, Live, Ready
from dashboard.components.telling import Tell, Unavailable
from dashboard.history.listing import FARTHEST, PAGE, Column, Found, Wanted
from dashboard.history.question import History
from dashboard.tab import Tab
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


PageOf = Callable[[History, Wanted], Awaitable[Found]]


class VisitorsTable(Live):
    """Everyone who ever came, a page at a time; who is on the site now, live."""

    _bundle = Path(__file__).parent / "visitors_table.js"
    views = (Visitors(),)
    asks = Ready | Page
    tells = Live.tells | Rows | Unavailable

    def __init__(self, tab: Tab, *, page_of: PageOf, **params: Any) -> None:
        super().__init__(tab, **params)
        self._page_of = page_of
        self._asking: asyncio.Task[None] | None = None

    def handle(self, ask: Ask) -> None:
        """Look the page up; what was asked before it is no longer wanted."""
        if not isinstance(ask, Page):
            return
        if self._asking:
            self._asking.cancel()
        offset = ask.offset // PAGE * PAGE
        wanted = Wanted(sort=ask.sort, desc=ask.desc, text=ask.text, offset=offset)
        self._asking = self._tab.look_up(
            "visitors",
            partial(self._page, wanted),
            answered=lambda answer: self._show(ask.seq, *answer),
            failed=lambda error: self.send(Unavailable(seq=ask.seq, why=type(error).__name__)),
        )

    async def _page(self, wanted: Wanted) -> tuple[Found, bool]:
        return await self._page_of(self._tab.history, wanted), await self._tab.history.stale()

    def _show(self, seq: int, found: Found, stale: bool) -> None:
        rows = msgspec.convert(found.rows, list[Visitor])
        self.send(Rows(seq=seq, rows=rows, offset=found.offset, total=found.total, size=PAGE, stale=stale))
