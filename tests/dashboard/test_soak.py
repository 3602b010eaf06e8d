"""A closed dashboard tab frees everything it held."""

import asyncio
import gc
import json
import os
from pathlib import Path

import pytest
from bokeh.document import Document
from bokeh.model import Model
from bokeh.server.session import ServerSession

from dashboard.tab import Tab
from tests.dashboard.people import Guest
from tests.dashboard.running import Running
from tests.dashboard.test_document import connected, pull, reply, tell, token_of
from tests.parlour.whole import until

pytestmark = pytest.mark.slow

KINDS = (Tab, ServerSession, Document, Model)
WARM_UP = 5  # cycles until what is made once has been made
A_CYCLE_KB = 150  # of growth that is let pass


def alive() -> dict[str, int]:
    """How many of each kind there are."""
    gc.collect()
    things = gc.get_objects()
    return {kind.__name__: sum(isinstance(thing, kind) for thing in things) for kind in KINDS}


def resident_kb() -> int:
    """The process's memory, in KiB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


async def a_tab(running: Running, cookie: str, vera: Guest) -> None:
    """Open the dashboard as a browser does, with every part asking for its state, and close it."""
    _, page = await asyncio.to_thread(running.get, "/app/", Cookie=cookie)
    async with connected(running, cookie, token_of(page)) as socket:
        await reply(socket)
        await pull(socket)
        roots = json.loads(str((await reply(socket))[2]))["doc"]["roots"]
        for root in roots:
            if root["attributes"]["name"] not in ("main", "js_area"):
                await tell(socket, root["id"], {"t": "ready"})
        nav = next(root for root in roots if root["attributes"]["name"] == "nav")
        await tell(socket, nav["id"], {"t": "show", "section": "monitor"})
        people = next(root for root in roots if root["attributes"]["name"] == "people")
        await tell(socket, people["id"], {"t": "open", "visitor": vera.id})
        await tell(socket, people["id"], {"t": "follow", "conversation": vera.talk, "after": None})
        why = next(root for root in roots if root["attributes"]["name"] == "why")
        await tell(socket, why["id"], {"t": "story", "n": 1, "visitor": vera.id})
        await asyncio.to_thread(until, lambda: running.house.door.subscriptions >= 8, what="the tab watches")


async def cycles(running: Running, cookie: str, vera: Guest, number: int) -> None:
    """Open and close."""
    for _ in range(number):
        await a_tab(running, cookie, vera)


@pytest.mark.filterwarnings("ignore:reference already known")
@pytest.mark.parametrize("number", [pytest.param(number, marks=pytest.mark.long) for number in (4, 250)])
def test_tabs_opened_and_closed_leave_no_session_subscription_or_model(running: Running, number: int) -> None:
    door, vera = running.house.door, running.at(lambda house: house.asks("Vera"))
    cookie = running.sign_in()
    others = alive()["ServerSession"]  # of servers that other tests ended in mid-session
    asyncio.run(cycles(running, cookie, vera, WARM_UP))
    until(lambda: door.subscriptions == 0, 30.0, what="the first tabs are gone")
    until(lambda: alive()["ServerSession"] <= others, 30.0, what="the first sessions are gone")
    before, memory = alive(), resident_kb()
    asyncio.run(cycles(running, cookie, vera, number))
    until(lambda: door.subscriptions == 0, 30.0, what="nothing is watched")
    until(lambda: alive() == before, 30.0, what="everything of the tabs is gone")
    grown = (resident_kb() - memory) / number
    print(f"{number} tabs opened and closed: {alive()}, {grown:.0f} KiB more a tab")
    assert not door.tabs
    if number > 100:  # the allocator's own steps are larger than what few tabs would leave
        assert grown < A_CYCLE_KB
