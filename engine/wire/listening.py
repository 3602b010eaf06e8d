"""A port that goes on where its process has no descriptors left: it rests for a second, then takes connections again.

The system gives each new descriptor the lowest free number: a connection with a high one is one too many, and what is
kept in hand stays for files. It must not know what is served.
"""

import errno
import logging
import socket
import time
from collections.abc import Iterable
from typing import Any

from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.tcpserver import TCPServer

from engine.counters import Ports
from engine.wire.descriptors import for_connections

log = logging.getLogger(__name__)
PAUSE = 1.0  # seconds without new connections
AT_ONCE = 4  # connections taken in a turn of the loop: with Tornado's 128 others waited 100 ms and more
WELL = 10.0  # seconds without a pause, after which the next one is said again
WANTING = frozenset((errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM))


def listen(server: TCPServer, port: int, hosts: Iterable[str], *, counted: Ports | None = None) -> None:
    """Let a server take connections at a port; how often it could not is counted."""
    shortage = Shortage(counted or Ports())
    for host in hosts:
        bound = bind_sockets(port, host)
        server.add_sockets([PatientSocket(one, shortage) for one in bound])


class Shortage:
    """What the ports of a server say of it."""

    def __init__(self, counted: Ports) -> None:
        self._counted = counted
        self._last: float | None = None

    def note(self, why: str) -> None:
        """Count it; say it once, and again only after all was well in between."""
        self._counted.pauses += 1
        now = time.monotonic()
        if self._last is None or now - self._last > WELL:
            log.warning(
                "the server takes no new connections until some are closed: %s; those there are go on. Raise the "
                "number of files a process may open (LimitNOFILE=), or see who holds so many connections",
                why,
            )
        self._last = now


class PatientSocket(socket.socket):
    """A listening socket in the place of `bound`, as Tornado asks it for connections."""

    def __init__(self, bound: socket.socket, shortage: Shortage) -> None:
        super().__init__(bound.family, bound.type, bound.proto, bound.detach())
        self._shortage = shortage
        self._taken = 0

    def accept(self) -> tuple[socket.socket, Any]:
        """The next connection. Raises `BlockingIOError` where there is none, or none can be taken in this turn.

        Tornado asks until it does; the loop comes back to whoever still waits.
        """
        if self._taken == AT_ONCE:
            self._taken = 0
            raise BlockingIOError
        try:
            connection, address = super().accept()
        except BlockingIOError:
            self._taken = 0
            raise
        except OSError as error:
            if error.errno not in WANTING:
                raise
            self._rest(str(error.strerror).lower())
            raise BlockingIOError from error
        most = for_connections()
        if connection.fileno() >= most:
            connection.close()
            self._rest(f"{most} files and connections are open")
            raise BlockingIOError
        self._taken += 1
        return connection, address

    def _rest(self, why: str) -> None:
        self._shortage.note(why)
        loop = IOLoop.current()
        loop.update_handler(self, 0)
        loop.call_later(PAUSE, self._go_on)

    def _go_on(self) -> None:
        if self.fileno() >= 0:  # the server may have ended meanwhile
            IOLoop.current().update_handler(self, IOLoop.READ)
