"""A journal that is behind what analytics saw of it is not gone on with."""

import asyncio
import shutil
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite3

from engine.analytics import mark
from engine.analytics.mark import Mark
from engine.journal.reader import JournalReader
from parlour import journal_end
from parlour.data_dir import CannotStart
from parlour.main_process import open_house
from tests.engine.analytics.days import on_day, random_day, write_journal


@pytest.fixture
def epoch(tmp_path: Path) -> str:
    write_journal(tmp_path / "journal.db", random_day(1, steps=20))
    return JournalReader(tmp_path / "journal.db").epoch


def last(folder: Path) -> int:
    return JournalReader(folder / "journal.db").last_position()


def test_a_journal_with_all_that_was_seen_is_fine(tmp_path: Path, epoch: str) -> None:
    journal_end.check(tmp_path)
    mark.write(tmp_path, Mark(epoch=epoch, position=last(tmp_path)))
    journal_end.check(tmp_path)


def test_main_does_not_go_on_with_a_journal_that_lost_its_end_and_changes_nothing(tmp_path: Path, epoch: str) -> None:
    seen = Mark(epoch=epoch, position=last(tmp_path) + 1)
    mark.write(tmp_path, seen)
    before = last(tmp_path)

    async def start() -> None:
        async with open_house(tmp_path):
            pass

    with pytest.raises(CannotStart, match="lost its last events"):
        asyncio.run(start())
    assert last(tmp_path) == before
    assert mark.read(tmp_path) == seen


def test_a_journal_that_is_gone_is_missed(tmp_path: Path, epoch: str) -> None:
    mark.write(tmp_path, Mark(epoch=epoch, position=1))
    (tmp_path / "journal.db").unlink()
    with pytest.raises(CannotStart, match="is missing; restore it"):
        journal_end.check(tmp_path)


def test_a_restored_journal_has_an_epoch_of_its_own(tmp_path: Path, epoch: str) -> None:
    mark.write(tmp_path, Mark(epoch="before", position=10_000))
    journal_end.check(tmp_path)


def test_a_mark_that_cannot_be_read_is_none(tmp_path: Path, epoch: str) -> None:
    (tmp_path / mark.FILE).write_bytes(b"{")
    assert mark.read(tmp_path) is None
    journal_end.check(tmp_path)


# --- faults of the disk ----------------------------------------------------------------------------------------------


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """A folder as kill -9 leaves it: events in the log beside the journal, all of them in the tables."""
    whole, folder = tmp_path / "whole", tmp_path / "killed"
    whole.mkdir()
    folder.mkdir()
    write_journal(whole / "journal.db", on_day(1, random_day(1, steps=20)))
    holding = sqlite3.connect(whole / "journal.db")  # as long as it is open, the log stays
    holding.execute("SELECT count(*) FROM events").fetchone()
    for seed in range(2, 12):
        write_journal(whole / "journal.db", on_day(seed, random_day(seed, steps=20)))
    for name in ("journal.db", "journal.db-wal"):
        shutil.copy(whole / name, folder / name)
    reader = JournalReader(whole / "journal.db")
    mark.write(folder, Mark(epoch=reader.epoch, position=reader.last_position()))
    reader.close()
    holding.close()
    return folder


def starts(folder: Path) -> None:
    async def start() -> None:
        async with open_house(folder):
            pass

    asyncio.run(start())


def test_after_a_kill_nothing_is_missing(killed: Path) -> None:
    seen = mark.read(killed)
    assert seen is not None
    assert last(killed) == seen.position
    starts(killed)


@pytest.mark.parametrize("fault", ["cut in half", "cut short", "flipped in the middle", "gone"])
def test_a_log_that_lost_acknowledged_events_is_not_gone_on_with(killed: Path, fault: str) -> None:
    log = killed / "journal.db-wal"
    content = bytearray(log.read_bytes())
    match fault:
        case "cut in half":
            log.write_bytes(content[: len(content) // 2])
        case "cut short":
            log.write_bytes(content[:-10])
        case "flipped in the middle":
            content[len(content) // 2] ^= 0xFF
            log.write_bytes(content)
        case _:
            log.unlink()
    with pytest.raises(CannotStart, match="lost its last events; restore it from a backup"):
        starts(killed)


@pytest.mark.parametrize("fault", ["cut", "flipped header", "flipped pages"])
@pytest.mark.parametrize("seen", [True, False])
def test_a_damaged_database_is_said_in_a_sentence(tmp_path: Path, epoch: str, fault: str, *, seen: bool) -> None:
    file = tmp_path / "journal.db"
    database = sqlite3.connect(file)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    if seen:
        mark.write(tmp_path, Mark(epoch=epoch, position=last(tmp_path)))
    content = bytearray(file.read_bytes())
    match fault:
        case "cut":
            content = content[: len(content) // 2]
        case "flipped header":
            content[:16] = b"\xff" * 16
        case _:
            for page in range(4_096, len(content), 4_096):
                content[page] ^= 0xFF
    file.write_bytes(content)
    with pytest.raises(CannotStart, match="restore it from a backup"):
        starts(tmp_path)
