"""The dashboard's way to what has been: what a screen needs, asked of the analytics process at once.

It must not know what is asked. What goes wrong is one of `engine.history.errors`, in words for people; while the tables
are being made a question is asked once more. A question whose asker is cancelled ends at the other side too.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec

from dashboard.history.exchange import BrokenOff, NotThere, exchange
from engine.analytics.screens.screen import Screen, Told, answer_of
from engine.door.interface import DoorError
from engine.history import errors

CONNECTING, WAITING = 2.0, 15.0  # seconds; a question is ended after ten
AGAIN = 1.0  # seconds until a question is asked once more
AT_ONCE = 8  # as many answers the server sends at once
OK = 200
A = TypeVar("A")


class AnalyticsClient:
    """Asks the analytics process at `url` with the analysts' token, which `token` tells at the first question."""

    def __init__(self, url: str, token: Callable[[], Awaitable[str]]) -> None:
        self._url, self._token = url.rstrip("/"), token
        self._headers: dict[str, str] = {}
        self._free = asyncio.Semaphore(AT_ONCE)

    async def ask(self, screen: Screen[A]) -> Told[A]:
        """See `History`."""
        try:
            return await self._asked(screen)
        except errors.NotReady:
            await asyncio.sleep(AGAIN)
            return await self._asked(screen)

    async def _asked(self, screen: Screen[A]) -> Told[A]:
        if not self._headers:
            self._headers = await self._with_token()
        status, body = await self._fetch("/screen", msgspec.json.encode(screen))
        if status != OK:
            raise errors.told(self._url, status, body)
        try:
            told: Told[A] = msgspec.json.decode(body, type=_told(type(screen)))
        except msgspec.DecodeError:
            raise errors.not_ours(self._url, status) from None
        return told

    async def _with_token(self) -> dict[str, str]:
        try:
            return {"Authorization": f"Bearer {await self._token()}", "Content-Type": "application/json"}
        except DoorError as away:
            raise errors.no_leave(away.reason) from None

    async def _fetch(self, path: str, body: bytes) -> tuple[int, bytes]:
        try:
            async with self._free:
                return await exchange(
                    f"{self._url}{path}", headers=self._headers, body=body, connecting=CONNECTING, waiting=WAITING
                )
        except BrokenOff:
            raise errors.broken(self._url) from None
        except NotThere:
            raise errors.no_server(self._url) from None


def _told(screen: type[Screen[Any]]) -> Any:
    kind: Any = Told
    return kind[answer_of(screen)]
