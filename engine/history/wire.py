"""Requests to the analytics process over HTTP, each on a connection of its own. It must not know SQL, nor events."""

import socket
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

import msgspec

from engine.history import errors

CONNECTING = 5.0  # seconds until somebody must have answered the telephone
WAITING = 90.0  # seconds without a byte of an answer; a query ends itself, or is ended, long before
RETURNING = 8.0  # seconds in which an analytics process that begins anew must be there again
ENDING = 1.0  # seconds in which one that must end has ended
LOOK = 0.2  # seconds between two looks
ARROW = "application/vnd.apache.arrow.stream"
BROKEN = (OSError, HTTPException)


class _Health(msgspec.Struct):
    ready: bool = False


class Wire:
    """The way to one server. Any thread may use it."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url.rstrip("/")
        parts = urlsplit(self.url)
        try:
            right = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or 1)
        except ValueError:
            right = False
        if not right or not parts.hostname:
            raise errors.NoServer(f"“{url}” is not an address like http://127.0.0.1:8702.")
        self._kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._host, self._port, self._base = parts.hostname, parts.port, parts.path
        if not token.isascii() or not token.isprintable():
            raise errors.wrong_token(self.url)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._was_there = False

    def query(self, body: bytes, sql: str) -> bytes:
        """The answer to a query, an Arrow stream; asked once more where the process begins anew meanwhile."""
        try:
            return self._query(body, sql)
        except (errors.NotReady, errors.NoServer) as error:
            if isinstance(error, errors.NoServer) and not self._was_there:
                raise
        self._wait_until_ready()
        return self._query(body, sql)

    def open(self, path: str, *, waiting: float, hold: Callable[[socket.socket], None]) -> HTTPResponse:
        """The beginning of a long answer; `hold` gets the socket it comes over, by which it can be cut off."""
        connection = self._connected(waiting)
        hold(connection.sock)
        try:
            response = self._ask(connection, "GET", path)
            if response.status != 200:
                raise errors.told(self.url, response.status, _whole(response, self.url))
        except BaseException:
            connection.close()
            raise
        return response

    def _query(self, body: bytes, sql: str) -> bytes:
        connection = self._connected(WAITING)
        try:
            response = self._ask(connection, "POST", "/query", body)
            answer = _whole(response, self.url)
        finally:
            connection.close()
        if response.status != 200:
            raise errors.told(self.url, response.status, answer, sql)
        if response.headers.get_content_type() != ARROW:
            raise errors.not_ours(self.url, response.status)
        self._was_there = True
        return answer

    def _connected(self, waiting: float) -> HTTPConnection:
        connection = self._kind(self._host, self._port, timeout=CONNECTING)
        try:
            connection.connect()
        except OSError:
            raise errors.no_server(self.url) from None
        connection.sock.settimeout(waiting)
        return connection

    def _ask(self, connection: HTTPConnection, method: str, path: str, body: bytes | None = None) -> HTTPResponse:
        try:
            connection.request(method, self._base + path, body, self._headers)
            return connection.getresponse()
        except TimeoutError:
            raise errors.silent(self.url) from None
        except BROKEN:
            raise errors.broken(self.url) from None

    def _wait_until_ready(self) -> None:
        """Let a process that ends itself end, then wait until its successor is ready. Raises `NoServer`."""
        deadline = time.monotonic() + RETURNING
        time.sleep(ENDING)
        while True:
            try:
                if self._ready() or time.monotonic() > deadline:
                    return
            except errors.HistoryError:
                if time.monotonic() > deadline:
                    raise
            time.sleep(LOOK)

    def _ready(self) -> bool:
        connection = self._connected(CONNECTING)
        try:
            return msgspec.json.decode(_whole(self._ask(connection, "GET", "/health"), self.url), type=_Health).ready
        except msgspec.DecodeError:
            return False
        finally:
            connection.close()


def _whole(response: HTTPResponse, url: str) -> bytes:
    try:
        return response.read()
    except TimeoutError:
        raise errors.silent(url) from None
    except BROKEN:
        raise errors.broken(url) from None
