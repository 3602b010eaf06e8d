"""A long journal: days written out with other dates and other ids, each visitor coming on two days."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from msgspec.structs import replace
from pysqlite3 import dbapi2 as sqlite3

from bench.start.day import MORNING, Day
from engine.events import Event, EventId, Record, VisitStarted
from engine.journal.journal import make
from engine.journal.rows import Row, to_row, words_of
from engine.journal.schema import INDEX_TEXT, INSERT_EVENT

DAYS, VISITS = 2, 2_000  # different ones, and visits in each
COMMIT = 20_000  # events
UUIDS = re.compile(rb"([0-9a-f]{8}-[0-9a-f]{4})(-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})")
VISITOR = b"-7003-"
DATE = MORNING.strftime("%Y-%m-%d").encode()
DAY_MS = 86_400_000
NOBODY = str(UUID(int=0))


class _Line(NamedTuple):
    """An event of a day: its row, its subject, the pieces of its payload with a slot after each, and its text.

    A slot is an id or a date.
    """

    row: Row
    subject: bytes
    pieces: list[bytes]
    slots: list[bytes]
    text: str | None


def write(path: Path, events: int, *, tell: Callable[[str], None]) -> None:
    """Make a journal of so many events."""
    make(path)
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript("PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 20000; PRAGMA cache_size = -200000;")
    days = [Day(seed, VISITS) for seed in range(DAYS)]
    written = 0
    for rows, texts in _batches(days, events):
        database.execute("BEGIN")
        database.executemany(INSERT_EVENT, rows)
        database.executemany(INDEX_TEXT, texts)
        database.execute("COMMIT")
        written += len(rows)
        if written % 1_000_000 < COMMIT:
            tell(f"wrote {written:,} events")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def _batches(days: Sequence[Day], events: int) -> Iterator[tuple[list[Row], list[tuple[int, str]]]]:
    rows: list[Row] = []
    texts: list[tuple[int, str]] = []
    for position, (line, copy) in enumerate(_lines(days), start=1):
        if position > events:
            break
        rows.append(_moved(line, copy, position))
        if line.text is not None:
            texts.append((position, line.text))
        if len(rows) == COMMIT:
            yield rows, texts
            rows, texts = [], []
    if rows:
        yield rows, texts


def _lines(days: Sequence[Day]) -> Iterator[tuple[_Line, "_Copy"]]:
    first = _Copy(0)
    yield from ((_line(event, again=False), first) for event in days[0].house)
    once = [[_line(event, again=False) for event in day.events] for day in days]
    again = [[_line(event, again=True) for event in day.events] for day in days]
    number = 0
    while True:
        for pair in range(len(days)):
            for lines in (once[pair], again[pair]):
                copy = _Copy(number)
                yield from ((line, copy) for line in lines)
                number += 1


def _line(event: Event, *, again: bool) -> _Line:
    """`again`: on the second of a visitor's two days."""
    if again and isinstance(event, VisitStarted):
        event = _second_visit(event)
    record = Record(position=0, id=EventId(NOBODY), cause=NOBODY, event=event)
    row = to_row(record)
    pieces, slots, at = [], [], 0
    for found in re.finditer(UUIDS.pattern + rb"|" + DATE, row[8]):
        pieces.append(row[8][at : found.start()])
        slots.append(found.group())
        at = found.end()
    return _Line(row, (event.subject or "").encode(), [*pieces, row[8][at:]], slots, words_of(record))


def _second_visit(event: VisitStarted) -> VisitStarted:
    return replace(event, ordinal=event.ordinal + 1)


class _Copy:
    """One writing out of a day: its date, and its people."""

    def __init__(self, number: int) -> None:
        self.days = number
        self._date = (MORNING + timedelta(days=number)).strftime("%Y-%m-%d").encode()
        self._known: dict[bytes, bytes] = {DATE: self._date}
        self._subjects: dict[bytes, bytes] = {}

    def of(self, slot: bytes) -> bytes:
        """What stands in the place of an id or a date."""
        known = self._known.get(slot)
        if known is None:
            known = self._known[slot] = self._id(slot)
        return known

    def subject(self, subject: bytes) -> bytes | None:
        """The id as 16 bytes, None for none."""
        known = self._subjects.get(subject)
        if known is None and subject:
            known = self._subjects[subject] = bytes.fromhex(self.of(subject).decode().replace("-", ""))
        return known

    def _id(self, slot: bytes) -> bytes:
        milliseconds = int(slot[:8] + slot[9:13], 16)
        if milliseconds == 0:
            return slot  # the house's
        milliseconds += DAY_MS * (self.days // 2 * 2 if VISITOR in slot else self.days)
        return b"%08x-%04x" % (milliseconds >> 16, milliseconds & 0xFFFF) + slot[13:]


def _moved(line: _Line, copy: _Copy, position: int) -> Row:
    row: Any = line.row
    at = row[1] + copy.days * DAY_MS * 1_000
    payload = b"".join(
        part for pair in zip(line.pieces, [*map(copy.of, line.slots), b""], strict=True) for part in pair
    )
    own = (at // 1_000 << 80 | 7 << 76 | 2 << 62 | position).to_bytes(16, "big")
    return (position, at, row[2], row[3], copy.subject(line.subject), row[5], own, own, payload, row[9])
