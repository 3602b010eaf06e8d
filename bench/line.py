"""A websocket that comes back as the widget's own does (widget/client/wire/connection.js). It knows no frame."""

import asyncio
import random
import time
from collections.abc import Callable
from typing import Final

from bench.websocket import Way, Websocket, source

PATIENCE = 10.0  # seconds from opening to being welcomed
PAGE_CAP, CHAT_CAP = 20.0, 5.0  # the longest wait before a try, in seconds: open chats come back before the pages do
FIRST = 0.4  # seconds: the longest first wait
LATE = 6  # failed tries: a page that was welcomed once waits anywhere up to its cap, as open chats come first


def backoff(attempt: int, cap: float) -> float:
    """Seconds to wait before a try: exponential, full jitter."""
    return random.uniform(0, min(cap, FIRST * 2.0**attempt))  # noqa: S311 - jitter


class Line:
    """A connection that its owner wants to have; on opening it says `hello()`.

    Attributes:
        welcomed_at: when its owner was last welcomed (monotonic), None while it is not.
        losses: how often it was lost.

    """

    def __init__(
        self, way: Way, number: int, *, hello: Callable[[], bytes], take: Callable[[bytes], None], cap: float = PAGE_CAP
    ) -> None:
        self._way: Final = way
        self._number, self._hello, self._take, self._cap = number, hello, take, cap
        self._attempt, self._retired = 0, False
        self._timer: asyncio.TimerHandle | None = None
        self._socket: Websocket | None = None
        self._connecting: asyncio.Task[None] | None = None
        self.welcomed_at: float | None = None
        self.losses = 0

    def start(self) -> None:
        """Open it."""
        self._wait(PATIENCE, self.restart)
        self._connecting = asyncio.get_running_loop().create_task(self._connect(), name="a visitor's line")

    def settle(self, attempt: int = 0) -> None:
        """Welcomed: the next tries are quick again, or begin as if so many had failed."""
        self._attempt, self.welcomed_at = attempt, time.monotonic()
        self._stop_waiting()

    def say(self, text: bytes) -> bool:
        """Send a text; False where there is no connection."""
        if self._socket is None:
            return False
        self._socket.say(text)
        return True

    def restart(self) -> None:
        """Lost: come back after a while."""
        self._drop()
        self.losses += 1
        self._wait(backoff(self._attempt, self._cap), self.start)
        self._attempt += 1

    def retire(self) -> None:
        """Stop for good."""
        self._retired = True
        self._stop_waiting()
        self._drop()

    async def _connect(self) -> None:
        socket = self._socket = Websocket(self._way, opened=self._opened, take=self._take, gone=self._gone)
        loop, here = asyncio.get_running_loop(), source(self._number)
        try:
            await loop.create_connection(lambda: socket, "127.0.0.1", self._way.port, local_addr=here)
        except OSError:
            self.restart()

    def _opened(self, socket: Websocket) -> None:
        socket.say(self._hello())

    def _gone(self, socket: Websocket) -> None:
        if socket is self._socket and not self._retired:
            self.restart()

    def _drop(self) -> None:
        self.welcomed_at = None
        if self._connecting is not None and self._connecting is not asyncio.current_task():
            self._connecting.cancel()
        socket, self._socket = self._socket, None
        if socket is not None:
            socket.close()

    def _wait(self, seconds: float, then: Callable[[], None]) -> None:
        self._stop_waiting()
        if not self._retired:
            self._timer = asyncio.get_running_loop().call_later(seconds, then)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
