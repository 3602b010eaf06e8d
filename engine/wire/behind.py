"""An HTTP server's requests as coming from where they truly come from. It must not know how that is found out."""

from collections.abc import Awaitable, Callable
from typing import Any

from tornado.httputil import (
    HTTPConnection,
    HTTPHeaders,
    HTTPMessageDelegate,
    HTTPServerConnectionDelegate,
    RequestStartLine,
    ResponseStartLine,
)

from engine.wire.proxies import Proxies


class Behind(HTTPServerConnectionDelegate):
    """What an `HTTPServer` is given in the place of its application: `remote_ip` and `protocol` are then true."""

    def __init__(
        self, application: HTTPServerConnectionDelegate, proxies: Proxies, *, unnamed: Callable[[], None] | None = None
    ) -> None:
        """`unnamed` is told of each request that a proxy near us seems to have brought, which nobody has named."""
        self._application, self._proxies, self._unnamed = application, proxies, unnamed
        self._peers: dict[object, tuple[str, str]] = {}

    def start_request(self, server_conn: object, request_conn: HTTPConnection) -> HTTPMessageDelegate:
        """A request begins; the last one on this connection may have been somebody else's, so that the peer is kept."""
        context = request_conn.context  # type: ignore[attr-defined] # HTTP/1 has it
        peer = self._peers.setdefault(server_conn, (context.remote_ip, context.protocol))
        message = self._application.start_request(server_conn, request_conn)
        return _Message(message, lambda headers: self._say(context, peer, headers))

    def on_close(self, server_conn: object) -> None:
        """A connection is over."""
        self._peers.pop(server_conn, None)
        self._application.on_close(server_conn)

    def _say(self, context: Any, peer: tuple[str, str], headers: HTTPHeaders) -> None:
        if self._unnamed is not None and self._proxies.overlooks(peer[0], headers):
            self._unnamed()
        comes = self._proxies.true_origin(peer[0], headers)
        context.remote_ip, context.protocol = comes.address, comes.protocol or peer[1]


class _Message(HTTPMessageDelegate):
    """One request, of which it is said whence it comes before anybody looks."""

    def __init__(self, message: HTTPMessageDelegate, say: Callable[[HTTPHeaders], None]) -> None:
        self._message, self._say = message, say
        self.data_received, self.finish = message.data_received, message.finish  # type: ignore[method-assign]
        self.on_connection_close = message.on_connection_close  # type: ignore[method-assign]

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        """Say it, and go on."""
        self._say(headers)
        return self._message.headers_received(start_line, headers)
