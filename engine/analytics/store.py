"""The tables in one DuckDB file: opened within its limits, made where missing, written a batch at a time.

A batch is one transaction: rows, states and mark together, so that each event is in exactly once. What cannot be
opened is moved aside and made again. It must not know events.
"""

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pyarrow as pa

from engine.analytics import reports, schema
from engine.analytics.roll_ups import RollUps
from engine.analytics.rows import table
from engine.disk import is_full
from engine.facts import codec
from engine.facts.catalogue import FACTS, Fact
from engine.room import NoRoom

log = logging.getLogger(__name__)
FILE = "analytics.duckdb"
MEMORY = "768MB"  # for all queries and the projector together
PATIENCE = 5.0  # seconds for a predecessor that has the file

OPEN = "open."  # the pieces that unfinished rows come from
PIECES = ["fact", "piece", "state"]
REMEMBER = (
    "DELETE FROM store.states AS s USING batch AS b WHERE s.fact = b.fact AND s.piece = b.piece",
    "INSERT INTO store.states FROM batch WHERE state IS NOT NULL",
)
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
    """The open file. One connection writes; `cursor` gives others. Opening it raises `NoRoom` on a full disk."""

    def __init__(self, folder: Path, *, epoch: str) -> None:
        self._path, self._epoch = folder / FILE, epoch
        self._giving = threading.Lock()
        self._root = self._open()
        self._writer = self._root.cursor()
        self._roll_ups = RollUps(self._writer)
        self._saved: dict[str, Any] = {}

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
        pieces: dict[str, dict[str, bytes]] = {fact.name: {} for fact in FACTS}
        for name, piece, state in self._writer.execute("SELECT fact, piece, state FROM store.states").fetchall():
            pieces[name][piece] = state.encode()
        self._saved = {fact.name: codec.whole(fact.empty, pieces[fact.name]) for fact in FACTS}
        return dict(self._saved)

    def keep(self, rows: Mapping[str, list[msgspec.Struct]], states: Mapping[str, Any], mark: int) -> None:
        """Write a batch, whole or not at all."""
        self._writer.execute("BEGIN TRANSACTION")
        try:
            self._remember(states)
            for fact in FACTS:
                self._grow(fact, rows.get(fact.name, ()))
            self._roll_ups.roll(rows.get("page_views", ()))
            self._writer.execute("UPDATE store.mark SET position = ?", [mark])
            self._writer.execute("COMMIT")
        except BaseException:
            with suppress(duckdb.Error):
                self._writer.execute("ROLLBACK")
            self._roll_ups = RollUps(self._writer)
            raise
        self._saved = dict(states)

    def close(self) -> None:
        """Close the file; no query may run any more."""
        self._writer.close()
        self._root.close()

    # --- writing ---------------------------------------------------------------------------------------------------

    def _grow(self, fact: Fact, rows: Sequence[msgspec.Struct]) -> None:
        if rows:
            batch = table(fact, rows)
            grow = f"INSERT INTO {_closed(fact)} BY NAME FROM batch"
            self._with(batch, schema.merges().get(fact.name, grow))

    def _remember(self, states: Mapping[str, Any]) -> None:
        """Write what changed in the states, and the unfinished rows that go with it."""
        pieces: list[tuple[str, str, bytes | None]] = []
        for fact in FACTS:
            changed = codec.changes(self._saved[fact.name], states[fact.name])
            pieces += ((fact.name, piece, state) for piece, state in changed.items())
            keys = [piece.removeprefix(OPEN) for piece in changed if piece.startswith(OPEN)]
            if fact.unfinished is not None and keys:
                entries = [states[fact.name].open[key] for key in keys if key in states[fact.name].open]
                self._rewrite(fact, keys, [row for entry in entries for row in fact.unfinished(entry)])
        if pieces:
            batch = pa.Table.from_arrays(
                [pa.array(column, pa.string()) for column in zip(*pieces, strict=True)], PIECES
            )
            self._with(batch, *REMEMBER)

    def _rewrite(self, fact: Fact, keys: list[str], rows: Sequence[msgspec.Struct]) -> None:
        """Put rows in the place of the unfinished ones of these keys."""
        open_table, key = f"store.open_{fact.name}", fact.row.__struct_fields__[0]
        delete = f'DELETE FROM {open_table} WHERE "{key}" IN (SELECT unnest(?::UUID[]))'  # noqa: S608 - our own names
        self._writer.execute(delete, [keys])
        if rows:
            self._with(table(fact, rows), f"INSERT INTO {open_table} BY NAME FROM batch")

    def _with(self, batch: pa.Table, *statements: str) -> None:
        self._writer.register("batch", batch)
        try:
            for statement in statements:
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
            if is_full(error, self._path.parent):
                raise NoRoom from error
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
                file.with_name(f"{file.name}.broken").unlink(missing_ok=True)  # it may hold what is forgotten
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
