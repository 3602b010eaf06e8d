"""The table of what is given up, and which errors are those of a full disk."""

import errno
from pathlib import Path

import duckdb
import pytest
from pysqlite3 import dbapi2 as sqlite3

from engine.condition import Conditions
from engine.disk import is_full
from engine.room import LEAST, MEGABYTE, SHED, Condition, shed
from tests.parlour.small_disk import SmallDisk, on_small_disk


@pytest.mark.parametrize(
    ("megabytes", "number"), [(512, 0), (511, 1), (256, 1), (255, 2), (128, 2), (127, 3), (63, 4), (0, 4)]
)
def test_each_is_given_up_below_its_own_bound(megabytes: int, number: int) -> None:
    assert shed(megabytes * MEGABYTE, LEAST) == SHED[:number]


def test_what_was_given_up_is_taken_up_again_a_tenth_above_its_bound() -> None:
    assert shed(540 * MEGABYTE, LEAST, ("page-views",)) == ("page-views",)
    assert shed(564 * MEGABYTE, LEAST, ("page-views",)) == ()


def test_a_condition_is_told_at_once_and_at_each_change_alone() -> None:
    conditions, told = Conditions(), list[Condition]()
    conditions.told.subscribe(told.append)
    for free in (900, 899, 400, 399, 200, 900):
        conditions.has_left(free * MEGABYTE, LEAST)
    conditions.is_full(False)
    conditions.is_damaged("page 7")
    conditions.is_damaged("page 7")
    assert [one.shed for one in told] == [(), (), SHED[:1], SHED[:2], (), ()]
    assert told[-1] == Condition(free_mb=900, damaged="page 7")


def test_errors_of_other_kinds_are_none_of_a_full_disk(tmp_path: Path) -> None:
    assert is_full(OSError(errno.ENOSPC, "x"), tmp_path)
    assert is_full(OSError(errno.EDQUOT, "x"), tmp_path)
    assert not is_full(OSError(errno.EIO, "x"), tmp_path)
    assert not is_full(ValueError("x"), tmp_path)
    (tmp_path / "no database").write_bytes(b"no database " * 1000)
    with pytest.raises(sqlite3.DatabaseError) as error:
        sqlite3.connect(tmp_path / "no database").execute("SELECT * FROM sqlite_schema")
    assert not is_full(error.value, tmp_path)


@on_small_disk(4)
def test_the_errors_that_a_full_disk_gives_are(disk: SmallDisk) -> None:
    database = sqlite3.connect(disk.folder / "a.db", isolation_level=None)
    database.execute("CREATE TABLE a (b)")
    tables = duckdb.connect(disk.folder / "a.duckdb")
    disk.fill()
    with pytest.raises(sqlite3.Error) as error:
        for _ in range(1000):
            database.execute("INSERT INTO a VALUES (zeroblob(100000))")
    assert is_full(error.value, disk.folder)
    with pytest.raises(duckdb.Error) as told:
        for _ in range(100):
            tables.execute("CREATE OR REPLACE TABLE a AS SELECT random() FROM range(100000)")
    assert is_full(told.value, disk.folder)
    with pytest.raises(sqlite3.Error) as opening:  # whatever it says then
        sqlite3.connect(disk.folder / "new.db", isolation_level=None).execute("PRAGMA journal_mode = WAL; ")
    assert is_full(opening.value, disk.folder)
    database.close()
    tables.close()
