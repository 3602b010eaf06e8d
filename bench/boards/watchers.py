"""The load process of dashboards: tabs on the Site Monitor that only look, and count what comes for their boards.

Each says that it sees all badges, as on a very large screen: a smaller one is sent less.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Any

from bench.staff import Hired
from bench.tab import Tab

PATIENCE = 30.0  # seconds until a board has all its badges
BOARD = "BadgeBoard"
ROW = "may"  # what a badge has, and not its place alone


class Watchers:
    """All tabs of the bench."""

    def __init__(self) -> None:
        self._tabs: list[Tab] = []
        self._badges: dict[int, set[str]] = {}
        self._updates: Counter[int] = Counter()
        self._news = asyncio.Event()

    async def open(self, base: str, people: Sequence[Hired], badges: int) -> list[float]:
        """Open a tab for each, one after the other; the milliseconds from asking for the page to all badges there."""
        times: list[float] = []
        for one in people:
            tab = Tab(base, partial(self._take, len(self._tabs)))
            self._tabs.append(tab)
            cookies = await tab.sign_in(one.login, one.password)
            began = time.monotonic()
            await tab.enter(cookies)
            async with asyncio.timeout(PATIENCE):
                while len(self._badges.get(len(self._tabs) - 1, ())) < badges:
                    self._news.clear()
                    await self._news.wait()
            times.append((time.monotonic() - began) * 1e3)
        return times

    async def updates(self) -> list[int]:
        """How many messages with changed badges each tab has got since it was asked last."""
        counts = [self._updates[number] for number in range(len(self._tabs))]
        self._updates.clear()
        return counts

    async def close(self) -> None:
        """Close all."""
        for tab in self._tabs:
            tab.close()

    def _take(self, number: int, component: str, message: dict[str, Any], _now: int) -> None:
        if component != BOARD or message.get("v") != "visitors":
            return
        body, there = message.get("body", {}), self._badges.setdefault(number, set())
        if "all" in body:
            there.clear()
        rows = [*body.get("all", ()), *body.get("set", ())]
        there |= {row["id"] for row in rows if ROW in row}
        there -= set(body.get("gone", ()))
        bare = [row["id"] for row in rows if ROW not in row]
        if bare:
            self._tabs[number].tell(BOARD, {"t": "see", "ids": [*there, *bare]})
        self._updates[number] += "all" not in body
        self._news.set()
