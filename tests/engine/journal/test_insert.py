"""Rows inserted many at a time: all of them, once, in order, with few statements."""

import sqlite3

import pytest

from engine.journal.insert import MOST, insert

STATEMENT = "INSERT INTO things VALUES (?, ?)"


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 255, MOST, MOST + 1, 3 * MOST + 5])
def test_rows_stand_as_if_each_had_come_alone(count: int) -> None:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE things (place INTEGER PRIMARY KEY, what BLOB)")
    asked: list[str] = []
    database.set_trace_callback(asked.append)
    rows = [(place, b"%d" % place if place % 3 else None) for place in range(count)]
    insert(database, STATEMENT, rows)
    database.set_trace_callback(None)
    assert database.execute("SELECT * FROM things ORDER BY rowid").fetchall() == rows
    assert sum(one.startswith("INSERT") for one in asked) <= count // MOST + 8
    database.close()


def test_a_row_that_is_refused_is_an_error() -> None:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE things (place INTEGER PRIMARY KEY, what BLOB NOT NULL)")
    with pytest.raises(sqlite3.IntegrityError):
        insert(database, STATEMENT, [(0, b"a"), (1, None), (2, b"c")])
    database.close()
