"""Page views come behind messages: of many at once only some are on their way into the journal."""

import asyncio
from typing import Any, cast

from engine.commands import Command, Done, Outcome, ViewPage
from engine.events import PageViewId, SiteId, VisitId, VisitorId
from engine.ids import draw_id
from engine.limits.table import PAGES_AT_ONCE
from widget.visitors import Visitors

VERA, MOST = VisitorId("vera"), PAGES_AT_ONCE.most


class SlowCore:
    """Keeps nothing until it is let; knows what is asked of it."""

    def __init__(self) -> None:
        self.asked: list[Command] = []
        self.kept = asyncio.Event()

    async def send(self, command: Command, *, sender: str, client_id: str | None = None) -> Outcome:
        """Wait until it is let."""
        self.asked.append(command)
        await self.kept.wait()
        return Done()


class Accounts:
    """One key for all."""

    def key(self, _purpose: str) -> bytes:
        """The key."""
        return b"k" * 32


def view(number: int) -> ViewPage:
    return ViewPage(
        visitor=VERA,
        visit=VisitId(draw_id()),
        page_view=PageViewId(draw_id()),
        site=SiteId("tea"),
        address=address(number),
    )


def address(number: int) -> str:
    return f"https://tea.example/{number}"


def test_of_many_page_views_at_once_some_wait_for_the_others_and_all_are_kept_in_their_order() -> None:
    async def run() -> None:
        core = SlowCore()
        visitors = Visitors(cast("Any", core), cast("Any", None), cast("Any", Accounts()), epoch="e")
        many = [asyncio.create_task(visitors.view(view(number), VERA)) for number in range(3 * MOST)]
        await asyncio.sleep(0)
        assert len(core.asked) == MOST
        core.kept.set()
        assert await asyncio.gather(*many) == [Done()] * len(many)
        assert [cast("ViewPage", one).address for one in core.asked] == [address(number) for number in range(len(many))]

    asyncio.run(run())
