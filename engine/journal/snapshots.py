"""Snapshots in the journal's file: bytes of what was known at a position, so that a start reads only what came later.

They are written a part at a time between the groups of events, because nobody's acknowledgement may wait for all of
one, and are there only when their last part is. It must not know what the bytes mean.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import msgspec
from pysqlite3 import dbapi2 as sqlite3

from engine.journal.rows import moment

log = logging.getLogger(__name__)
KEPT = 2  # the older one is for when the newer one is damaged
PART = 1 << 20  # bytes

OLDER = "SELECT upto FROM snapshot ORDER BY upto DESC LIMIT -1 OFFSET ?"
HOMELESS = "SELECT rowid FROM snapshot_part WHERE upto NOT IN (SELECT upto FROM snapshot) LIMIT 1"


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """What was known at the position `upto`, in bytes of a `form` that its maker understands."""

    upto: int
    made: datetime
    form: str
    state: bytes


class Keeping:
    """A snapshot on its way into the file: each `go_on` is a transaction; `kept` is told at its end whether it is."""

    def __init__(self, snapshot: Snapshot, kept: Callable[[bool], None]) -> None:
        self.kept = kept
        self._snapshot = snapshot
        self._parts = max(1, -(-len(snapshot.state) // PART))
        self._written = 0
        self.upto = snapshot.upto

    def go_on(self, database: Any) -> bool:
        """Write the next part, or take away one of an older snapshot; False when nothing is left to do."""
        if self._written == 0 and self._is_there(database):
            return False
        if self._written < self._parts:
            self._write(database)
            return True
        return bool(database.execute(f"DELETE FROM snapshot_part WHERE rowid IN ({HOMELESS})").rowcount)  # noqa: S608

    def _is_there(self, database: Any) -> bool:
        upto = self._snapshot.upto
        database.execute(
            "DELETE FROM snapshot_part WHERE upto = ? AND upto NOT IN (SELECT upto FROM snapshot)", (upto,)
        )
        return database.execute("SELECT 1 FROM snapshot WHERE upto = ?", (upto,)).fetchone() is not None

    def _write(self, database: Any) -> None:
        database.execute("BEGIN IMMEDIATE")
        try:
            self._write_part(database, self._snapshot, self._written)
            database.execute("COMMIT")
        except BaseException:
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise
        self._written += 1

    def _write_part(self, database: Any, one: Snapshot, number: int) -> None:
        part = one.state[number * PART : (number + 1) * PART]
        database.execute("INSERT INTO snapshot_part VALUES (?, ?, ?)", (one.upto, number, part))
        if number + 1 == self._parts:
            made, sha = int(one.made.timestamp() * 1_000_000), hashlib.sha256(one.state).digest()
            database.execute("INSERT INTO snapshot VALUES (?, ?, ?, ?)", (one.upto, made, one.form, sha))
            database.execute(f"DELETE FROM snapshot WHERE upto IN ({OLDER})", (KEPT,))  # noqa: S608 - our own words


def read_all(database: Any) -> Iterator[Snapshot]:
    """The snapshots that are whole, the latest first."""
    heads = database.execute("SELECT upto, made, format, sha FROM snapshot ORDER BY upto DESC").fetchall()
    for upto, made, form, sha in heads:
        try:
            parts = database.execute("SELECT state FROM snapshot_part WHERE upto = ? ORDER BY part", (upto,)).fetchall()
        except sqlite3.DatabaseError as error:
            log.warning("the snapshot of event %d is damaged and is passed over: %s", upto, error)
            continue
        state = b"".join(part for (part,) in parts)
        if hashlib.sha256(state).digest() == sha:
            yield Snapshot(upto=upto, made=moment(made), form=form, state=state)
        else:
            log.warning("the snapshot of event %d is damaged and is passed over", upto)
