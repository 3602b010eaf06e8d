"""A tab's websocket: Bokeh's own, let in by the sign-in, with a heartbeat and a bound for what waits.

It must not know what its messages say.
"""

from typing import Any

from bokeh.core.serialization import UnknownReferenceError
from bokeh.server.protocol_handler import ProtocolHandler
from bokeh.server.session import ServerSession
from bokeh.util.token import get_token_payload
from panel.io.server import WSHandler
from tornado.websocket import WebSocketHandler, WebSocketProtocol, WebSocketProtocol13

from dashboard.outgoing import Outgoing
from dashboard.signins import NOT_YOURS, SIGNED_OUT, SignIns
from engine.door.interface import DoorError
from engine.wire.heartbeat import Heartbeat

BEAT_S = 2.5  # a browser that is silent for as long after a ping is gone: its operator is not present


class Messages(ProtocolHandler):
    """Bokeh's messages, where a browser may still tell of what has left the document.

    A plot that was just replaced reports its size: that crosses on the way, and is no error.
    """

    def __init__(self) -> None:
        super().__init__()
        self._handlers["PATCH-DOC"] = self._patch

    @staticmethod
    async def _patch(message: Any, connection: Any) -> Any:
        try:
            return await ServerSession.patch(message, connection)
        except UnknownReferenceError:
            return connection.ok(message)


class TabSocket(WSHandler):
    """A tab's websocket: only with the cookie of the sign-in its page was made for."""

    heartbeat: Heartbeat | None = None

    def get_websocket_protocol(self) -> WebSocketProtocol | None:
        """Tornado's own, with a bound for what waits."""
        stock = super().get_websocket_protocol()
        return Outgoing(self, False, stock.params) if isinstance(stock, WebSocketProtocol13) else None

    async def prepare(self) -> None:
        """Refuse before the handshake who is not signed in, or does not say where they come from."""
        if "Origin" not in self.request.headers:
            self.set_status(403)
            self.finish()
            return
        try:
            await super().prepare()
        except DoorError:
            self.set_status(503)
            self.finish()

    def open(self, *args: str, **kwargs: str) -> None:
        """Send each of a message's frames at once; else they wait for one another's acknowledgement (40 ms)."""
        self.set_nodelay(True)
        self.heartbeat = Heartbeat(self, period=BEAT_S)
        self.heartbeat.start()
        super().open(*args, **kwargs)

    async def on_message(self, fragment: str | bytes) -> None:
        """Take a frame, which is a sign of life too."""
        if self.heartbeat is not None:
            self.heartbeat.heard()
        await super().on_message(fragment)

    def on_pong(self, data: bytes) -> None:
        """A sign of life."""
        if self.heartbeat is not None:
            self.heartbeat.heard()

    async def write_message(self, message: Any, binary: bool = False, locked: bool = True) -> None:
        """Hand a frame over without waiting for the browser.

        Bokeh waits under its lock; meanwhile Panel would keep, uncounted, what else there is to send.
        """
        WebSocketHandler.write_message(self, message, binary)

    async def _async_open(self, token: str) -> None:
        if get_token_payload(token).get("login") != self.current_user:
            self.close(NOT_YOURS, "not yours")
            return
        sign_in = self._signins.by_id(self.current_user)
        if sign_in is None:
            self.close(SIGNED_OUT, "signed out")
            return
        await super()._async_open(token)
        self.handler = Messages()
        if self.ws_connection is not None and self.connection is not None:
            self._signins.enter(sign_in, self, tab=self.connection.session.id)

    def on_close(self) -> None:
        """The tab is gone: presence ends here, not when the session is destroyed."""
        if self.heartbeat is not None:
            self.heartbeat.stop()
        self._signins.leave(self.current_user, self)
        super().on_close()

    @property
    def _signins(self) -> SignIns:
        signins: SignIns = self.application.settings["signins"]
        return signins
