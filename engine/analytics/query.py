"""One question: through the gate, in a read-only transaction, within its time and size, into a spooled answer.

An analyst's query is answered by an Arrow stream, a screen by JSON: all that it asks, at one moment of the tables.

The whole answer is written aside before its first byte is sent. So an error is always told as one, and a slow reader
holds no transaction and no slot.
"""

import os
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pyarrow as pa

from engine.analytics import errors
from engine.analytics.screens.screen import Params, Row, Scalar, Screen

Spool = tempfile.SpooledTemporaryFile[bytes]
BATCH = 16_384  # rows
IN_MEMORY = 4 << 20  # bytes of a result; a larger one goes through a nameless file


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an analyst asks; a parameter may be a list, for `= ANY(?::UUID[])`. They are in order, or by name."""

    sql: str
    params: list[Scalar | list[Scalar]] | dict[str, Scalar | list[Scalar]] = []


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much one analyst may take from the others.

    Attributes:
        seconds: until a query is interrupted.
        grace: seconds from then until the process is ended, if it is still at it.
        slots: questions at once, and `shown_slots` screens, which no question keeps from theirs; of each kind
            `waiting` more may wait for a slot, for `patience` seconds.
        rows: of an answer to an analyst; `shown` of one that a screen asks for.
        sending: answers on their way at once, of each kind; `streams` of events likewise.
        body: bytes of a question.

    """

    seconds: float = 10.0
    grace: float = 1.5
    slots: int = 2
    shown_slots: int = 2
    waiting: int = 6
    patience: float = 5.0
    sending: int = 8
    streams: int = 32
    rows: int = 2_000_000
    shown: int = 20_000
    size: int = 256 << 20
    body: int = 64 << 10


class Answer:
    """A result, ready to be sent, of `size` bytes. To be closed."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self.size = spool.seek(0, os.SEEK_END)
        spool.seek(0)

    def chunks(self) -> Iterator[bytes]:
        """The bytes, a piece at a time."""
        while chunk := self._spool.read(256 << 10):
            yield chunk

    def close(self) -> None:
        """Give the room back."""
        self._spool.close()


def run(
    connection: duckdb.DuckDBPyConnection,
    asked: Question | Screen[Any],
    *,
    limits: Limits,
    folder: Path,
    on_hang: Callable[[], None],
) -> Answer:
    """Answer a question; the connection is closed. `on_hang` is called when nothing but the process's end helps.

    Raises `Refusal`. Runs in a thread of its own.
    """
    spool = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, dir=str(folder))  # noqa: SIM115 - the answer closes it
    try:
        with _deadline(connection, limits, on_hang):
            connection.execute("BEGIN TRANSACTION READ ONLY")
            if isinstance(asked, Question):
                _fill(spool, connection, asked, limits)
            else:
                spool.write(msgspec.json.encode(asked.answer(AtOneMoment(connection, limits))))
        return Answer(spool)
    except BaseException as error:
        spool.close()
        raise errors.explained(
            error, asked.sql if isinstance(asked, Question) else "", seconds=limits.seconds
        ) from error
    finally:
        with suppress(duckdb.Error):
            connection.execute("ROLLBACK")
        connection.close()


@contextmanager
def _deadline(connection: duckdb.DuckDBPyConnection, limits: Limits, on_hang: Callable[[], None]) -> Iterator[None]:
    """Interrupt what is asked within when its time is over; what does not heed that hangs in one huge value."""
    interrupt = threading.Timer(limits.seconds, connection.interrupt)
    hang = threading.Timer(limits.seconds + limits.grace, on_hang)
    for timer in (interrupt, hang):
        timer.daemon = True
        timer.start()
    try:
        yield
    finally:
        interrupt.cancel()
        hang.cancel()


class AtOneMoment:
    """The tables within one transaction, as a screen asks them."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, limits: Limits) -> None:
        self._connection, self._limits = connection, limits

    def rows(self, sql: str, params: Params = ()) -> list[Row]:
        """The rows of one SELECT."""
        most, found = self._limits.shown, list[Row]()
        for batch in _ask(self._connection, sql, params):
            found += batch.to_pylist()
            if len(found) > most:
                raise errors.too_large(f"{most:,} rows")
        return found


def _fill(spool: Spool, connection: duckdb.DuckDBPyConnection, question: Question, limits: Limits) -> None:
    reader = _ask(connection, question.sql, question.params)
    rows = 0
    with pa.ipc.new_stream(spool, reader.schema) as stream:
        for batch in reader:
            rows += batch.num_rows
            if rows > limits.rows:
                raise errors.too_large(f"{limits.rows:,} rows")
            if spool.tell() + batch.nbytes > limits.size:
                raise errors.too_large(f"{limits.size >> 20} MiB")
            stream.write_batch(batch)


def _ask(connection: duckdb.DuckDBPyConnection, sql: str, params: Params) -> Any:
    statement = gate(connection, sql)
    _fit(statement, params)
    return connection.execute(statement, params).to_arrow_reader(BATCH)


def gate(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """The one SELECT that `sql` is. Raises `Refusal`, or DuckDB's error about its syntax."""
    statements = connection.extract_statements(sql)
    if _is_unlisted_pivot(statements):
        raise errors.unlisted_pivot()
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise errors.not_one_select(len(statements))
    return statements[0]


def _is_unlisted_pivot(statements: list[duckdb.Statement]) -> bool:
    """Whether it is one PIVOT that DuckDB takes apart: types that nobody wrote, and the SELECT that needs them."""
    if len(statements) < 2 or statements[-1].type != duckdb.StatementType.SELECT:
        return False
    return all(one.type == duckdb.StatementType.CREATE and not one.query for one in statements[:-1])


def _fit(statement: duckdb.Statement, params: Params) -> None:
    wanted = set(statement.named_parameters)
    if isinstance(params, Mapping):
        if wanted != set(params):
            raise errors.bad_params(f"The SQL has {_named(wanted)}, but {_named(params)} are given.")
        return
    if wanted - {str(number) for number in range(1, len(wanted) + 1)}:
        raise errors.bad_params("Parameters in a list are written ? or $1; by names they are given by names.")
    if len(wanted) != len(params):
        raise errors.bad_params(f"The SQL has {len(wanted)} parameters, but {len(params)} are given.")


def _named(names: Iterable[str]) -> str:
    return f"the parameters {', '.join(sorted(names))}" if names else "no parameters"
