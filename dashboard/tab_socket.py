"""A tab's websocket: Bokeh's own, let in by the sign-in, with a heartbeat and a bound for what waits.

It must not know what its messages say.
"""

from typing import Any

from bokeh.core.serialization import UnknownReferenceError
from bokeh.protocol.exceptions import ProtocolError
from bokeh.server.protocol_handler import ProtocolHandler
from bokeh.server.session import ServerSession
from bokeh.util.token import get_token_payload
from panel.io.server import WSHandler
from tornado.websocket import WebSocketHandler, WebSocketProtocol, WebSocketProtocol13

from dashboard.outgoing import Outgoing
from dashboard.signins import NOT_YOURS, SIGNED_OUT, SignIns
from engine.counters import Browsers, Sockets
from engine.door.interface import DoorError
from engine.heartbeat import Heartbeat

BEAT_S = 2.5  # a browser that is silent for as long after a ping is gone: its operator is not present


class Messages(ProtocolHandler):
    """Bokeh's messages, where a browser may still tell of what has left the document.

    A plot that was just replaced reports its size: that crosses on the way, and is no error.
    """

    def __init__(self, counted: Sockets) -> None:
        super().__init__()
        self._counted = counted
        self._handlers["PATCH-DOC"] = self._patch

    async def handle(self, message: Any, connection: Any) -> Any:
        """Do what a message says; one that nothing can be done with is counted, and answered with an error."""
        work = await super().handle(message, connection)
        self._counted.bad_frames += work is not None and work.msgtype == "ERROR"
        return work

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
        if not isinstance(stock, WebSocketProtocol13):
            return None
        return Outgoing(self, stock.params, counted=self._counted.tabs)

    def check_origin(self, origin: str) -> bool:
        """Only our own pages."""
        ours: bool = super().check_origin(origin)
        self._counted.not_let_in += not ours
        return ours

    async def prepare(self) -> None:
        """Refuse before the handshake who is not signed in, or does not say where they come from."""
        if "Origin" not in self.request.headers:
            self._counted.not_let_in += 1
            self.set_status(403)
            self.finish()
            return
        try:
            await super().prepare()
        except DoorError:
            self.set_status(503)
            self.finish()
        else:
            self._counted.not_let_in += self.current_user is None

    def open(self, *args: str, **kwargs: str) -> None:
        """Send each of a message's frames at once; else they wait for one another's acknowledgement (40 ms)."""
        self.set_nodelay(True)
        self.heartbeat = Heartbeat(self, period=BEAT_S, counted=self._counted.tabs)
        self.heartbeat.start()
        try:
            super().open(*args, **kwargs)
        except ProtocolError:  # its page's token is none, or too old
            self._counted.not_let_in += 1
            raise

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
            self._counted.not_let_in += 1
            self.close(NOT_YOURS, "not yours")
            return
        sign_in = self._signins.by_id(self.current_user)
        if sign_in is None:
            self._counted.not_let_in += 1
            self.close(SIGNED_OUT, "signed out")
            return
        await super()._async_open(token)
        self.handler = Messages(self._counted.tabs)
        if self.ws_connection is not None and self.connection is not None:
            self._signins.enter(sign_in, self, tab=self.connection.session.id)

    def _protocol_error(self, message: str) -> None:
        """A frame is none of Bokeh's."""
        self._counted.tabs.bad_frames += 1
        super()._protocol_error(message)

    def _internal_error(self, message: str) -> None:
        """A frame says what nobody expects."""
        self._counted.tabs.bad_frames += 1
        super()._internal_error(message)

    def on_close(self) -> None:
        """The tab is gone: presence ends here, not when the session is destroyed."""
        if self.heartbeat is not None:
            self.heartbeat.stop()
        self._signins.leave(self.current_user, self)
        super().on_close()

    @property
    def _counted(self) -> Browsers:
        counted: Browsers = self.application.settings["counted"]
        return counted

    @property
    def _signins(self) -> SignIns:
        signins: SignIns = self.application.settings["signins"]
        return signins
