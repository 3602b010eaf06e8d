"""Histories for the tables: what tests elsewhere tell with names for ids, with UUIDs as the journal keeps them."""

import random
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import msgspec
from pysqlite3 import dbapi2 as sqlite3

from engine.events import Event, EventId, Record
from engine.events.codec import KINDS
from engine.journal.journal import make
from engine.journal.rows import to_row
from engine.journal.schema import INSERT_EVENT
from tests.engine.desk.test_random_histories import begin, step

IDS = {
    "id",  # of a part
    "site",
    "department",
    "departments",
    "operator",
    "operators",
    "candidates",
    "visitor",
    "visit",
    "page_view",
    "conversation",
    "message",
}


def id_of(name: str) -> str:
    """The UUID that stands for a name."""
    return str(uuid5(NAMESPACE_OID, name))


def with_ids(event: Event) -> Event:
    """The event with UUIDs in the place of names."""
    return _renamed(event, id_of)


def _renamed(event: Event, name: Callable[[str], str]) -> Event:
    def rename(value: Any, key: str = "") -> Any:
        match value:
            case dict():
                return {name: rename(one, name) for name, one in value.items()}
            case list() | tuple():
                return [rename(one, key) for one in value]
            case str() if key in IDS:
                return name(value)
        return value

    plain = msgspec.to_builtins(event, builtin_types=(type(event.at),))
    return msgspec.convert(rename(plain), KINDS[type(event).__name__])


def records(events: Iterable[Event], *, first: int = 1) -> list[Record]:
    """The events as the journal gives them."""
    return [
        Record(position=position, id=EventId(id_of(f"event {position}")), cause=id_of("cause"), event=with_ids(event))
        for position, event in enumerate(events, first)
    ]


def on_day(number: int, events: Iterable[Event]) -> list[Event]:
    """The events, so many days later and of other people: time never goes back."""
    moved = (msgspec.structs.replace(event, at=event.at + timedelta(days=number)) for event in events)
    return [_renamed(event, f"{number} {{}}".format) for event in moved]


def random_day(seed: int, steps: int = 150) -> list[Event]:
    """All that happened on a random day at the desk."""
    dice = random.Random(seed)
    play = begin(dice)
    for _ in range(steps):
        step(play, dice)
    return play.history


def write_journal(path: Path, events: Iterable[Event]) -> int:
    """A journal that holds the events (after those that it has); its last position."""
    make(path)
    database = sqlite3.connect(path, isolation_level=None)
    last = int(database.execute("SELECT coalesce(max(position), 0) FROM events").fetchone()[0])
    rows = [to_row(record) for record in records(events, first=last + 1)]
    database.execute("BEGIN")
    database.executemany(INSERT_EVENT, rows)
    database.execute("COMMIT")
    database.close()
    return last + len(rows)


class Told:
    """Events that the projector reads as it reads the journal's."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.events_kept = [with_ids(event) for event in events]

    def events(self, after: int, limit: int) -> list[tuple[int, Event]]:
        """The events past a position, which counts them from 1."""
        return list(enumerate(self.events_kept, 1))[after : after + limit]
