"""Rows inserted many at a time: all of them, once, in order, with few statements."""

from collections.abc import Iterator
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite3

from engine.journal.insert import MOST, insert

STATEMENT = "INSERT INTO things VALUES (?, ?)"


@pytest.fixture
def database() -> Iterator[Any]:
    opened = sqlite3.connect(":memory:", isolation_level=None)
    opened.execute("CREATE TABLE things (name TEXT NOT NULL, what BLOB)")
    yield opened
    opened.close()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 255, MOST, MOST + 1, 3 * MOST + 5])
def test_rows_stand_as_if_each_had_come_alone(database: Any, count: int) -> None:
    asked: list[str] = []
    database.set_trace_callback(asked.append)
    rows = [(f"{count - place}", b"%d" % place if place % 3 else None) for place in range(count)]
    insert(database, STATEMENT, rows)
    database.set_trace_callback(None)
    assert database.execute("SELECT * FROM things ORDER BY rowid").fetchall() == rows
    assert len(asked) <= count // MOST + 8


def test_a_row_that_is_refused_is_an_error(database: Any) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        insert(database, STATEMENT, [("a", b"a"), (None, b"b"), ("c", b"c")])
