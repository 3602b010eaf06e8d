"""What caller or engine fills, brought in an otherwise good frame by a browser's tab: refused, and not kept."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bench.tab import Tab
from dashboard.app import serve
from engine.commands import SwitchLiveHelp
from engine.door.remote import RemoteDoor
from parlour.reach import connected
from tests.engine.commands.filled import filled_at, frame_of, good_at, with_field
from tests.parlour.whole import free_port
from tests.running import DASHBOARD_KEY, PASSWORD, Running, eventually, running

pytestmark = pytest.mark.slow

BUTTONS = ("LiveHelpSwitch", "Rings", "SummaryBar")  # what has acts beside the profile and stands there at once


class Browser:
    """Ann's tab, and what its components were told."""

    def __init__(self, base: str) -> None:
        self.said: list[dict[str, Any]] = []
        self._errors = 0
        self.tab = Tab(base, self._take)

    def _take(self, _component: str, message: dict[str, Any], _when: int) -> None:
        if message.get("t") == "error":
            self.said.append(message)

    async def is_refused(self, component: str, frame: dict[str, Any]) -> None:
        """The frame is answered by `bad-frame`."""
        self.tab.tell(component, frame)
        self._errors += 1
        await eventually(lambda: len(self.said) == self._errors)
        assert self.said[-1] == {"t": "error", "reason": "bad-frame"}


@asynccontextmanager
async def dashboard(house: Running) -> AsyncIterator[Browser]:
    """The dashboard's process beside the house, and a tab in it that is drawn."""
    port, ready, stop = free_port(), asyncio.Event(), asyncio.Event()
    async with RemoteDoor(house.door_url, DASHBOARD_KEY) as door:
        await connected(door, 10)
        serving = asyncio.create_task(
            serve(
                door, hosts=["127.0.0.1"], port=port, origins=[f"127.0.0.1:{port}"], cookie_secret=b"k" * 32,
                stop=stop, ready=ready.set,
            )
        )  # fmt: skip
        await ready.wait()
        browser = Browser(f"http://127.0.0.1:{port}")
        try:
            await browser.tab.open("ann", PASSWORD)
            await eventually(lambda: any(one.present for one in house.desk.operators.values()))
            yield browser
        finally:
            browser.tab.close()
            stop.set()
            await serving


async def _at_the_tab(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        await house.person("ann")
        async with dashboard(house) as browser:
            position, cases = house.house.core.position, filled_at("dashboard")
            assert len(cases) > 10
            for frame, field in cases:
                await browser.is_refused("Profile", with_field(frame, field))
            for component in BUTTONS:
                await browser.is_refused(component, with_field(frame_of(SwitchLiveHelp, "dashboard"), "operator"))
            assert house.house.core.position == position
            for frame in good_at("dashboard"):
                if "client_id" in frame:
                    assert (await browser.tab.ask("Profile", frame)).get("reason") != "bad-frame"
            assert house.house.core.position > position
            (ann,) = house.desk.operators.values()
            assert ann.live_help
            assert len(browser.said) == len(cases) + len(BUTTONS)


def test_no_frame_of_a_tab_brings_what_others_fill(tmp_path: Path) -> None:
    asyncio.run(_at_the_tab(tmp_path))
