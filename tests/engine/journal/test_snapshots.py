"""Snapshots in the file: whole or not there, two kept, none that is damaged, and no event waits for one."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite3

from engine.journal import Snapshot, Unit, snapshots
from engine.journal.journal import make
from engine.journal.reader import JournalReader
from engine.journal.snapshots import Keeping
from tests.engine.journal.test_journal import Keeper, asked, new_id, record

MADE = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "PART", 10)


def snapshot(upto: int, state: bytes = b"what is known, in more than one part") -> Snapshot:
    return Snapshot(upto=upto, made=MADE, form="form", state=state)


def there(path: Path) -> list[Snapshot]:
    reader = JournalReader(path)
    try:
        return list(reader.snapshots())
    finally:
        reader.close()


def opened(path: Path) -> Any:
    return sqlite3.connect(path, isolation_level=None)


async def keep(path: Path, *several: Snapshot) -> None:
    keeper = Keeper(path)
    for one in several:
        await asyncio.wait_for(keeper.journal.keep(one), 5)
    await keeper.journal.close()


def test_what_is_kept_is_read_again_and_the_two_latest_stay(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    several = [snapshot(10), snapshot(20, b""), snapshot(30)]
    asyncio.run(keep(path, *several))
    assert there(path) == [several[2], several[1]]
    database = opened(path)
    assert database.execute("SELECT DISTINCT upto FROM snapshot_part ORDER BY upto").fetchall() == [(20,), (30,)]
    database.close()


def test_one_of_the_same_position_is_kept_once(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    asyncio.run(keep(path, snapshot(10), snapshot(10, b"another"), snapshot(10)))
    assert there(path) == [snapshot(10)]


def test_events_go_before_the_next_part(tmp_path: Path) -> None:
    """A long snapshot is under way when events come; their commits are told of before it is done."""
    path = tmp_path / "journal.db"

    async def scenario() -> None:
        keeper = Keeper(path)
        kept = keeper.journal.keep(snapshot(10, b"x" * 2_000))
        rounds = 0
        while not kept.done() and rounds < 50:
            rounds += 1
            await keeper.keep(Unit((record(rounds, asked(new_id())),)))
        assert rounds > 20
        await asyncio.wait_for(kept, 10)
        await keeper.journal.close()

    asyncio.run(scenario())
    assert len(there(path)) == 1


def test_one_that_is_not_whole_is_not_there_and_makes_room_later(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    make(path)
    asyncio.run(keep(path, snapshot(10)))
    database = opened(path)
    broken_off = Keeping(snapshot(20), lambda kept: None)
    assert broken_off.go_on(database)
    assert broken_off.go_on(database)
    database.close()
    assert there(path) == [snapshot(10)]
    asyncio.run(keep(path, snapshot(20, b"made again, and whole now")))
    assert there(path) == [snapshot(20, b"made again, and whole now"), snapshot(10)]
    asyncio.run(keep(path, snapshot(30)))
    database = opened(path)
    assert database.execute("SELECT count(DISTINCT upto) FROM snapshot_part").fetchone() == (2,)
    database.close()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE snapshot_part SET state = x'00' WHERE upto = 20 AND part = 1",
        "DELETE FROM snapshot_part WHERE upto = 20 AND part = 1",
        "DELETE FROM snapshot_part WHERE upto = 20",
        "UPDATE snapshot_part SET part = 9 WHERE upto = 20 AND part = 0",
        "UPDATE snapshot SET sha = x'00' WHERE upto = 20",
    ],
)
def test_a_damaged_one_is_passed_over_for_the_older(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "journal.db"
    asyncio.run(keep(path, snapshot(10), snapshot(20)))
    database = opened(path)
    database.execute(damage)
    database.close()
    assert there(path) == [snapshot(10)]
