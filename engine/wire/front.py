"""What no application of ours is asked: under a name that is not the house's, and at an address that none can have.

It must not know what the applications answer.
"""

import logging
import re
from collections.abc import Awaitable
from http import HTTPStatus
from typing import NamedTuple

from tornado.httputil import (
    HTTPConnection,
    HTTPHeaders,
    HTTPMessageDelegate,
    HTTPServerConnectionDelegate,
    RequestStartLine,
    ResponseStartLine,
)

from engine.wire.answering import ALWAYS
from engine.wire.hosts import Hosts, name_of

log = logging.getLogger(__name__)
LONGEST, LONGEST_PART = (
    1_024,
    255,
)  # bytes of a path, and of what stands between two of its slashes: as file systems have it
NAMES_LOGGED = 20  # of those that are not ours, each once
_CONTROL = re.compile(r"%(?:[01][0-9a-f]|7f)", re.IGNORECASE)


class Refusal(NamedTuple):
    """An answer in words, in the place of the application's."""

    status: HTTPStatus
    words: str


class Front(HTTPServerConnectionDelegate):
    """What an `HTTPServer` is given in the place of its application, which is then asked only what may be asked.

    `cure` says to whoever looks after the house how another name becomes its own: a text with `{name}`, `{host}` (with
    its port) and `{scheme}` in it.
    """

    def __init__(
        self, application: HTTPServerConnectionDelegate, hosts: Hosts | None = None, *, cure: str = ""
    ) -> None:
        self._application, self._hosts, self._cure = application, hosts, cure
        self._logged: set[str] = set()

    def start_request(self, server_conn: object, request_conn: HTTPConnection) -> HTTPMessageDelegate:
        """A request begins."""
        return _Message(self, self._application.start_request(server_conn, request_conn), request_conn)

    def on_close(self, server_conn: object) -> None:
        """A connection is over."""
        self._application.on_close(server_conn)

    def refusal(self, path: str, host: str | None, scheme: str) -> Refusal | None:
        """Why this is not to be asked, or None."""
        if not _can_be(path):
            return Refusal(HTTPStatus.NOT_FOUND, "There is nothing at this address.")
        # No Host, and several, are Tornado's to refuse.
        if self._hosts is None or host is None or "," in host or self._hosts.know(host):
            return None
        return Refusal(HTTPStatus.MISDIRECTED_REQUEST, self._unknown(host, scheme))

    def _unknown(self, host: str, scheme: str) -> str:
        name = name_of(host)
        if name is None:
            return "This house does not answer under such a name."
        cure = self._cure.format(name=name, host=host.strip().lower(), scheme=scheme)
        said = f"This house does not answer under the name “{name}”. If it is one of yours, say so at its start: {cure}"
        if name not in self._logged and len(self._logged) < NAMES_LOGGED:
            self._logged.add(name)
            log.warning("%s", said)
        return said


class _Message(HTTPMessageDelegate):
    """One request, which goes to the application, or is refused."""

    def __init__(self, front: Front, message: HTTPMessageDelegate, connection: HTTPConnection) -> None:
        self._front, self._message, self._connection = front, message, connection

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        """Look at it, and go on."""
        path = start_line.path.partition("?")[0] if isinstance(start_line, RequestStartLine) else ""
        scheme = getattr(getattr(self._connection, "context", None), "protocol", "http")  # HTTP/1 has it
        if refusal := self._front.refusal(path, headers.get("Host"), scheme):
            self._message = _Refused(self._connection, refusal)
        return self._message.headers_received(start_line, headers)

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        """A piece of the body."""
        return self._message.data_received(chunk)

    def finish(self) -> None:
        """The whole request is there."""
        self._message.finish()

    def on_connection_close(self) -> None:
        """Nobody waits any more."""
        self._message.on_connection_close()


class _Refused(HTTPMessageDelegate):
    """A request that is refused once it is there: who still sends would not hear it."""

    def __init__(self, connection: HTTPConnection, refusal: Refusal) -> None:
        self._connection, self._refusal = connection, refusal
        self._headed = False

    def headers_received(self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders) -> None:
        """To HEAD goes no body."""
        self._headed = isinstance(start_line, RequestStartLine) and start_line.method == "HEAD"

    def finish(self) -> None:
        """Say why."""
        status, body = self._refusal.status, f"{self._refusal.words}\n".encode()
        headers = HTTPHeaders(
            {
                "Content-Type": "text/plain; charset=utf-8",
                "Content-Length": str(len(body)),
                "Cache-Control": "no-store",
                **ALWAYS,
            }
        )
        start_line = ResponseStartLine("HTTP/1.1", status, status.phrase)
        self._connection.write_headers(start_line, headers, None if self._headed else body)
        self._connection.finish()


def _can_be(path: str) -> bool:
    """Whether something of ours can be at this path: no name has control characters, or more than a file's may have."""
    return (
        path.startswith("/")
        and len(path) <= LONGEST
        and all(len(part) <= LONGEST_PART for part in path.split("/"))
        and not _CONTROL.search(path)
    )
