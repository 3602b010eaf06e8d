"""The dashboard's way to what has been: questions in SQL to the analytics process, answered as Arrow tables.

It must not know what is asked. What goes wrong is one of `engine.history.errors`, in words for people; while the tables
are being made a question is asked once more. A question whose asker is cancelled ends at the other side too.
"""

import asyncio
import io
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec
import pyarrow as pa

from dashboard.history.exchange import BrokenOff, NotThere, exchange
from dashboard.history.question import Param
from engine.door.interface import DoorError
from engine.history import errors

CONNECTING, WAITING = 2.0, 15.0  # seconds; a query is ended after ten
AGAIN = 1.0  # seconds until a question is asked once more
HEALTH = 5.0  # seconds for the answer how far the tables are
AT_ONCE = 8  # as many answers the server sends at once
OK = 200


class _Health(msgspec.Struct):
    ready: bool
    stale: bool


class AnalyticsClient:
    """Asks the analytics process at `url` with the analysts' token, which `token` tells at the first question."""

    def __init__(self, url: str, token: Callable[[], Awaitable[str]]) -> None:
        self._url, self._token = url.rstrip("/"), token
        self._headers: dict[str, str] = {}
        self._free = asyncio.Semaphore(AT_ONCE)

    async def query(self, sql: str, params: Sequence[Param] = ()) -> pa.Table:
        """See `History`."""
        try:
            return await self._asked(sql, params)
        except errors.NotReady:
            await asyncio.sleep(AGAIN)
            return await self._asked(sql, params)

    async def stale(self) -> bool:
        """See `History`."""
        status, body = await self._fetch("/health", None, waiting=HEALTH)
        try:
            health = msgspec.json.decode(body, type=_Health)
        except msgspec.DecodeError:
            raise errors.not_ours(self._url, status) from None
        return health.stale or not health.ready

    async def _asked(self, sql: str, params: Sequence[Param]) -> pa.Table:
        question = msgspec.json.encode({"sql": sql, "params": list(params)})
        if not self._headers:
            self._headers = await self._with_token()
        status, body = await self._fetch("/query", question, waiting=WAITING)
        if status != OK:
            raise errors.told(self._url, status, body, sql)
        return _table(self._url, body)

    async def _with_token(self) -> dict[str, str]:
        try:
            return {"Authorization": f"Bearer {await self._token()}", "Content-Type": "application/json"}
        except DoorError as away:
            raise errors.no_leave(away.reason) from None

    async def _fetch(self, path: str, body: bytes | None, *, waiting: float) -> tuple[int, bytes]:
        headers = {} if body is None else self._headers
        try:
            async with self._free:
                return await exchange(
                    f"{self._url}{path}", headers=headers, body=body, connecting=CONNECTING, waiting=waiting
                )
        except BrokenOff:
            raise errors.broken(self._url) from None
        except NotThere:
            raise errors.no_server(self._url) from None


def _table(url: str, body: bytes) -> Any:
    try:
        with pa.ipc.open_stream(io.BytesIO(body)) as stream:
            return stream.read_all()
    except pa.ArrowInvalid:
        raise errors.not_ours(url, OK) from None
