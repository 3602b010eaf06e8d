"""A start from a snapshot: the same house as from the whole journal, whatever is wrong with the snapshot."""

import asyncio
import logging
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite3

from engine.desk import DeskState
from engine.events import Event
from engine.journal.journal import Journal
from engine.journal.reader import JournalReader
from engine.saved import Recovered, SnapshotAhead, form, recover
from parlour import snapshots
from parlour.data_dir import CannotStart
from parlour.main_process import open_house
from parlour.snapshots import snapshot_of
from tests.engine.analytics.days import on_day, random_day, write_journal
from tests.running import eventually, running

DAYS = [event for day in range(6) for event in on_day(day, random_day(day, steps=120))]


@pytest.fixture(autouse=True)
def always_worthwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "WORTHWHILE", 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_journal(tmp_path / "journal.db", DAYS)
    return tmp_path


class Read:
    """The journal, and which events were read of it."""

    def __init__(self, folder: Path) -> None:
        self._reader = JournalReader(folder / "journal.db")
        self.after: list[int] = []

    def snapshots(self) -> Iterable[Any]:
        return self._reader.snapshots()

    def events(self, after: int, limit: int) -> list[tuple[int, Event]]:
        self.after.append(after)
        return self._reader.events(after, limit)

    def recover(self) -> Recovered:
        return recover(self, last=self._reader.last_position())  # type: ignore[arg-type] # as the journal does


def save(folder: Path, *positions: int) -> None:
    """Snapshots of these positions."""

    async def keep() -> None:
        journal = Journal(folder / "journal.db")
        journal.start(on_commit=lambda units: None, on_dead=lambda error: pytest.fail(repr(error)))
        for position in positions:
            await journal.keep(snapshot_of(recover(journal, last=position).known))
        await journal.close()

    asyncio.run(keep())


def whole(folder: Path) -> Recovered:
    """What the journal alone makes known."""
    read = Read(folder)
    read.snapshots = lambda: iter(())  # type: ignore[method-assign]
    return read.recover()


def database(folder: Path, statement: str) -> None:
    opened = sqlite3.connect(folder / "journal.db", isolation_level=None)
    opened.execute(statement)
    opened.close()


def test_only_what_came_after_it_is_read_and_the_same_is_known(folder: Path) -> None:
    save(folder, 100, len(DAYS) - 7)
    read = Read(folder)
    again = read.recover()
    assert read.after[0] == again.saved == len(DAYS) - 7
    assert again.known == whole(folder).known


@pytest.mark.parametrize(
    ("damage", "begins"),
    [
        ("UPDATE snapshot_part SET state = zeroblob(50) WHERE upto = 200 AND part = 0", 100),
        ("UPDATE snapshot SET format = 'of another program' WHERE upto = 200", 100),
        ("UPDATE snapshot SET format = 'of another program'", 0),
        ("DELETE FROM snapshot_part", 0),
        ("DELETE FROM snapshot", 0),
    ],
)
def test_one_that_cannot_be_used_is_passed_over(folder: Path, damage: str, begins: int) -> None:
    save(folder, 100, 200)
    database(folder, damage)
    read = Read(folder)
    again = read.recover()
    assert read.after[0] == again.saved == begins
    assert again.known == whole(folder).known


def test_one_whose_bytes_are_not_what_its_form_says_is_passed_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    save(folder, 100)
    monkeypatch.setattr(snapshots, "encode", lambda known: b"not even packed")
    save(folder, 200)
    with caplog.at_level(logging.WARNING):
        read = Read(folder)
        assert read.recover().known == whole(folder).known
    assert read.after[0] == 100
    assert "the snapshot of event 200 cannot be read" in caplog.text


def test_one_that_is_ahead_of_the_journal_says_that_events_are_missing(folder: Path) -> None:
    save(folder, len(DAYS))
    database(folder, f"DELETE FROM events WHERE position > {len(DAYS) - 3}")  # noqa: S608 - a number
    with pytest.raises(SnapshotAhead):
        Read(folder).recover()

    async def start() -> None:
        async with open_house(folder):
            pass

    with pytest.raises(CannotStart, match="lost its last events"):
        asyncio.run(start())


