"""Forgetting in a real server that is killed in the midst of it: nothing personal stays, and no event is lost."""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from tornado.httpclient import HTTPError

from engine.commands import Refused
from engine.door.interface import DoorError
from engine.door.remote import RemoteDoor
from engine.door.requests import AddPerson, AskHouse
from engine.events import ConversationId, DepartmentId, Event, MessageLeft, Record, VisitorForgotten, VisitorId
from engine.ids import draw_id
from engine.journal.reader import JournalReader
from engine.views import LeftMessages
from parlour.administer import Declined
from parlour.cli import main
from parlour.command_line.forget import KEPT, forget_visitor
from parlour.data_dir import Holder, claim, holder
from parlour.keys import analyst_key, door_key
from parlour.options import Options
from parlour.reach import connected
from parlour.serve import children
from tests.engine.analytics.analyst import Analyst
from tests.engine.door.doors import Seen
from tests.parlour.test_forget import found
from tests.parlour.whole import free_port
from tests.running import PASSWORD, SHOP_KEY, SHOP_ORIGIN, Socket, eventually, session_of

pytestmark = pytest.mark.slow

TEXTS = "SELECT name, email, subject, text FROM left_message_texts"
NAMES = ("main", "analytics")
WITHIN = 40.0  # seconds until what was killed is back


class Server:
    """A server without its dashboard, with a shop."""

    def __init__(self, options: Options) -> None:
        self.folder, self.port = options.data_dir, options.port

    @property
    def main(self) -> int:
        """The process id of main."""
        had = holder(self.folder)
        assert isinstance(had, Holder)
        return had.processes["main"]

    def door(self) -> RemoteDoor:
        """The command line's way in."""
        return RemoteDoor(f"ws://127.0.0.1:{self.port}/door", door_key(self.folder))

    async def leaves(self, name: str) -> tuple[ConversationId, VisitorId, tuple[str, ...]]:
        """A visitor leaves a message in a chat window: which it is, who they are, and what is personal of them."""
        words = (f"{name}-name", f"{name}@mail.example", f"{name}-subject", f"{name}-text")
        left = dict(zip(("name", "email", "subject", "text"), words, strict=True))
        async with Socket(f"ws://127.0.0.1:{self.port}/ws/chat", f"http://127.0.0.1:{self.port}") as chat:
            await chat.send({"t": "hello", "site": SHOP_KEY})
            await chat.until("welcome")
            await chat.send({"t": "leave", "client_id": draw_id(), **left})
            conversation = ConversationId((await chat.until("ack"))["conversation"])
        (visitor,) = [
            one.visitor for one in self.events() if isinstance(one, MessageLeft) and one.conversation == conversation
        ]
        assert {word for _, word in found(self.folder, *words)} == set(words)
        return conversation, visitor, words

    def records(self) -> list[Record]:
        """What is kept."""
        reader = JournalReader(self.folder / "journal.db")
        try:
            return reader.read(0, 10_000)
        finally:
            reader.close()

    def events(self) -> list[Event]:
        """What is kept, as events."""
        return [one.event for one in self.records()]

    def has_forgotten(self, visitor: VisitorId) -> bool:
        """Whether the event that says so is kept."""
        return any(isinstance(one, VisitorForgotten) and one.visitor == visitor for one in self.events())

    async def is_killed_forgetting(self, visitor: VisitorId, moment: float | None) -> None:
        """Main is killed so many seconds after it was asked to forget, or as soon as the event is kept."""
        pid = self.main
        async with self.door() as door:
            await connected(door, WITHIN)
            forgetting = asyncio.create_task(forget_visitor(door, visitor))
            if moment is None:
                await eventually(lambda: self.has_forgotten(visitor))
            else:
                await asyncio.sleep(moment)
            os.kill(pid, signal.SIGKILL)
            with suppress(DoorError, Declined):
                await forgetting
        await eventually(lambda: self.main_answers_anew(pid), within=WITHIN)
        async with self.door() as door:
            await connected(door, WITHIN)

    def main_answers_anew(self, pid: int) -> bool:
        """Whether there is another main than this one."""
        had = holder(self.folder)
        return isinstance(had, Holder) and had.processes.get("main", pid) != pid

    async def has_tables(self, *rows: tuple[str, ...]) -> None:
        """An analyst is told of these left messages, and no other, once the tables are up with the journal."""
        analyst = Analyst(f"http://127.0.0.1:{self.port + 2}", key=analyst_key(self.folder))
        async with asyncio.timeout(WITHIN):
            while await _told(analyst) != sorted(rows):
                await asyncio.sleep(0.05)

    async def listed(self) -> str:
        """The left messages that an operator is shown."""
        async with self.door() as door:
            await connected(door, WITHIN)
            served = tuple(DepartmentId(one.id) for one in (await door.ask(AskHouse())).departments)
            add = AddPerson(login="ann", password=PASSWORD, name="Ann", role="administrator", departments=served)
            assert not isinstance(await door.ask(add), Refused)
            seen = Seen(door.watch(LeftMessages(), session=await session_of(door, "ann")))
            await eventually(lambda: seen.got)
            seen.leave()
            return str(seen.rows)

    async def has_nowhere(self, words: tuple[str, ...]) -> None:
        """No file has any of the words, once analytics has made its tables anew."""
        await eventually(lambda: not found(self.folder, *words), within=WITHIN)

    async def says(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
        """What the command says, and its exit code."""
        return await asyncio.to_thread(said, capsys, self.folder, *arguments)


async def _told(analyst: Analyst) -> list[tuple[str, ...]]:
    try:
        told = await analyst.asks(TEXTS)
    except (OSError, HTTPError):  # it is not there
        return []
    return sorted(tuple(row.values()) for row in told.rows) if told.status == 200 else []


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Server]:
    """Main and analytics, as `parlour serve` keeps them."""
    options = Options(data_dir=folder, port=free_port())
    with claim(folder) as mine:
        async with children(options, mine, NAMES) as supervisor:
            await supervisor.ready(*NAMES)
            yield Server(options)


