"""A disk that is full in the midst of a chat, from outside: a real server on a real small disk."""

import asyncio
import io
import os
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.commands import AcceptRequest, Refused, SwitchLiveHelp, WriteMessage
from engine.door.remote import RemoteDoor
from engine.events import ConversationId, Event, MessageWritten
from engine.ids import draw_id
from engine.journal.reader import JournalReader
from engine.views import Rings
from parlour.cli import main
from parlour.keys import door_key
from parlour.reach import connected
from tests.engine.door.doors import Seen
from tests.parlour.small_disk import SmallDisk, on_small_disk
from tests.parlour.whole import Parent, fetch, free_port, started, until
from tests.running import PASSWORD, SHOP_KEY, SHOP_ORIGIN, Socket, eventually, session_of

pytestmark = pytest.mark.slow

ROUNDS = 3
PATIENCE = 90.0  # seconds for a start beside other tests
FULL_FOR = 4.0  # seconds
AGAIN = 0.05  # seconds until an operator sends again what was refused as busy
PACE = 0.55  # seconds between two frames of a visitor: at most twenty in ten are taken


def furnish(folder: Path, *, least_room: int = 16) -> None:
    """A shop, an operator; and a least room that a small disk has."""
    folder.mkdir(mode=0o700)
    (folder / "parlour.toml").write_text(f"least_room = {least_room}\n")
    main(["site", "add", "Shop", "--origin", SHOP_ORIGIN, "--key", SHOP_KEY, "--data-dir", str(folder)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
        main(["user", "add", "ann", "--name", "Ann", "--password-stdin", "--data-dir", str(folder)])


class Chat:
    """A visitor and an operator who write to each other, and send again what was refused as busy."""

    def __init__(self, port: int, folder: Path) -> None:
        self._port, self._folder = port, folder
        self.conversation = ConversationId("")
        self.acked: list[str] = []
        self.refused: Counter[str] = Counter()
        self._work: list[asyncio.Task[None]] = []

    @asynccontextmanager
    async def going_on(self) -> AsyncIterator["Chat"]:
        """The chat from its beginning, both writing."""
        door = RemoteDoor(f"ws://127.0.0.1:{self._port}/door", door_key(self._folder))
        window = Socket(f"ws://127.0.0.1:{self._port}/ws/chat", f"http://127.0.0.1:{self._port}")
        async with door, window:
            await connected(door, 10)
            session = await session_of(door, "ann")
            door.open_tab(session=session, tab=draw_id())
            await self._act(door, session, SwitchLiveHelp(on=True), draw_id())
            rings = Seen(door.watch(Rings(), session=session))
            await window.send({"t": "hello", "site": SHOP_KEY})
            await window.until("welcome")
            await window.send({"t": "ask", "client_id": draw_id()})
            self.conversation = ConversationId((await window.until("ack"))["conversation"])
            await eventually(lambda: self.conversation in rings.rows)
            await self._act(door, session, AcceptRequest(conversation=self.conversation), draw_id())
            self._work = [
                asyncio.create_task(self._visitor_writes(window)),
                asyncio.create_task(self._operator_writes(door, session)),
            ]
            try:
                yield self
            finally:
                for work in self._work:
                    work.cancel()

    async def goes_on(self, *, more: int = 4) -> None:
        """Both get more acks than there are."""
        now = Counter(text.split()[0] for text in self.acked)
        await eventually(lambda: self._since(now) >= more, within=20)

    def _since(self, then: Counter[str]) -> int:
        now = Counter(text.split()[0] for text in self.acked)
        for work in self._work:
            if work.done():
                work.result()
        return min(now[who] - then[who] for who in ("visitor", "operator"))

    async def _visitor_writes(self, window: Socket) -> None:
        number = 0
        while True:
            number += 1
            frame = {"t": "say", "client_id": draw_id(), "text": f"visitor {number} {'x' * 500}"}
            while (said := await self._ask(window, frame))["t"] == "error":
                self._note(said)
                await asyncio.sleep(PACE)
            self.acked.append(str(frame["text"]))
            await asyncio.sleep(PACE)

    async def _ask(self, window: Socket, frame: dict[str, Any]) -> dict[str, Any]:
        await window.send(frame)
        while True:
            said = await window.next()
            if said["t"] in {"ack", "error"} and said.get("client_id") == frame["client_id"]:
                return said

    async def _operator_writes(self, door: RemoteDoor, session: str) -> None:
        number = 0
        while True:
            number += 1
            say = WriteMessage(conversation=self.conversation, text=f"operator {number} {'y' * 500}")
            await self._act(door, session, say, draw_id())
            self.acked.append(say.text)
            await asyncio.sleep(0.01)

    async def _act(self, door: RemoteDoor, session: str, act: msgspec.Struct, client_id: str) -> None:
        while isinstance(said := await door.act(act, session=session, client_id=client_id), Refused):
            self._note(msgspec.to_builtins(said))
            await asyncio.sleep(AGAIN)

    def _note(self, said: dict[str, Any]) -> None:
        assert said["reason"] == "busy", said
        self.refused[str(said.get("detail"))] += 1


def events(folder: Path) -> list[Event]:
    """What is kept."""
    reader = JournalReader(folder / "journal.db")
    try:
        return [record.event for record in reader.read(0, 1_000_000)]
    finally:
        reader.close()


def written(folder: Path) -> list[str]:
    """The texts that are kept."""
    return [event.personal.text for event in events(folder) if isinstance(event, MessageWritten) and event.personal]


async def _chat_over_full_disks(disk: SmallDisk, parent: Parent, port: int) -> Chat:
    chat = Chat(port, parent.data_dir)
    async with chat.going_on():
        await chat.goes_on()
        for _ in range(ROUNDS):
            before = sum(chat.refused.values())
            disk.fill()
            await eventually(lambda before=before: sum(chat.refused.values()) > before + 20, within=30)  # type: ignore[misc]
            disk.empty()
            await chat.goes_on()
    return chat


@on_small_disk(96)
def test_a_chat_goes_on_over_full_disks_without_a_restart_and_keeps_all_that_was_acked(disk: SmallDisk) -> None:
    folder, port = disk.folder / "data", free_port()
    furnish(folder)
    with started(folder, "serve", port, starting=PATIENCE) as parent:
        before = parent.children
        chat = asyncio.run(_chat_over_full_disks(disk, parent, port))
        assert parent.children == before
        os.kill(before["main"], signal.SIGKILL)  # nothing that was acked may stand in its memory alone
        until(lambda: parent.children.get("main", before["main"]) != before["main"])
        kept = Counter(written(folder))
        assert [text for text in chat.acked if kept[text] != 1] == []
        assert set(chat.refused) == {"no-room"}
        for name in before:
            assert "Traceback" not in log(folder, name)
        assert parent.end() == 0


def log(folder: Path, name: str) -> str:
    return (folder / "logs" / f"{name}.log").read_text()


def answers(port: int, path: str = "/health") -> bool:
    try:
        return '"ready": true' in fetch(f"http://127.0.0.1:{port}{path}").replace('":true', '": true')
    except OSError:
        return False


@on_small_disk(96)
def test_killed_on_a_full_disk_it_waits_for_room_and_does_not_end_again_and_again(disk: SmallDisk) -> None:
    folder, port = disk.folder / "data", free_port()
    furnish(folder)
    with started(folder, "serve", port, starting=PATIENCE) as parent:
        asyncio.run(_talk_until_full(disk, parent, port))
        before = parent.children
        for name in ("main", "analytics"):
            os.kill(before[name], signal.SIGKILL)
        until(lambda: all(parent.children.get(name, pid) != pid for name, pid in before.items() if name != "dashboard"))
        again, disk_full = parent.children, time.monotonic()
        until(lambda: time.monotonic() > disk_full + FULL_FOR or parent.children != again, 2 * FULL_FOR)
        assert disk.free == 0  # no log can say what they wait for
        disk.empty()
        until(lambda: answers(port), 20, what="main's answer")
        until(lambda: answers(port + 2), 20, what="analytics' answer")
        assert parent.children == again
        for name in ("main", "analytics", "dashboard"):
            assert "Traceback" not in log(folder, name)
            assert len(log(folder, name)) < 10_000
        assert not (folder / "analytics.duckdb.broken").exists()
        assert parent.end() == 0


async def _talk_until_full(disk: SmallDisk, parent: Parent, port: int) -> None:
    chat = Chat(port, parent.data_dir)
    async with chat.going_on():
        await chat.goes_on(more=1)
        disk.fill()
        await eventually(lambda: chat.refused["no-room"] > 10, within=30)
