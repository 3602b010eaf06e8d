"""The way out to one websocket: what a slow reader does not take is bounded; past it the reader is cut off to resync.

It must not know what the frames say.
"""

from asyncio import Future
from typing import Any

from tornado.websocket import WebSocketClosedError, WebSocketHandler

TOO_SLOW = 4408
BOUND = 4 << 20  # bytes that wait for one reader


class Outlet:
    """Sends to one websocket without ever waiting for it."""

    def __init__(self, socket: WebSocketHandler, *, bound: int = BOUND) -> None:
        self._socket, self._bound, self._waiting = socket, bound, 0

    def send(self, frame: bytes) -> None:
        """Send a JSON text frame; past the bound the socket is closed with 4408, and what comes later is dropped."""
        if self._socket.ws_connection is None:
            return
        if self._waiting + len(frame) > self._bound:
            self._socket.close(TOO_SLOW, "too-slow")
            return
        try:
            written = self._socket.write_message(frame, binary=False)
        except WebSocketClosedError:
            return
        self._waiting += len(frame)
        written.add_done_callback(lambda done: self._taken(done, len(frame)))

    def _taken(self, done: "Future[Any]", size: int) -> None:
        self._waiting -= size
        if not done.cancelled():
            done.exception()  # a closed socket is no error here: its reader comes back and resyncs
