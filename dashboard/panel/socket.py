"""A document's websocket: Bokeh's own, with a say in who is let in, and a bound for what waits.

It must not know whose socket it is, nor what its messages say.
"""

from typing import Any

from bokeh.core.serialization import UnknownReferenceError
from bokeh.server.protocol_handler import ProtocolHandler
from bokeh.server.session import ServerSession
from bokeh.util.token import get_token_payload
from panel.io.server import WSHandler
from tornado.websocket import WebSocketHandler, WebSocketProtocol, WebSocketProtocol13

from dashboard.panel.outgoing import Outgoing
from engine.wire.stream import is_open


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


class DocumentSocket(WSHandler):
    """A document's websocket: it opens unless `refusal` says why not, and then has been `entered`."""

    def refusal(self, in_token: dict[str, Any]) -> tuple[int, str] | None:
        """The code and the reason to close with; `in_token` is what the page's signed token carries."""
        raise NotImplementedError

    def entered(self, session: str) -> None:
        """It is open for the session with this id."""

    def get_websocket_protocol(self) -> WebSocketProtocol | None:
        """Tornado's own, with a bound for what waits."""
        stock = super().get_websocket_protocol()
        return Outgoing(self, False, stock.params) if isinstance(stock, WebSocketProtocol13) else None

    async def write_message(self, message: Any, binary: bool = False, locked: bool = True) -> None:
        """Hand a frame over without waiting for the browser.

        Bokeh waits under its lock; meanwhile Panel would keep, uncounted, what else there is to send.
        """
        WebSocketHandler.write_message(self, message, binary)

    async def _async_open(self, token: str) -> None:
        if refusal := self.refusal(get_token_payload(token)):
            self.close(*refusal)
            return
        await super()._async_open(token)
        self.handler = Messages()
        if is_open(self) and self.connection is not None:
            self.entered(self.connection.session.id)
