"""A look through the journal: what is hurt is found wherever it stands, and what is well is not complained of."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite3

from engine.journal.check import faults
from tests.engine.analytics.days import on_day, random_day, write_journal

DAYS = [event for day in range(4) for event in on_day(day, random_day(day, steps=120))]
PIECE = 100
PAGE = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "journal.db"
    write_journal(path, DAYS)
    return path


def look(path: Path) -> list[str]:
    return list(faults(path, piece=PIECE, pause=lambda _seconds: None))


def pages_with(path: Path, word: bytes) -> list[int]:
    """The pages of a file that have a word on them."""
    whole = path.read_bytes()
    return [number for number in range(len(whole) // PAGE) if word in whole[number * PAGE : (number + 1) * PAGE]]


def put(path: Path, page: int, what: bytes) -> None:
    """Write over a page, as a failing disk does."""
    with path.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(what)


def test_a_journal_that_is_well_has_no_faults(path: Path) -> None:
    assert look(path) == []


@pytest.mark.parametrize(
    "what",
    [lambda page: bytes(PAGE), lambda page: random.Random(page).randbytes(PAGE), lambda page: b"\xff" * PAGE],
    ids=["zeros", "noise", "ones"],
)
def test_a_hurt_page_of_events_is_found_and_said_which_they_are(path: Path, what: Callable[[int], bytes]) -> None:
    pages = pages_with(path, b'"visitor":')
    page = pages[len(pages) // 2]
    put(path, page, what(page))
    found = look(path)
    assert found[0].startswith("the events ")
    assert " cannot all be read (" in found[0]
    assert len(found) >= 2  # and the file does not hang together


def test_text_that_is_no_longer_what_was_written_is_found(path: Path) -> None:
    whole = path.read_bytes()
    at = whole.index(b'"visitor":', len(whole) // 2)
    path.write_bytes(whole[:at] + b"\x01\x02\x03" + whole[at + 3 :])
    (found,) = look(path)
    assert found.endswith(", 1 are no longer what was written")


def test_a_hole_in_the_positions_is_found(path: Path) -> None:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("DELETE FROM events WHERE position IN (150, 151)")
    database.close()
    assert look(path) == ["of the events 101 to 200, 2 are not there"]


def test_a_hurt_index_is_found_though_every_event_can_be_read(path: Path) -> None:
    database = sqlite3.connect(path, isolation_level=None)
    (root,) = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'events_id'").fetchone()
    database.close()
    put(path, root - 1, b"\xff" * PAGE)
    (found,) = look(path)
    assert not found.startswith("the events")
