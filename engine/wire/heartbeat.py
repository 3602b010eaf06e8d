"""Whether the other side of a websocket is still there: pings by us, and the kernel's own probes beneath them.

A ping costs main 0.1 ms: 10,000 idle visitors at a ping each 2.5 s would take a third of a core, so who uses it says
how often. The kernel's probes cost nothing and find a dead machine or cable within five seconds; they do not see past a
proxy, nor that a process stands still. It must not know who is there.
"""

import asyncio
import socket
import time
from collections.abc import Callable

from tornado.websocket import WebSocketClosedError, WebSocketHandler

from engine.counters import Sockets
from engine.wire.stream import stream_of

PROBES = {"TCP_KEEPIDLE": 2, "TCP_KEEPINTVL": 1, "TCP_KEEPCNT": 3, "TCP_USER_TIMEOUT": 5000}  # s, s, times, ms
LATE_S = 0.25  # a beat that is later says nothing of the other side


class Heartbeat:
    """Pings one websocket that was silent for a period; one that is so for another after it is cut off at once.

    It is told of what is `heard`; who writes anyway is not pinged. While frames still wait to be sent, a ping waits
    behind them: the kernel judges then. By `clock`, in seconds, it knows what is late.
    """

    def __init__(
        self,
        handler: WebSocketHandler,
        *,
        period: float,
        clock: Callable[[], float] = time.monotonic,
        counted: Sockets | None = None,
    ) -> None:
        self._counted = counted or Sockets()
        self._handler, self._period, self._clock = handler, period, clock
        self._heard, self._pinged, self._due = clock(), False, 0.0
        self._next: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin, as soon as the websocket is open."""
        if (stream := stream_of(self._handler)) is not None:
            _probe(stream.socket)
        self._again(self._period)

    def heard(self) -> None:
        """Something has come."""
        self._heard, self._pinged = self._clock(), False

    @property
    def asks(self) -> bool:
        """Whether a pong is waited for."""
        return self._pinged

    def stop(self) -> None:
        """The websocket is closed."""
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def _again(self, delay: float) -> None:
        self._due = self._clock() + delay
        self._next = asyncio.get_running_loop().call_later(delay, self._beat)

    def _beat(self) -> None:
        stream, now = stream_of(self._handler), self._clock()
        if stream is None or stream.closed():
            return
        if now - self._due > LATE_S:  # it was we who stood still: what has come meanwhile is not read yet
            self._again(self._period)
        elif not self._pinged and (left := self._heard + self._period - now) > self._period / 10:  # less: its last pong
            self._again(left)
        elif stream.writing():
            self._again(self._period)
        elif self._pinged:
            self._counted.silent += 1
            stream.close()  # a closing handshake would wait five seconds more for an answer that will not come
        else:
            self._ping()

    def _ping(self) -> None:
        self._pinged = True
        try:
            self._handler.ping()
        except WebSocketClosedError:
            return
        self._again(self._period)


def _probe(connection: socket.socket) -> None:
    """Let the kernel find out; what a system does not have is left out."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in PROBES.items():
        if (option := getattr(socket, name, None)) is not None:
            connection.setsockopt(socket.IPPROTO_TCP, option, value)
