"""A document's websocket: Bokeh's own, with a say in who is let in, and a bound for what waits.

It must not know whose socket it is, nor what its messages say.
"""

from collections.abc import Callable
from typing import Any

from bokeh.core.serialization import UnknownReferenceError
from bokeh.protocol.exceptions import ProtocolError
from bokeh.server.protocol_handler import ProtocolHandler
from bokeh.server.session import ServerSession
from bokeh.util.token import get_token_payload
from panel.io.server import WSHandler
from tornado.websocket import WebSocketHandler, WebSocketProtocol, WebSocketProtocol13

from dashboard.origins import may_connect
from dashboard.panel.making import why_not_made
from dashboard.panel.outgoing import Outgoing
from engine.counters import Browsers
from engine.wire.stream import is_open

NOT_MADE = 1011  # RFC 6455 §7.4.1: what was asked for met something unexpected


class Messages(ProtocolHandler):
    """Bokeh's messages, where a browser may still tell of what has left the document.

    A plot that was just replaced reports its size: that crosses on the way, and is no error.
    """

    def __init__(self, bad_frame: Callable[[], None]) -> None:
        super().__init__()
        self._bad_frame = bad_frame
        self._handlers["PATCH-DOC"] = self._patch

    async def handle(self, message: Any, connection: Any) -> Any:
        """Do what a message says; one that nothing can be done with is counted, and answered with an error."""
        work = await super().handle(message, connection)
        if work is not None and work.msgtype == "ERROR":
            self._bad_frame()
        return work

    @staticmethod
    async def _patch(message: Any, connection: Any) -> Any:
        try:
            return await ServerSession.patch(message, connection)
        except UnknownReferenceError:
            return connection.ok(message)


class DocumentSocket(WSHandler):
    """A document's websocket: it opens unless `refusal` says why not, and then has been `entered`."""

    def refusal(self, in_token: dict[str, Any]) -> tuple[int, str] | None:
        """The code and the reason to close with; `in_token` is what the page's signed token carries."""
        raise NotImplementedError

    def entered(self, session: str) -> None:
        """It is open for the session with this id."""

    @property
    def counted(self) -> Browsers:
        """Where stands what is dropped."""
        counted: Browsers = self.application.settings["counted"]
        return counted

    def bad_frame(self) -> None:
        """Count a frame that is none."""
        self.counted.tabs.bad_frames += 1

    def get_websocket_protocol(self) -> WebSocketProtocol | None:
        """Tornado's own, with a bound for what waits."""
        stock = super().get_websocket_protocol()
        if not isinstance(stock, WebSocketProtocol13):
            return None
        return Outgoing(self, stock.params, counted=self.counted.tabs)

    def check_origin(self, origin: str) -> bool:
        """Only our own pages, by our own list: Bokeh's knows no scheme, and no IPv6 host."""
        ours = may_connect(origin, self.application.settings["origins"])
        self.counted.not_let_in += not ours
        return ours

    def open(self, *args: str, **kwargs: str) -> None:
        """As Bokeh does it: with a page's token."""
        try:
            super().open(*args, **kwargs)
        except ProtocolError:  # its page's token is none, or too old
            self.counted.not_let_in += 1
            raise

    async def write_message(self, message: Any, binary: bool = False, locked: bool = True) -> None:
        """Hand a frame over without waiting for the browser.

        Bokeh waits under its lock; meanwhile Panel would keep, uncounted, what else there is to send.
        """
        WebSocketHandler.write_message(self, message, binary)

    async def _async_open(self, token: str) -> None:
        if refusal := self.refusal(get_token_payload(token)):
            self.counted.not_let_in += 1
            self.close(*refusal)
            return
        await super()._async_open(token)
        self.handler = Messages(self.bad_frame)
        if not is_open(self) or self.connection is None:
            return
        session = self.connection.session
        if why_not_made(session.document):  # it was made anew for this socket
            self.close(NOT_MADE, "not made")
        else:
            self.entered(session.id)

    def _protocol_error(self, message: str) -> None:
        """A frame is none of Bokeh's."""
        self.bad_frame()
        super()._protocol_error(message)

    def _internal_error(self, message: str) -> None:
        """A frame says what nobody expects."""
        self.bad_frame()
        super()._internal_error(message)
