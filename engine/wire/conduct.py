"""What is borne with on one websocket: so many frames that are none, and so many pings; then it is cut off.

Browsers send neither. It must not know what the frames say.
"""

from tornado.websocket import WebSocketHandler

from engine.limits import Budgets
from engine.limits.table import ADDRESS_BAD_FRAMES, BAD_FRAMES, FRAMES, PINGS
from engine.wire.stream import stream_of

MISBEHAVED = 1008  # RFC 6455 §7.4.1: a policy violation


class Conduct:
    """Of one websocket, by an address as limits count it."""

    def __init__(self, socket: WebSocketHandler, budgets: Budgets, address: str) -> None:
        self._socket, self._budgets, self._address = socket, budgets, address
        self._name = str(id(socket))

    def pace(self) -> int:
        """0, or the seconds until the frame that has come is taken, and the next one is read."""
        return self._budgets.take((FRAMES, self._name))

    def bad_frame(self) -> None:
        """A frame was none."""
        if self._budgets.take((BAD_FRAMES, self._name), (ADDRESS_BAD_FRAMES, self._address)):
            self.cut("bad frames")

    def ping(self) -> None:
        """A ping came, or a pong that nobody asked for."""
        if self._budgets.take((PINGS, self._name)):
            self.cut("pings")

    def cut(self, why: str) -> None:
        """Close at once: what still comes is not read."""
        stream = stream_of(self._socket)
        self._socket.close(MISBEHAVED, why)
        if stream is not None:
            stream.close()
