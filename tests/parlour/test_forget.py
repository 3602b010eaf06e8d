"""Forgetting: nothing personal stays in any file or fold, and a replay is what is live."""

import asyncio
import shutil
import time
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite3

from engine.analytics.following import epoch_of
from engine.analytics.projector import Projector
from engine.analytics.store import Store
from engine.commands import (
    AcceptRequest,
    Done,
    ForgetEntry,
    ForgetVisitor,
    HouseCommand,
    IdentifyVisitor,
    LeaveMessage,
    Outcome,
    Refused,
    WriteMessage,
)
from engine.door.requests import Administer
from engine.events import ByVisitor, ConversationId, MessageId, OperatorId, VisitorId
from engine.ids import draw_id
from engine.journal import writer
from engine.journal.reader import JournalReader
from engine.saved import recover
from engine.text import spans
from parlour import snapshots
from parlour.cli import main
from parlour.snapshots import snapshot_of
from tests.engine.door.doors import comes_to_work, visitor_asks
from tests.running import Running, eventually, running

SECRETS = ("Vera", "Xylothea", "xylothea@example.org", "quixotic zeppelin")
KEPT = "marmalade teapot"


async def talk(house: Running) -> tuple[VisitorId, ConversationId]:
    """A visitor who is known by name and e-mail, and wrote two messages in a chat that goes on."""
    await comes_to_work(house, house.house.door, "olga")
    visitor, conversation = await visitor_asks(house)
    core = house.house.core
    said = IdentifyVisitor(visitor=visitor, user="u1", name="Xylothea", email="xylothea@example.org")
    assert isinstance(await core.send(said, sender=visitor), Done)
    operator = next(iter(house.desk.operators))
    accept = AcceptRequest(operator=OperatorId(operator), conversation=conversation)
    assert isinstance(await core.send(accept, sender=operator), Done)
    await write(house, visitor, conversation, "a quixotic zeppelin")
    return visitor, conversation


async def write(house: Running, visitor: VisitorId, conversation: ConversationId, text: str) -> int:
    message = WriteMessage(
        author=ByVisitor(visitor=visitor), conversation=conversation, message=MessageId(draw_id()), text=text
    )
    said = await house.house.core.send(message, sender=visitor)
    assert isinstance(said, Done)
    assert said.number
    spans(text)
    return said.number


async def ask(house: Running, command: HouseCommand) -> Outcome:
    return await house.house.door.ask(Administer(command=command))


def found(folder: Path, *words: str) -> set[tuple[str, str]]:
    """Which of the words stand in which files, as bytes."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {(file.name, word) for file in files for word in words if word.encode() in _bytes(file)}


def _bytes(file: Path) -> bytes:
    """What is in the file; nothing where it has just been taken away."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""


def tables(folder: Path) -> None:
    """Bring the tables up with the journal, as the process does when it starts."""
    reader = JournalReader(folder / "journal.db")
    store = Store(folder, epoch=epoch_of(reader))
    try:
        projector = Projector(reader, store)
        while projector.go_on(1_000):
            pass
    finally:
        store.close()
        reader.close()


async def snapshot(house: Running) -> None:
    core = house.house.core
    await house.house.core._journal.keep(snapshot_of(core.known(house.house.views.states)))


async def live_is_replay(house: Running, folder: Path) -> None:
    reader = JournalReader(folder / "journal.db")
    await house.house.core.rest()
    known = house.house.core.known(house.house.views.states)
    again = recover(reader, last=reader.last_position()).known
    reader.close()
    assert again.desk == known.desk
    for name in ("directory", "conversations", "messages", "mine", "queue", "rings"):
        assert again.states[name] == known.states[name], name


