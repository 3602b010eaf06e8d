"""The Bokeh side of the HTTP server: the document, its websocket, the components' files, and who may have them.

It must not know what a document shows.
"""

from typing import Any

from bokeh.application.handlers.handler import Handler
from bokeh.core.serialization import UnknownReferenceError
from bokeh.document import Document
from bokeh.server.auth_provider import AuthProvider
from bokeh.server.protocol_handler import ProtocolHandler
from bokeh.server.session import ServerSession
from bokeh.util.token import get_token_payload
from panel.io.server import ComponentResourceHandler, DocHandler, WSHandler
from tornado.web import HTTPError, RequestHandler
from tornado.websocket import WebSocketHandler, WebSocketProtocol, WebSocketProtocol13

from dashboard import csp
from dashboard.login import COOKIE, LOGIN, write_away
from dashboard.outgoing import Outgoing
from dashboard.signins import NOT_YOURS, SIGNED_OUT, SignIns
from engine.door.interface import DoorError
from engine.heartbeat import Heartbeat


class CookieAuth(AuthProvider):
    """Asks main whose cookie it is. The current user is the public id of the sign-in."""

    def __init__(self, signins: SignIns) -> None:
        self._signins = signins
        super().__init__()

    @property
    def get_user(self) -> None:
        """Not used: asking is asynchronous."""
        return

    @property
    def get_user_async(self) -> Any:
        """The function Bokeh calls for each page and socket."""

        async def user(handler: RequestHandler) -> str | None:
            found = await self._signins.find(handler.get_cookie(COOKIE))
            return found.person.login_session if found else None

        return user

    @property
    def login_url(self) -> str:
        """Bokeh wants to know it; `Doc` redirects by itself."""
        return LOGIN


class LoginInToken(Handler):
    """Puts the sign-in's public id into the page's signed token, and nothing else."""

    def modify_document(self, doc: Document) -> None:
        """Nothing to show."""

    def process_request(self, request: Any) -> dict[str, Any]:
        """What the token carries."""
        login = getattr(request, "login", None)
        return {"login": login} if login else {}


class Doc(DocHandler):
    """The dashboard's page."""

    async def prepare(self) -> None:
        """Let in who is signed in; a session id or token from the address is refused."""
        self.nonce = csp.new_nonce()
        for name in ("bokeh-token", "bokeh-session-id"):
            if self.get_argument(name, None) is not None:
                raise HTTPError(403)
        if "Bokeh-Session-Id" in self.request.headers:
            raise HTTPError(403)
        try:
            await super().prepare()
        except DoorError:
            write_away(self, self.nonce)
            return
        if self.current_user is None:
            self.redirect(LOGIN)
            return
        self.request.login = self.current_user

    def write(self, chunk: Any) -> None:
        """Give the page its nonce, its headers and the form token of "Sign out"."""
        if isinstance(chunk, str) and "<script" in chunk:
            for name, value in csp.headers(self.nonce, self.request.host).items():
                self.set_header(name, value)
            token = self.xsrf_token.decode()
            chunk = csp.with_nonce(chunk, self.nonce).replace("__XSRF__", token)
        super().write(chunk)


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


class Socket(WSHandler):
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


class Components(ComponentResourceHandler):
    """Own components' files only: the stock handler imports whatever module the address names."""

    def parse_url_path(self, path: str) -> str:
        """As the stock handler, for modules of `dashboard.components`."""
        if not path.startswith("dashboard.components."):
            raise HTTPError(404)
        located: str = super().parse_url_path(path)
        return located
