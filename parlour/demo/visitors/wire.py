"""A visitor's websocket that comes back by itself, as the widget's own does. It must not know what is said on it."""

import asyncio
import logging
import random
from collections.abc import Callable
from typing import Generic, Self, TypeVar

import msgspec
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection

from engine.wire.dial import dial, hang_up
from engine.wire.stream import dialled_stream
from widget import protocol

log = logging.getLogger(__name__)
Incoming = TypeVar("Incoming")
CONNECT_TIMEOUT = 10.0  # seconds
PAUSES = (0.5, 1, 2, 4, 8, 15)  # seconds, each times a random half to whole


class Wire(Generic[Incoming]):
    """A connection to `url` for as long as the context lasts.

    Each connection begins with the frame `hello()`. `take` gets what comes, decoded by `decoder`.
    """

    def __init__(
        self,
        url: str,
        *,
        headers: dict[str, str],
        decoder: msgspec.json.Decoder[Incoming],
        hello: Callable[[], protocol.Frame],
        take: Callable[[Incoming], None],
    ) -> None:
        self._request = HTTPRequest(url, headers=headers, connect_timeout=CONNECT_TIMEOUT)
        self._decoder = decoder
        self._hello = hello
        self._take = take
        self._socket: WebSocketClientConnection | None = None
        self._running: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._running = asyncio.create_task(self._run(), name="visitor's wire")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    def send(self, frame: msgspec.Struct) -> None:
        """Send a frame, if there is a connection; else it is lost."""
        if self._socket is not None and dialled_stream(self._socket) is not None:
            self._socket.write_message(msgspec.json.encode(frame).decode())

    async def _run(self) -> None:
        failures = 0
        while True:
            try:
                self._socket = await dial(self._request)
                failures = 0
                await self._listen(self._socket)
            except Exception as error:  # Tornado's HTTP errors, OSError, a bad frame: a reason to come back
                log.info("a visitor's socket was lost: %r", error)
            finally:
                if self._socket is not None:
                    self._socket.close()
                self._socket = None
            pause = PAUSES[min(failures, len(PAUSES) - 1)]
            await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - jitter
            failures += 1

    async def _listen(self, socket: WebSocketClientConnection) -> None:
        try:
            self.send(self._hello())
            while (message := await socket.read_message()) is not None:
                self._take(self._decoder.decode(message))
        except BaseException:
            await hang_up(socket)
            raise
