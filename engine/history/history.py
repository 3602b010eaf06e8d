"""`connect()` and what it gives: a running server's rows and events."""

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar, overload

import msgspec
import pyarrow as pa
from reactivex import Observable

from engine.events import Record
from engine.history import errors, feed, tables
from engine.history.result import Result
from engine.history.tables import Tables
from engine.history.wire import Wire

H = TypeVar("H", bound="History")
USUAL_URL = "http://127.0.0.1:8702"


@overload
def connect(url: str | None = None, token: str | None = None) -> "History": ...
@overload
def connect(url: str | None = None, token: str | None = None, *, kind: type[H]) -> H: ...
def connect(url: str | None = None, token: str | None = None, *, kind: Any = None) -> Any:
    """The history of the server at `url`, over `PARLOUR_URL`; `token` likewise over `PARLOUR_TOKEN`.

    `kind` is a `History` that can do more. Raises `NoServer` or `WrongToken` at once, rather than at the first query.
    """
    key = (token or os.environ.get("PARLOUR_TOKEN", "")).strip()
    if not key:
        raise errors.no_token()
    history = (kind or History)(Wire(url or os.environ.get("PARLOUR_URL") or USUAL_URL, key))
    history.query("SELECT 1")
    return history


Params = Sequence[Any] | Mapping[str, Any]


class History:
    """A server's rows and events, read-only and current to the second. Any thread may use it.

    What it raises are `HistoryError`s: `NoServer`, `WrongToken`, `BadSQL`, `TooSlow`, `TooBig`, `Busy`.
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def __repr__(self) -> str:
        return f"<the history of {self._wire.url}>"

    def query(self, sql: str, params: Params = ()) -> Result:
        """The rows of one SELECT, in DuckDB's SQL; `params` stand for its `?`, in order, or by name for its `$name`.

        Times and ids may be given as they are; a list of ids is compared by `= ANY(?::UUID[])`.
        """
        return Result(self._ask(sql, params))

    def tables(self) -> Tables:
        """The tables with their columns, and what each means."""
        return Tables(self._ask(tables.COLUMNS))

    def reports(self) -> Result:
        """The reports of the dashboard, as one asks them here: `query("FROM report_chats(?, ?)", [start, stop])`.

        A department's id may follow, in its place or by name: `department := ?`.
        """
        return Result(self._ask(tables.REPORTS))

    def events(self, after: int = 0, *, live: bool = True) -> Observable[Record]:
        """Return the engine's events past the position `after`, each once and in order, then those that happen.

        If not `live`, it completes with the last one that is kept. Cold; emits on a thread of its own; see
        `engine.history.feed.events`.
        """
        return feed.events(self._wire, after, live=live)

    def _ask(self, sql: str, params: Params = ()) -> pa.Table:
        given = dict(params) if isinstance(params, Mapping) else list(params)
        body = msgspec.json.encode({"sql": sql, "params": given}, enc_hook=_plain)
        with pa.ipc.open_stream(pa.py_buffer(self._wire.query(body, sql))) as reader:
            return reader.read_all()


def _plain(value: Any) -> Any:
    """A parameter of numpy or pandas as Python's own."""
    if hasattr(value, "item"):
        return value.item()
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} cannot be a parameter")