async def _nothing_of_a_visitor_stays(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        visitor, conversation = await talk(house)
        await snapshot(house)
        tables(tmp_path)
        await asyncio.sleep(0)
        assert {word for _, word in found(tmp_path, *SECRETS)} == set(SECRETS)
        assert isinstance(await ask(house, ForgetVisitor(visitor=visitor)), Done)
        tables(tmp_path)
        assert found(tmp_path, *SECRETS) == set()
        assert await house.house.core.search("zeppelin", before=None, limit=5) == []
        states = house.house.views.states
        assert [(name, word) for name in states for word in SECRETS if word in repr(states[name])] == []
        assert all(word not in repr(house.desk) for word in SECRETS)
        assert spans.cache_info().currsize == 0
        await write(house, visitor, conversation, KEPT)  # the chat goes on
        assert len(await house.house.core.search("teapot", before=None, limit=5)) == 1
        await live_is_replay(house, tmp_path)
    assert found(tmp_path, *SECRETS) == set()
    async with running(tmp_path) as house:
        assert found(tmp_path, *SECRETS) == set()


async def _one_entry_goes_and_the_rest_stays(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        visitor, conversation = await talk(house)
        number = await write(house, visitor, conversation, KEPT)
        tables(tmp_path)
        assert isinstance(await ask(house, ForgetEntry(conversation=conversation, entry=number)), Done)
        tables(tmp_path)
        assert found(tmp_path, KEPT) == set()
        assert KEPT not in repr(house.house.views.states)
        assert len(await house.house.core.search("zeppelin", before=None, limit=5)) == 1
        assert "Vera" in repr(house.house.views.states)
        await live_is_replay(house, tmp_path)


async def _what_is_unknown_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        _, conversation = await talk(house)
        position = house.house.core.position
        for command in (
            ForgetVisitor(visitor=VisitorId(draw_id())),
            ForgetVisitor(visitor=VisitorId("nobody")),
            ForgetEntry(conversation=conversation, entry=99),
            ForgetEntry(conversation=ConversationId(draw_id()), entry=1),
        ):
            assert isinstance(await ask(house, command), Refused)
        kept = [event for event in house.house.core.kept(conversation) if getattr(event, "personal", None)]
        assert len(kept) == 2
        assert house.house.core.position - position < 3


async def _who_reads_meanwhile_delays_only_the_last_bytes(tmp_path: Path) -> None:
    async with running(tmp_path) as house:
        visitor, _ = await talk(house)
        reader = sqlite3.connect(tmp_path / "journal.db", isolation_level=None)
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM events").fetchone() != (0,)
        began = time.monotonic()
        assert isinstance(await ask(house, ForgetVisitor(visitor=visitor)), Done)
        assert time.monotonic() - began < 2.0, "a backup that is being made must not hold up everybody"
        assert found(tmp_path, *SECRETS)  # for whoever still reads what was
        reader.execute("COMMIT")
        reader.close()
        await eventually(lambda: not found(tmp_path, *SECRETS))


async def _killed_before_the_log_is_shrunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work, copy = tmp_path / "work", tmp_path / "copy"
    work.mkdir()
    with monkeypatch.context() as killed:
        killed.setattr(writer, "SHRINK", "SELECT 0")
        async with running(work) as house:
            visitor, _ = await talk(house)
            assert isinstance(await ask(house, ForgetVisitor(visitor=visitor)), Done)
            shutil.copytree(work, copy)  # what kill -9 leaves: what was written, as it was written
            records = JournalReader(work / "journal.db").read(0, 1_000)
    assert {word for _, word in found(copy, *SECRETS)} == set(SECRETS)
    async with running(copy):
        assert found(copy, *SECRETS) == set()
        assert JournalReader(copy / "journal.db").read(0, 1_000)[: len(records)] == records


def test_who_reads_meanwhile_delays_only_the_last_bytes(tmp_path: Path) -> None:
    asyncio.run(_who_reads_meanwhile_delays_only_the_last_bytes(tmp_path))


def test_what_was_killed_before_the_log_is_shrunk_is_shrunk_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(_killed_before_the_log_is_shrunk(tmp_path, monkeypatch))


def test_nothing_of_a_visitor_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "WORTHWHILE", 1)
    asyncio.run(_nothing_of_a_visitor_stays(tmp_path))


def test_one_entry_goes_and_the_rest_stays(tmp_path: Path) -> None:
    asyncio.run(_one_entry_goes_and_the_rest_stays(tmp_path))


def test_what_is_unknown_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    asyncio.run(_what_is_unknown_is_refused_and_nothing_is_lost(tmp_path))


async def _left_messages(folder: Path) -> tuple[VisitorId, ConversationId]:
    """Two visitors left a message each while a server ran: who is to be forgotten, and whose entry."""
    async with running(folder) as house:
        left = []
        for name, text in (("Xylothea", SECRETS[3]), ("Otto", KEPT)):
            site = next(iter(house.desk.sites))
            leave = LeaveMessage(
                visitor=VisitorId(draw_id()), site=site, conversation=ConversationId(draw_id()), name=name,
                email=f"{name.lower()}@example.org", subject=f"{name} asks", text=text,
            )  # fmt: skip
            assert isinstance(await house.house.core.send(leave, sender="form"), Done)
            left.append(leave)
        tables(folder)
    return left[0].visitor, left[1].conversation


def test_left_messages_are_forgotten_by_command_where_no_server_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*arguments: str) -> tuple[int, str]:
        try:
            main(["forget", *arguments, "--data-dir", str(tmp_path)])
        except SystemExit as end:
            return int(str(end.code)), capsys.readouterr().err
        return 0, capsys.readouterr().out

    of_xylothea, of_otto = (
        ("xylothea@example.org", "Xylothea asks", SECRETS[3]),
        ("otto@example.org", "Otto asks", KEPT),
    )
    visitor, conversation = asyncio.run(_left_messages(tmp_path))
    (tmp_path / "lock").touch()  # the folder of a server that ran
    assert {word for _, word in found(tmp_path, *of_xylothea, *of_otto)} == {*of_xylothea, *of_otto}
    unknown = draw_id()
    assert said(unknown) == (1, f"There is no visitor {unknown}.\n")
    for one, number in ((conversation, "2"), (unknown, "1")):
        sentence = f"There is no entry {number} of conversation {one} that somebody wrote.\n"
        assert said("--entry", one, number) == (1, sentence)
    code, out = said(visitor)
    assert (code, out.splitlines()[0]) == (0, f"Forgot names, addresses and all that was written of visitor {visitor}.")
    assert {name for name, _ in found(tmp_path, *of_xylothea)} == {"analytics.duckdb"}  # until its process starts
    tables(tmp_path)
    assert found(tmp_path, *of_xylothea) == set()
    assert {word for _, word in found(tmp_path, *of_otto)} == set(of_otto)
    code, out = said("--entry", conversation, "1")
    assert (code, out.splitlines()[0]) == (0, f"Forgot what was written in entry 1 of conversation {conversation}.")
    tables(tmp_path)
    assert found(tmp_path, *of_otto) == set()
    assert said(visitor)[0] == 0  # again: nothing is there any more, and that is no fault
