"""The journal: append a unit, read from a position, read by subject, look an answer up. The truth, in one file."""

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from uuid import uuid4

from pysqlite3 import dbapi2 as sqlite3

from engine.events import ConversationId, Record, Subject
from engine.journal.rows import Unit, id_bytes, to_record
from engine.journal.schema import COLUMNS, FORMAT, PRAGMAS, TABLES
from engine.journal.writer import Writer

PAGE = 5_000


class NewerJournal(Exception):
    """The file was written by a newer program; nothing was changed."""


class Journal:
    """One journal file with its writing thread and a reading connection for the loop."""

    def __init__(self, path: Path) -> None:
        self._path = path
        make(path)
        self._reader = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
        self._writer: Writer | None = None
        self.epoch = str(self._one("SELECT value FROM meta WHERE name = 'epoch'"))

    def start(self, *, on_commit: Callable[[Sequence[Unit]], None], on_dead: Callable[[BaseException], None]) -> None:
        """Begin to take units; the callbacks run on the running loop, in the order of submission."""
        loop = asyncio.get_running_loop()
        self._writer = Writer(self._path, loop, on_commit=on_commit, on_dead=on_dead)

    def has_room(self) -> bool:
        """Whether another unit may be appended."""
        return self._writer is not None and self._writer.has_room()

    def append(self, unit: Unit) -> None:
        """Have a unit kept; `on_commit` tells when it is."""
        if self._writer is None:
            raise RuntimeError("the journal was not started")
        self._writer.submit(unit)

    def last_position(self) -> int:
        """The position of the last kept event, 0 in an empty journal."""
        last = self._one("SELECT max(position) FROM events")
        return last if isinstance(last, int) else 0

    def read(self, after: int = 0) -> Iterator[Record]:
        """Every kept record past a position, in order, a page at a time."""
        while rows := self._rows(f"position > ? ORDER BY position LIMIT {PAGE}", after):
            for row in rows:
                yield to_record(row)
            after = rows[-1][0]

    def of_subject(self, subject: Subject, after: int = 0) -> list[Record]:
        """The kept records of one subject past a position, in order."""
        return [
            to_record(row) for row in self._rows("subject = ? AND position > ? ORDER BY position", _id(subject), after)
        ]

    def of_conversation(self, conversation: ConversationId, after_number: int = 0) -> list[Record]:
        """The kept records of a conversation past one of its own numbers."""
        where = "subject = ? AND number > ? ORDER BY position"
        return [to_record(row) for row in self._rows(where, _id(conversation), after_number)]

    def answer(self, sender: str, client_id: str) -> bytes | None:
        """What the sender was told about this command before, as JSON, or None."""
        found = self._one("SELECT answer FROM answers WHERE sender = ? AND client_id = ?", sender, client_id)
        return bytes(found) if isinstance(found, bytes) else None

    async def close(self) -> None:
        """Keep what waits and close the file."""
        if self._writer is not None:
            await self._writer.close()
        self._reader.close()

    def _rows(self, where: str, *values: object) -> list[tuple[int, ...]]:
        query = f"SELECT {COLUMNS} FROM events WHERE {where}"  # noqa: S608 - `where` is one of the texts above
        rows: list[tuple[int, ...]] = self._reader.execute(query, values).fetchall()
        return rows

    def _one(self, query: str, *values: object) -> object:
        row = self._reader.execute(query, values).fetchone()
        return row[0] if row else None


def _id(subject: Subject) -> bytes:
    try:
        return id_bytes(subject)
    except ValueError:
        return b""  # nothing is kept under what is no id


def make(path: Path) -> None:
    """Make the file where it is missing. Raises `NewerJournal` where it is of a later format."""
    if not path.exists():
        path.touch(mode=0o600)
    os.chmod(path, 0o600)
    database = sqlite3.connect(path, isolation_level=None)
    try:
        database.executescript(PRAGMAS)
        found = int(database.execute("PRAGMA user_version").fetchone()[0])
        if found > FORMAT:
            raise NewerJournal(f"{path.name} has format {found}; this program knows up to {FORMAT}")
        database.executescript(TABLES)
        database.execute("INSERT OR IGNORE INTO meta VALUES ('epoch', ?)", (uuid4().hex[:8],))
        database.execute(f"PRAGMA user_version = {FORMAT}")
    finally:
        database.close()
