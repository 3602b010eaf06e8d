"""A journal that is behind what analytics saw of it is not gone on with."""

import asyncio
from pathlib import Path

import pytest

from engine.analytics import mark
from engine.analytics.mark import Mark
from engine.journal.reader import JournalReader
from parlour import journal_end
from parlour.data_dir import CannotStart
from parlour.main_process import open_house
from tests.engine.analytics.days import random_day, write_journal


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
