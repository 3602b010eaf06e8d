"""One request over HTTP, on a connection of its own, which closes as soon as nobody waits for the answer.

Tornado's client keeps the connection of a request that is cancelled, and the server goes on with it. It must not know
what is asked, nor what an answer means.
"""

import asyncio
from urllib.parse import urlsplit

from tornado.http1connection import HTTP1Connection, HTTP1ConnectionParameters
from tornado.httputil import HTTPHeaders, HTTPMessageDelegate, RequestStartLine, ResponseStartLine
from tornado.iostream import IOStream, StreamClosedError
from tornado.tcpclient import TCPClient

LARGEST = 100 << 20  # bytes of an answer


class NotThere(Exception):
    """Nobody listens."""


class BrokenOff(Exception):
    """The connection ended in mid-answer, or nothing came in time."""


class Answer(HTTPMessageDelegate):
    """What came: `status` is 0 until the head of the answer is there."""

    def __init__(self) -> None:
        self.status, self._chunks, self._whole = 0, list[bytes](), False

    def headers_received(self, start_line: object, headers: HTTPHeaders) -> None:
        """The head."""
        if isinstance(start_line, ResponseStartLine):
            self.status = start_line.code

    def data_received(self, chunk: bytes) -> None:
        """A piece of the body."""
        self._chunks.append(chunk)

    def finish(self) -> None:
        """The end of the body."""
        self._whole = True

    @property
    def body(self) -> bytes:
        """All of it. Raises `BrokenOff` where it did not come whole."""
        if not self._whole:
            raise BrokenOff
        return b"".join(self._chunks)


async def exchange(
    url: str, *, headers: dict[str, str], body: bytes, connecting: float, waiting: float
) -> tuple[int, bytes]:
    """The status and the body of the answer to a POST; times in seconds.

    Raises `NotThere` or `BrokenOff`. Cancelled, it closes the connection at once.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 80
    stream = await _connected(host, port, connecting)
    start = RequestStartLine("POST", parts.path, "HTTP/1.1")
    sent = HTTPHeaders({**headers, "Host": f"{host}:{port}", "Connection": "close"})
    sent["Content-Length"] = str(len(body))
    connection = HTTP1Connection(stream, True, HTTP1ConnectionParameters(max_body_size=LARGEST, no_keep_alive=True))
    answer = Answer()
    try:
        async with asyncio.timeout(waiting):
            await connection.write_headers(start, sent, body)
            connection.finish()
            await connection.read_response(answer)
        return answer.status, answer.body
    except (OSError, StreamClosedError, TimeoutError):
        raise BrokenOff from None
    finally:
        stream.close()


async def _connected(host: str, port: int, connecting: float) -> IOStream:
    client = TCPClient()
    try:
        return await client.connect(host, port, max_buffer_size=LARGEST, timeout=connecting)
    except (OSError, StreamClosedError, TimeoutError):
        raise NotThere from None
    finally:
        client.close()
