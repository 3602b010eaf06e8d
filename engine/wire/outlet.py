"""The way out to one websocket: what a slow reader does not take is bounded; past it the reader is cut off to resync.

What is sent in one turn of the loop goes out in one system call, past Tornado's `write_message`, which would also make
a task for each frame. It must not know what the frames say.
"""

import asyncio
from asyncio import Future
from typing import Any

from tornado.iostream import StreamClosedError
from tornado.websocket import WebSocketHandler

from engine.counters import Sockets
from engine.limits.table import UNTAKEN
from engine.wire.stream import is_open, writable

TOO_SLOW = 4408
BOUND = UNTAKEN.most  # bytes


class Outlet:
    """Sends to one websocket, uncompressed, without ever waiting for it; in `counted` it says who was too slow."""

    def __init__(self, socket: WebSocketHandler, *, bound: int = BOUND, counted: Sockets | None = None) -> None:
        self._socket, self._bound, self._waiting = socket, bound, 0
        self._counted, self._cut = counted or Sockets(), False
        self._turn: list[bytes] = []

    def send(self, text: bytes) -> None:
        """Send a JSON text with this turn's; past the bound the socket is closed with 4408, and what comes later is
        dropped.
        """
        if not is_open(self._socket):
            return
        frame = frame_of(text)
        if self._waiting + len(frame) > self._bound:
            self._counted.too_slow += not self._cut
            self._cut = True
            self._socket.close(TOO_SLOW, "too-slow")
            return
        if not self._turn:
            asyncio.get_running_loop().call_soon(self.flush)
        self._turn.append(frame)
        self._waiting += len(frame)

    def flush(self) -> None:
        """Hand over what this turn has sent: at its end, or before the socket is closed."""
        frames, self._turn = b"".join(self._turn), []
        stream = writable(self._socket)
        if not frames or stream is None:
            return
        try:
            written = stream.write(frames)
        except StreamClosedError:
            return
        written.add_done_callback(lambda done: self._taken(done, len(frames)))

    def _taken(self, done: "Future[Any]", size: int) -> None:
        self._waiting -= size
        if not done.cancelled():
            done.exception()  # a closed socket is no error here: its reader comes back and resyncs


def frame_of(text: bytes) -> bytes:
    """A whole text frame from a server (RFC 6455 §5.2): its head is 0x81, and the length in 7, 16 or 64 bits."""
    size = len(text)
    if size < 126:
        return b"\x81%c%b" % (size, text)
    if size < 1 << 16:
        return b"\x81\x7e%b%b" % (size.to_bytes(2), text)
    return b"\x81\x7f%b%b" % (size.to_bytes(8), text)
