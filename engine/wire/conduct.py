"""What is borne with on one websocket: so many frames that are none, and so many pings; then it is cut off.

Browsers send neither. It must not know what the frames say.
"""

from tornado.websocket import WebSocketHandler

from engine.limits import Budgets
from engine.limits.table import ADDRESS_FRAMES, BAD_FRAMES, CUT_OFF, FRAMES, PINGS
from engine.wire.stream import abort, is_open

MISBEHAVED = 1008  # RFC 6455 §7.4.1: a policy violation


class Conduct:
    """Of one websocket, by an address as limits count it."""

    def __init__(self, socket: WebSocketHandler, budgets: Budgets, address: str) -> None:
        self._socket, self._budgets, self._address = socket, budgets, address
        self._name = str(id(socket))

    def pace(self) -> float:
        """The seconds until it is the turn of the frame that has come; until then no other is read."""
        return self._budgets.pace((FRAMES, self._name), (ADDRESS_FRAMES, self._address))

    def bad_frame(self) -> None:
        """A frame was none."""
        if self._budgets.take((BAD_FRAMES, self._name)):
            self._cut("bad frames")

    def ping(self) -> None:
        """A ping came, or a pong that nobody asked for."""
        if self._budgets.take((PINGS, self._name)):
            self._cut("pings")

    def may_open(self) -> int:
        """0, or the seconds until somebody whose sockets were cut off may open another."""
        return self._budgets.wait(CUT_OFF, self._address)

    def _cut(self, why: str) -> None:
        """Close at once: what still comes is not read, nor what has come already."""
        if not is_open(self._socket):
            return
        self._budgets.take((CUT_OFF, self._address))
        abort(self._socket, MISBEHAVED, why)