def furnish(folder: Path) -> None:
    """A shop."""
    main(["site", "add", "Shop", "--origin", SHOP_ORIGIN, "--key", SHOP_KEY, "--data-dir", str(folder)])


def said(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> tuple[int, str]:
    """What the command says, and its exit code."""
    capsys.readouterr()
    try:
        main(["forget", *arguments, "--data-dir", str(folder)])
    except SystemExit as end:
        return int(str(end.code)), capsys.readouterr().err
    return 0, capsys.readouterr().out


async def _killed_while_it_forgets(folder: Path, kills: int) -> None:
    dice = random.Random(13)
    async with serving(folder) as server:
        _, _, kept = await server.leaves("marmalade")
        for number in range(kills):
            _, visitor, words = await server.leaves(f"zeppelin{number}")
            before = server.records()
            await server.is_killed_forgetting(visitor, None if number % 2 == 0 else dice.random() * 0.02)
            if not server.has_forgotten(visitor):  # killed before: then all of it is there, and it is asked for again
                assert {word for _, word in found(folder, *words)} == set(words)
                async with server.door() as door:
                    await connected(door, WITHIN)
                    await forget_visitor(door, visitor)
            await server.has_nowhere(words)
            after = server.records()[: len(before)]
            assert [(one.position, one.id, one.event.at) for one in after] == [
                (one.position, one.id, one.event.at) for one in before
            ]
            assert sum(one != two for one, two in zip(before, after, strict=True)) == 1  # the message, without its text
        await server.has_tables(kept)
    assert {word for _, word in found(folder, *kept)} == set(kept)
    assert not found(folder, "zeppelin")


@pytest.mark.parametrize("kills", [3, pytest.param(16, marks=pytest.mark.long)])
def test_a_server_killed_while_it_forgets_keeps_nothing_personal_and_loses_no_event(tmp_path: Path, kills: int) -> None:
    furnish(tmp_path / "data")
    asyncio.run(_killed_while_it_forgets(tmp_path / "data", kills))


async def _left_messages_are_forgotten(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with serving(folder) as server:
        _, _, kept = await server.leaves("marmalade")
        _, visitor, words = await server.leaves("xylothea")
        conversation, _, entry = await server.leaves("zeppelin")
        await server.has_tables(kept, words, entry)
        assert any(name.startswith("analytics.duckdb") for name, _ in found(folder, *words))
        sentence = f"Forgot names, addresses and all that was written of visitor {visitor}.\n{KEPT}\n"
        assert await server.says(capsys, visitor) == (0, sentence)
        sentence = f"Forgot what was written in entry 1 of conversation {conversation}.\n{KEPT}\n"
        assert await server.says(capsys, "--entry", conversation, "1") == (0, sentence)
        unknown = draw_id()
        assert await server.says(capsys, unknown) == (1, f"There is no visitor {unknown}.\n")
        sentence = f"There is no entry 7 of conversation {conversation} that somebody wrote.\n"
        assert await server.says(capsys, "--entry", conversation, "7") == (1, sentence)
        await server.has_nowhere(words + entry)
        await server.has_tables(kept)
        listed = await server.listed()
        assert kept[3] in listed
        assert [word for word in words + entry if word in listed] == []
        assert sum(isinstance(one, MessageLeft) for one in server.events()) == 3
    assert not found(folder, *words, *entry)


def test_left_messages_are_forgotten_by_command_while_a_server_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    furnish(tmp_path / "data")
    asyncio.run(_left_messages_are_forgotten(tmp_path / "data", capsys))
