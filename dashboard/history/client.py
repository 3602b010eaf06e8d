"""The dashboard's way to what has been: questions in SQL to the analytics process, answered as Arrow tables.

It must not know what is asked. What goes wrong is one of `engine.history.errors`, in words for people; while the tables
are being made a question is asked once more.
"""

import asyncio
import io
from collections.abc import Sequence
from typing import Any, Protocol

import msgspec
import pyarrow as pa
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest, HTTPResponse

from engine.history import errors

Param = bool | int | float | str | None | list[str]
CONNECTING, WAITING = 2.0, 15.0  # seconds; a query is ended after ten
AGAIN = 1.0  # seconds until a question is asked once more
AT_ONCE = 8  # as many answers the server sends at once
OK = 200


class History(Protocol):
    """What pages ask."""

    async def query(self, sql: str, params: Sequence[Param] = ()) -> pa.Table:
        """The result of one SELECT; parameters are $1, $2 …. Raises `HistoryError`."""
        ...

    async def stale(self) -> bool:
        """Whether the tables are behind what happened. Raises `HistoryError`."""
        ...


class NoHistory:
    """A dashboard without an analytics process."""

    async def query(self, sql: str, params: Sequence[Param] = ()) -> pa.Table:
        """Nobody answers."""
        raise errors.no_server("(none)")

    async def stale(self) -> bool:
        """Nobody answers."""
        raise errors.no_server("(none)")


class _Health(msgspec.Struct):
    ready: bool
    stale: bool


class AnalyticsClient:
    """Asks the analytics process at `url` with the analysts' key."""

    def __init__(self, url: str, key: str) -> None:
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        self._http = AsyncHTTPClient(force_instance=True, max_clients=AT_ONCE)

    def close(self) -> None:
        """Ask nothing any more."""
        self._http.close()

    async def query(self, sql: str, params: Sequence[Param] = ()) -> pa.Table:
        """See `History`."""
        try:
            return await self._asked(sql, params)
        except errors.NotReady:
            await asyncio.sleep(AGAIN)
            return await self._asked(sql, params)

    async def stale(self) -> bool:
        """See `History`."""
        response = await self._fetch(HTTPRequest(f"{self._url}/health", connect_timeout=CONNECTING, request_timeout=5))
        try:
            health = msgspec.json.decode(response.body, type=_Health)
        except msgspec.DecodeError:
            raise errors.not_ours(self._url, response.code) from None
        return health.stale or not health.ready

    async def _asked(self, sql: str, params: Sequence[Param]) -> pa.Table:
        body = msgspec.json.encode({"sql": sql, "params": list(params)})
        request = HTTPRequest(
            f"{self._url}/query", method="POST", headers=self._headers, body=body,
            connect_timeout=CONNECTING, request_timeout=WAITING,
        )  # fmt: skip
        response = await self._fetch(request)
        if response.code != OK:
            raise errors.told(self._url, response.code, response.body, sql)
        return _table(self._url, response.body)

    async def _fetch(self, request: HTTPRequest) -> HTTPResponse:
        try:
            return await self._http.fetch(request, raise_error=False)
        except HTTPClientError as broken:  # 599: it broke off, or nothing came in time
            raise errors.broken(self._url) from broken
        except OSError:
            raise errors.no_server(self._url) from None


def _table(url: str, body: bytes) -> Any:
    try:
        with pa.ipc.open_stream(io.BytesIO(body)) as stream:
            return stream.read_all()
    except pa.ArrowInvalid:
        raise errors.not_ours(url, OK) from None
