"""What is given up as the disk gets full, from outside: a real server on a real small disk."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from engine.door.remote import RemoteDoor
from engine.events import PageViewed, VisitStarted
from engine.ids import draw_id
from engine.views import HouseCondition
from parlour.doctor.examine import examine
from parlour.keys import door_key
from parlour.options import Options, read
from parlour.reach import connected, counted
from tests.engine.door.doors import Seen
from tests.parlour.small_disk import MEGABYTE, SmallDisk, on_small_disk
from tests.parlour.test_full_disk import PATIENCE, Chat, events, furnish
from tests.parlour.whole import Parent, free_port, started
from tests.running import SHOP_KEY, SHOP_ORIGIN, Socket, eventually, session_of

pytestmark = pytest.mark.slow

PAGE = {"t": "page", "address": f"{SHOP_ORIGIN}/tents", "title": "Tents"}
LEFT = {"t": "leave", "name": "Vera", "email": "vera@example.org", "subject": "A tent", "text": "Is it green?"}


class House:
    """A server on a small disk, and what an operator is told of its condition."""

    def __init__(self, disk: SmallDisk, parent: Parent, port: int) -> None:
        self._disk, self._port, self.folder = disk, port, parent.data_dir

    @asynccontextmanager
    async def watched(self) -> AsyncIterator["House"]:
        """The house, while an operator looks."""
        async with RemoteDoor(f"ws://127.0.0.1:{self._port}/door", door_key(self.folder)) as door:
            await connected(door, 10)
            self.told = Seen(door.watch(HouseCondition(), session=await session_of(door, "ann")))
            yield self

    async def has_left(self, megabytes: int, *given_up: str) -> None:
        """The disk has so much left, and the house gives up these things; that is what the doctor says too."""
        self._disk.empty()
        if megabytes:
            self._disk.fill(leave=megabytes * MEGABYTE)
        await eventually(lambda: self.told.bodies and self.told.bodies[-1]["value"]["shed"] == list(given_up))
        problems = await asyncio.to_thread(lambda: examine(read(Options, {"data_dir": str(self.folder)}, {})).problems)
        assert len([one for one in problems if one.startswith("The disk has ")]) == bool(given_up)

    def chat(self) -> Socket:
        return Socket(f"ws://127.0.0.1:{self._port}/ws/chat", f"http://127.0.0.1:{self._port}")

    async def views_a_page(self) -> tuple[dict[str, Any], int]:
        """What a visitor's page is told, and how many visits and page views are kept of it."""
        before = self._views()
        async with Socket(f"ws://127.0.0.1:{self._port}/ws/page", SHOP_ORIGIN) as page:
            await page.send({"t": "hello", "site": SHOP_KEY, "page": PAGE})
            return await page.until("welcome"), self._views() - before

    def _views(self) -> int:
        return sum(isinstance(event, PageViewed | VisitStarted) for event in events(self.folder))

    async def is_asked(self, **frame: Any) -> dict[str, Any]:
        """What a new visitor is answered."""
        async with self.chat() as chat:
            await chat.send({"t": "hello", "site": SHOP_KEY})
            await chat.until("welcome")
            await chat.send({"client_id": draw_id(), **frame})
            while (said := await chat.next())["t"] not in {"ack", "error"}:
                pass
            return said


def said(frame: dict[str, Any]) -> tuple[str, str | None]:
    return (frame["t"], frame.get("detail")) if frame["t"] == "ack" else (frame["reason"], frame.get("detail"))


async def _room_gets_little(disk: SmallDisk, parent: Parent, port: int) -> None:
    taken = ("ack", None)
    chat, house = Chat(port, parent.data_dir), House(disk, parent, port)
    async with chat.going_on(), house.watched():
        await house.has_left(0)
        assert (await house.views_a_page())[1] == 2
        await house.has_left(96, "page-views")
        welcome, kept = await house.views_a_page()
        assert (welcome["service"], kept) == ("live", 0)
        assert said(await house.is_asked(**LEFT)) == said(await house.is_asked(t="ask")) == taken
        await house.has_left(48, "page-views", "left-messages")
        assert said(await house.is_asked(**LEFT)) == ("no-room", "left-messages")
        assert said(await house.is_asked(t="ask")) == taken
        await house.has_left(24, "page-views", "left-messages", "new-chats")
        assert said(await house.is_asked(t="ask")) == ("no-room", "new-chats")
        assert (await house.views_a_page())[1] == 0
        await chat.goes_on()
        await house.has_left(0)
        assert (await house.views_a_page())[1] == 2
        assert said(await house.is_asked(**LEFT)) == said(await house.is_asked(t="ask")) == taken
    assert not chat.refused
    told = await asyncio.to_thread(counted, Options(data_dir=parent.data_dir, port=port))
    assert told is not None
    assert told.shed == {"page-views": 2, "left-messages": 1, "new-chats": 1}


@on_small_disk(256)
def test_page_views_are_given_up_first_then_left_messages_then_new_chats(disk: SmallDisk) -> None:
    folder, port = disk.folder / "data", free_port()
    furnish(folder, least_room=128)
    with started(folder, "serve", port, starting=PATIENCE) as parent:
        before = parent.children
        asyncio.run(_room_gets_little(disk, parent, port))
        assert parent.children == before
        log = (Path(folder) / "logs" / "main.log").read_text()
        assert "given up until there is more: page-views, left-messages\n" in log
        assert "given up until there is more: nothing\n" in log
        assert parent.end() == 0
