"""The tables of a test: made of a story, asked, and compared."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from engine.analytics import schema
from engine.analytics.projector import Projector
from engine.analytics.store import Store
from engine.events import Event
from engine.facts.catalogue import FACTS
from tests.engine.analytics.days import Told

EPOCH = "first"


@contextmanager
def opened(folder: Path, *, epoch: str = EPOCH) -> Iterator[Store]:
    store = Store(folder, epoch=epoch)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def tables_of(folder: Path, events: Iterable[Event], *, batch: int = 20_000) -> Iterator[Store]:
    """The tables of all that happened."""
    with opened(folder) as store:
        project(store, events, batch=batch)
        yield store


def project(store: Store, events: Iterable[Event], *, batch: int = 20_000) -> Projector:
    """Go on from where the tables are, to the last of the events."""
    projector = Projector(Told(events), store)
    while projector.go_on(batch):
        pass
    return projector


def ask(store: Store, sql: str, *params: object) -> list[dict[str, Any]]:
    """The rows of an answer."""
    cursor = store.cursor()
    try:
        rows: list[dict[str, Any]] = cursor.execute(sql, list(params)).to_arrow_table().to_pylist()
        return rows
    finally:
        cursor.close()


def everything(store: Store) -> dict[str, list[str]]:
    """All rows of all tables, each table's in one order, whatever order they stand in."""
    names = [fact.name for fact in FACTS] + ["store.states", "store.mark", "store.rolled"]
    names += [f"store.{name}" for name in schema.rolls()]
    return {name: sorted(str(row) for row in ask(store, f"FROM {name}")) for name in names}
