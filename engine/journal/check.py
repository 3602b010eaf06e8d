"""Whether all of a journal can be read, looked through a piece at a time beside the server; read-only.

It must not know who asks, nor what is done about it.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as sqlite3

from engine.journal.rows import with_words

PIECE = 20_000  # events
SHARE = 0.5  # of the time at most goes into it
LONGEST_WORDS = 300  # characters of what SQLite says

BAD = (
    "payload IS NULL OR NOT json_valid(CAST(payload AS TEXT)) OR NOT json_valid(coalesce(CAST(personal AS TEXT), '{}'))"
)
LOOK = f"SELECT count(*), coalesce(sum({BAD}), 0) FROM events WHERE position > ? AND position <= ?"  # noqa: S608 - ours


def faults(path: Path, *, piece: int = PIECE, pause: Callable[[float], None] = time.sleep) -> Iterator[str]:
    """What is wrong with a journal's file, in words; nothing where all is well.

    First every event by its position, as that says which are hurt; then how the file hangs together.
    """
    database = with_words(sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None))
    try:
        last = database.execute("SELECT max(position) FROM events").fetchone()[0] or 0
        for after in range(0, last, piece):
            began = time.monotonic()
            yield from _events(database, after, min(after + piece, last))
            pause((time.monotonic() - began) * (1 / SHARE - 1))
        yield from _hangs_together(database)
    finally:
        database.close()


def _events(database: Any, after: int, upto: int) -> Iterator[str]:
    which = f"the events {after + 1:,} to {upto:,}"
    try:
        there, bad = database.execute(LOOK, (after, upto)).fetchone()
    except sqlite3.DatabaseError as error:
        yield f"{which} cannot all be read ({error})"
        return
    if there != upto - after:
        yield f"of {which}, {upto - after - there:,} are not there"
    if bad:
        yield f"of {which}, {bad:,} are no longer what was written"


def _hangs_together(database: Any) -> Iterator[str]:
    try:
        rows = database.execute("PRAGMA quick_check(3)").fetchall()
    except sqlite3.DatabaseError as error:
        rows = [(str(error),)]
    if rows != [("ok",)]:
        yield "; ".join(" ".join(str(row[0]).split()) for row in rows)[:LONGEST_WORDS]