def test_a_clean_end_leaves_one_and_the_next_start_reads_nothing_else(tmp_path: Path) -> None:
    async def first() -> tuple[DeskState, dict[str, Any]]:
        async with running(tmp_path) as house, house.chat() as chat:
            await house.person("ann")
            await chat.send({"t": "hello", "site": "shop"})
            await chat.until("welcome")
        return house.desk, dict(house.house.views.states)

    desk, states = asyncio.run(first())
    read = Read(tmp_path)
    again = read.recover()
    assert read.after == [again.known.position]
    assert again.known.desk == desk
    assert dict(again.known.states) == states


def test_while_it_serves_another_process_makes_one(tmp_path: Path) -> None:
    async def serve() -> None:
        async with running(tmp_path) as house:
            await house.person("ann")
            making = asyncio.create_task(house.house.snapshots.keep_making(events=1, spacing=0, share=9, look=0.01))
            reader = JournalReader(tmp_path / "journal.db")
            await eventually(lambda: list(reader.snapshots()))
            (first,) = reader.snapshots()
            assert first.form == form()
            await house.set("max_chats", 7)
            await eventually(lambda: next(iter(reader.snapshots())).upto > first.upto)
            making.cancel()
            reader.close()

    asyncio.run(serve())


def test_nothing_is_made_where_nothing_happened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0
    asleep = asyncio.sleep

    async def look(seconds: float) -> None:
        nonlocal looks
        looks += 1
        await asleep(0)

    async def serve() -> None:
        async with running(tmp_path) as house:
            making = house.house.snapshots
            made: list[str] = []
            monkeypatch.setattr(making, "_have_made", lambda: made.append("made"))
            monkeypatch.setattr(making, "_upto", house.house.core.position)
            monkeypatch.setattr(asyncio, "sleep", look)
            task = asyncio.create_task(making.keep_making(events=1, spacing=0, longest=0))
            while looks < 20:
                await asleep(0)
            monkeypatch.undo()
            task.cancel()
            assert made == []

    asyncio.run(serve())


def test_what_takes_long_is_made_more_seldom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = list[float]()

    async def slowly() -> None:
        made.append(time.monotonic())
        await asyncio.sleep(0.05)

    async def serve() -> None:
        async with running(tmp_path) as house:
            monkeypatch.setattr(house.house.snapshots, "_have_made", slowly)  # and never is anything saved
            making = asyncio.create_task(house.house.snapshots.keep_making(events=1, spacing=0, share=0.1, look=0.001))
            await eventually(lambda: len(made) == 2)
            making.cancel()

    asyncio.run(serve())
    assert made[1] - made[0] >= 0.5


def test_after_reading_much_the_next_start_need_not_do_so_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "MUCH", 100)

    async def serve() -> None:
        async with open_house(folder) as house:
            making = asyncio.create_task(house.snapshots.keep_making())
            reader = JournalReader(folder / "journal.db")
            await eventually(lambda: list(reader.snapshots()))
            assert next(iter(reader.snapshots())).upto == len(DAYS)
            reader.close()
            making.cancel()

    asyncio.run(serve())


def test_a_process_that_fails_harms_nobody_and_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")

    async def serve() -> None:
        async with running(tmp_path) as house:
            making = asyncio.create_task(house.house.snapshots.keep_making(events=1, spacing=0, share=9, look=0.01))
            await eventually(lambda: "no snapshot could be made" in caplog.text)
            await house.set("max_chats", 7)
            assert not making.done()
            making.cancel()

    asyncio.run(serve())


def test_a_damaged_journal_is_said_in_one_sentence(folder: Path) -> None:
    file = folder / "journal.db"
    checkpoint(file)
    size = file.stat().st_size
    with file.open("r+b") as out:
        out.truncate(size // 2)

    async def start() -> None:
        async with open_house(folder):
            pass

    with pytest.raises(CannotStart, match=r"damaged .*restore it from a backup"):
        asyncio.run(start())


def checkpoint(file: Path) -> None:
    opened = sqlite3.connect(file)
    opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    opened.close()


def test_the_views_begin_with_what_is_known(folder: Path) -> None:
    save(folder, len(DAYS))

    async def start() -> None:
        async with open_house(folder) as house:
            departments = house.core.known({}).desk.departments
            assert len(departments) > 2
            assert set(house.views.directory.departments) == set(departments)

    asyncio.run(start())
