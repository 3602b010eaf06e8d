"""The tables in one DuckDB file: opened within its limits, made where missing, written a batch at a time.

A batch is one transaction: rows, states and mark together, so that each event is in exactly once. What cannot be
opened is moved aside and made again. It must not know events.
"""

import logging
import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pyarrow as pa

from engine.analytics import reports, schema
from engine.analytics.rows import table
from engine.facts import codec
from engine.facts.catalogue import FACTS, Fact

log = logging.getLogger(__name__)
FILE = "analytics.duckdb"
MEMORY = "768MB"  # for all queries and the projector together
PATIENCE = 5.0  # seconds for a predecessor that has the file

LOCKED = """
SET GLOBAL TimeZone = 'UTC';
SET GLOBAL errors_as_json = true;
SET GLOBAL enable_external_access = false;
SET GLOBAL max_temp_directory_size = '0KB';
SET GLOBAL allow_community_extensions = false;
SET GLOBAL autoload_known_extensions = false;
SET GLOBAL autoinstall_known_extensions = false;
SET GLOBAL python_enable_replacements = false;
SET GLOBAL lock_configuration = true;
"""


class InUse(Exception):
    """Another process has the file."""


class Unfit(Exception):
    """The file holds tables of another version or of another journal."""


class Store:
    """The open file. One connection writes; `cursor` gives others."""

    def __init__(self, folder: Path, *, epoch: str) -> None:
        self._path, self._epoch = folder / FILE, epoch
        self._giving = threading.Lock()
        self._root = self._open()
        self._writer = self._root.cursor()
        self._saved: dict[str, object] = {}

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Another connection, for one thread; to be closed by whoever asked for it."""
        with self._giving:
            return self._root.cursor()

    def mark(self) -> int:
        """The position of the last event in the tables."""
        (row,) = self._writer.execute("SELECT position FROM store.mark").fetchall()
        return int(row[0])

    def states(self) -> dict[str, Any]:
        """The facts' states at the mark."""
        kept = dict(self._writer.execute("SELECT fact, state FROM store.states").fetchall())
        states = {
            fact.name: codec.decode(type(fact.empty), kept[fact.name].encode()) if fact.name in kept else fact.empty
            for fact in FACTS
        }
        self._saved = dict(states)
        return states

    def keep(self, rows: Mapping[str, list[msgspec.Struct]], states: Mapping[str, Any], mark: int) -> None:
        """Write a batch, whole or not at all."""
        self._writer.execute("BEGIN TRANSACTION")
        try:
            for fact in FACTS:
                self._grow(fact, rows.get(fact.name, ()))
                if states[fact.name] is not self._saved.get(fact.name):
                    self._rewrite(fact, states[fact.name])
            self._writer.execute("UPDATE store.mark SET position = ?", [mark])
            self._writer.execute("COMMIT")
        except BaseException:
            with suppress(duckdb.Error):
                self._writer.execute("ROLLBACK")
            raise
        self._saved = dict(states)

    def close(self) -> None:
        """Close the file; no query may run any more."""
        self._writer.close()
        self._root.close()

    # --- writing ---------------------------------------------------------------------------------------------------

    def _grow(self, fact: Fact, rows: Iterable[msgspec.Struct]) -> None:
        batch = table(fact, rows)
        if batch.num_rows:
            grow = f"INSERT INTO {_closed(fact)} BY NAME FROM batch"
            self._with(batch, schema.merges().get(fact.name, grow))

    def _rewrite(self, fact: Fact, state: Any) -> None:
        if fact.unfinished is not None:
            self._writer.execute(f"DELETE FROM store.open_{fact.name}")  # noqa: S608 - a fact's name is ours
            batch = table(fact, fact.unfinished(state))
            if batch.num_rows:
                self._with(batch, f"INSERT INTO store.open_{fact.name} BY NAME FROM batch")
        self._writer.execute("DELETE FROM store.states WHERE fact = ?", [fact.name])
        self._writer.execute("INSERT INTO store.states VALUES (?, ?)", [fact.name, codec.encode(state).decode()])

    def _with(self, batch: pa.Table, statement: str) -> None:
        self._writer.register("batch", batch)
        try:
            self._writer.execute(statement)
        finally:
            self._writer.unregister("batch")

    # --- opening ---------------------------------------------------------------------------------------------------

    def _open(self) -> duckdb.DuckDBPyConnection:
        try:
            return self._fit(self._connect())
        except Unfit as reason:
            log.info("the tables are made again: %s", reason)
            self._take_away(None)
        except (duckdb.Error, msgspec.MsgspecError) as error:
            log.warning("%s cannot be read and is moved aside; the tables are made again: %s", FILE, error)
            self._take_away(".broken")
        return self._fit(self._connect())

    def _connect(self) -> duckdb.DuckDBPyConnection:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return duckdb.connect(str(self._path), config={"threads": 2, "memory_limit": MEMORY})
            except duckdb.IOException as error:
                if "lock" not in str(error).lower():
                    raise
                if time.monotonic() > deadline:
                    raise InUse(FILE) from None
                time.sleep(0.05)

    def _fit(self, database: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
        """Lock the settings, and make what is missing. Raises `Unfit` for tables that are not these."""
        try:
            if not _there(database):
                _make(database, self._epoch)
            _check(database, self._epoch)
            reports.make(database)
            database.execute(LOCKED)
        except BaseException:
            database.close()
            raise
        return database

    def _take_away(self, suffix: str | None) -> None:
        for file in (self._path, self._path.with_name(f"{FILE}.wal")):
            if not file.exists():
                continue
            if suffix is None:
                file.unlink()
            else:
                file.replace(file.with_name(f"{file.name}{suffix}"))


def _closed(fact: Fact) -> str:
    return fact.name if fact.unfinished is None else f"store.closed_{fact.name}"


def _there(database: duckdb.DuckDBPyConnection) -> bool:
    found = database.execute("SELECT 1 FROM duckdb_tables() WHERE schema_name = 'store' AND table_name = 'meta'")
    return bool(found.fetchall())


def _make(database: duckdb.DuckDBPyConnection, epoch: str) -> None:
    """All tables, in one transaction, so that a start that is broken off leaves none."""
    database.execute("BEGIN TRANSACTION")
    for statement in schema.tables():
        database.execute(statement)
    for statement in _comments_of_parts(database):
        database.execute(statement)
    meta = {"version": schema.version(), "epoch": epoch}
    database.executemany("INSERT INTO store.meta VALUES (?, ?)", list(meta.items()))
    database.execute("COMMIT")


def _comments_of_parts(database: duckdb.DuckDBPyConnection) -> list[str]:
    """What documents a view documents the two tables that it unites."""
    parts = {"closed": "those that are finished", "open": "those that are unfinished"}
    views = database.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
    statements = [
        f"COMMENT ON TABLE store.{part}_{view} IS 'The rows of {view}: {which}.'"
        for (view,) in views
        for part, which in parts.items()
    ]
    documented = database.execute(
        "SELECT c.table_name, c.column_name, c.comment FROM duckdb_columns() AS c "
        "JOIN duckdb_views() AS v ON v.view_name = c.table_name WHERE NOT v.internal"
    ).fetchall()
    for view, column, comment in documented:
        text = str(comment).replace("'", "''")
        statements += [f"""COMMENT ON COLUMN store.{part}_{view}."{column}" IS '{text}'""" for part in parts]
    return statements


def _check(database: duckdb.DuckDBPyConnection, epoch: str) -> None:
    meta = dict(database.execute("SELECT name, value FROM store.meta").fetchall())
    if meta.get("version") != schema.version():
        raise Unfit("they were made by another version")
    if meta.get("epoch") != epoch:
        raise Unfit("they were made of another journal")
