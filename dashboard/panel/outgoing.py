"""What waits for one browser is bounded: past it the browser is cut off, comes back and gets everything anew.

Panel and Bokeh write past each other: Bokeh under a lock, Panel where that is free. All bytes come through the
protocol, so here they are counted. It must not know what the messages say.
"""

from asyncio import Future
from typing import Any

from tornado.websocket import WebSocketClosedError, WebSocketProtocol13

from engine.counters import Sockets
from engine.limits.table import UNTAKEN_TAB

TOO_SLOW = 4408
BOUND = UNTAKEN_TAB.most  # a message is never too long by itself


class Outgoing(WebSocketProtocol13):
    """The websocket's protocol, which counts what waits and closes with 4408 past `bound`.

    In `counted` it says who was too slow.
    """

    bound = BOUND
    waiting = 0
    cut = False

    def __init__(self, handler: Any, params: Any, *, counted: Sockets) -> None:
        super().__init__(handler, False, params)
        self.counted = counted

    def write_message(self, message: str | bytes | dict[str, Any], binary: bool = False) -> "Future[None]":
        """Send a frame."""
        if self.waiting and self.waiting + len(message) > self.bound:
            self.counted.too_slow += not self.cut
            self.cut = True
            self.close(TOO_SLOW, "too slow")
            raise WebSocketClosedError
        self.waiting += len(message)
        written = super().write_message(message, binary)
        written.add_done_callback(lambda done: self._taken(done, len(message)))
        return written

    def _taken(self, done: "Future[None]", size: int) -> None:
        self.waiting -= size
        if not done.cancelled():
            done.exception()  # a closed socket is no error here: its browser comes back
