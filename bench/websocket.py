"""A client's websocket that costs next to nothing, so that many clients leave the processor to what is measured.

It masks with a key of zeros, which is a mask like any other (RFC 6455), and takes what servers here send: whole frames.
"""

import asyncio
import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass

TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA
NO_KEY = bytes(4)
USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
EACH_ADDRESS = 4  # clients that come from one address of 127.0.0.0/8, as of one house


@dataclass(frozen=True, kw_only=True)
class Way:
    """Where to, and as what page."""

    port: int
    path: str
    origin: str


class Websocket(asyncio.Protocol):
    """One connection: `opened` when frames may go out, `take` gets each text, `gone` is called once at its end."""

    def __init__(
        self,
        way: Way,
        *,
        opened: Callable[["Websocket"], None],
        take: Callable[[bytes], None],
        gone: Callable[["Websocket"], None],
    ) -> None:
        self._way, self._opened, self._take, self._gone = way, opened, take, gone
        self._transport: asyncio.Transport | None = None
        self._came = bytearray()
        self._open = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a websocket."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP
        self._transport = transport
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        transport.write(
            f"GET {self._way.path} HTTP/1.1\r\nHost: 127.0.0.1:{self._way.port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"Origin: {self._way.origin}\r\nUser-Agent: {USER_AGENT}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        """Take what has come."""
        self._came += data
        if not self._open and not self._answered():
            return
        while (frame := self._next()) is not None:
            self._handle(*frame)

    def connection_lost(self, _error: Exception | None) -> None:
        """It has ended."""
        self._gone(self)

    def say(self, text: bytes) -> None:
        """Send a text."""
        self._send(TEXT, text)

    def close(self) -> None:
        """End it."""
        if self._transport is not None:
            self._transport.abort()

    def _answered(self) -> bool:
        end = self._came.find(b"\r\n\r\n")
        if end < 0:
            return False
        if not self._came.startswith(b"HTTP/1.1 101 "):
            self.close()
            return False
        del self._came[: end + 4]
        self._open = True
        self._opened(self)
        return True

    def _next(self) -> tuple[int, bytes] | None:
        """The next whole frame that has come: what it is, and what it holds."""
        came = self._came
        if len(came) < 2:
            return None
        size, start = came[1], 2
        if size >= 126:
            start = 4 if size == 126 else 10
            size = int.from_bytes(came[2:start], "big")
        if len(came) < start + size:
            return None
        kind, body = came[0], bytes(came[start : start + size])
        del came[: start + size]
        return kind, body

    def _handle(self, kind: int, body: bytes) -> None:
        if kind == 0x80 | TEXT:
            self._take(body)
        elif kind == 0x80 | PING:
            self._send(PONG, body)
        else:  # a close, or what no server here sends
            self.close()

    def _send(self, kind: int, body: bytes) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        size = len(body)
        head = bytes((0x80 | kind, 0x80 | size)) if size < 126 else bytes((0x80 | kind, 0xFE)) + size.to_bytes(2, "big")
        self._transport.write(head + NO_KEY + body)


def source(number: int) -> tuple[str, int]:
    """The address from which the client of that number comes."""
    house = number // EACH_ADDRESS
    return f"127.{1 + house // 62_500}.{house // 250 % 250}.{1 + house % 250}", 0
