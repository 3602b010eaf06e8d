"""What the disk and SQLite give without the rest: the journal alone, and a bare loop that writes the same rows.

Both have a fresh file, the same tables and pragmas, and commit for a hundred clients who each wait for their own. The
bare loop has a statement for each row, as one writes such a loop; the journal inserts many with one.
"""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite3

from bench.delivery.talk import FILLER
from engine.events import (
    ByVisitor,
    ConversationId,
    EventId,
    MessageId,
    MessageText,
    MessageWritten,
    Record,
    VisitorId,
)
from engine.ids import draw_id
from engine.journal import Answer, Journal, Unit
from engine.journal.rows import to_row, words_of
from engine.journal.schema import INDEX_TEXT, INSERT_ANSWER, INSERT_EVENT, PRAGMAS

CLIENTS = 100


class Disk:
    """The process that writes."""

    async def journal(self, count: int) -> float:
        """Messages a second that our journal keeps."""
        units = _units(count)
        with tempfile.TemporaryDirectory(prefix="parlour-bench-") as folder:
            journal, done, coming = Journal(Path(folder) / "journal.db"), asyncio.Event(), iter(units)
            kept = 0

            def committed(group: Sequence[Unit]) -> None:
                nonlocal kept
                kept += len(group)
                for _ in group:
                    if (unit := next(coming, None)) is not None:
                        journal.append(unit)
                if kept == count:
                    done.set()

            journal.start(on_commit=committed, on_dead=lambda _error: done.set())
            began = time.monotonic()
            for _ in range(CLIENTS):
                journal.append(next(coming))
            await done.wait()
            seconds = time.monotonic() - began
            await journal.close()
        return kept / seconds

    async def bare(self, count: int) -> float:
        """Messages a second that a bare loop keeps, whose rows are made before."""
        units = _units(count)
        records = [record for unit in units for record in unit.records]
        rows, texts = [to_row(one) for one in records], [(one.position, words_of(one)) for one in records]
        answers = [unit.answer for unit in units]
        with tempfile.TemporaryDirectory(prefix="parlour-bench-") as folder:
            path = Path(folder) / "journal.db"
            journal = Journal(path)  # makes the tables
            journal.start(on_commit=lambda _units: None, on_dead=lambda _error: None)
            await journal.close()
            database = sqlite3.connect(path, isolation_level=None)
            database.executescript(PRAGMAS)
            began = time.monotonic()
            for start in range(0, count, CLIENTS):
                group = slice(start, start + CLIENTS)
                database.execute("BEGIN IMMEDIATE")
                database.executemany(INSERT_EVENT, rows[group])
                database.executemany(INDEX_TEXT, texts[group])
                database.executemany(INSERT_ANSWER, answers[group])
                database.execute("COMMIT")
            seconds = time.monotonic() - began
            database.close()
        return count / seconds


def _units(count: int) -> list[Unit]:
    now, talks = datetime.now(UTC), [(ConversationId(draw_id()), VisitorId(draw_id())) for _ in range(CLIENTS)]
    return [_unit(number, now + timedelta(microseconds=number), *talks[number % CLIENTS]) for number in range(count)]


def _unit(number: int, at: datetime, conversation: ConversationId, visitor: VisitorId) -> Unit:
    client_id = draw_id()
    event = MessageWritten(
        at=at,
        conversation=conversation,
        number=2 + number // CLIENTS,
        message=MessageId(draw_id()),
        client_id=client_id,
        author=ByVisitor(visitor=visitor),
        personal=MessageText(text=f"{number} {FILLER}"),
    )
    record = Record(position=number + 1, id=EventId(draw_id()), cause=draw_id(), event=event)
    return Unit((record,), Answer(visitor, client_id, b'{"outcome":"done"}'))
