"""The gate of a listening port: how many connections and requests an address may bring, before anybody looks at them.

What is refused is answered by a line, or by nothing, and costs next to nothing; whoever comes back at once waits for
that answer in turn, as for any other. A connection that has become a websocket is its handler's to count. It must not
know what is asked for.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, NamedTuple

from tornado.httpserver import HTTPServer
from tornado.httputil import (
    HTTPConnection,
    HTTPHeaders,
    HTTPMessageDelegate,
    HTTPServerConnectionDelegate,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.iostream import IOStream

from engine.limits import Bound, Budgets, Open, Rate
from engine.limits.budgets import Share
from engine.limits.table import BODY, BODY_COMES, BYTES, CONNECTIONS, HEAD, PACE, REFUSALS, REQUESTS
from engine.wire.answering import ALWAYS
from engine.wire.behind import Behind
from engine.wire.proxies import Proxies, household

UNKNOWN = ""  # whose a named proxy's connections are: nobody's
PATIENCE = 10  # seconds that a refusal may be waited for


class Rates(NamedTuple):
    """How many requests an address may bring, and how many are begun."""

    requests: Rate
    pace: Rate


PUBLIC = Rates(REQUESTS, PACE)


class Refusal(NamedTuple):
    """What who is not let in is answered; `wait` in seconds, 0: coming again is of no use."""

    status: int
    why: str
    wait: int = 0


class Verdict(NamedTuple):
    """What becomes of a request in `turn` seconds: it is let in, or refused; None: its connection is closed at once."""

    turn: float | None
    refusal: Refusal | None = None


TOO_LARGE = Refusal(413, "Content Too Large")
Judge = Callable[[str, int], Verdict]  # (address, bytes of the body)


def http_server(
    application: HTTPServerConnectionDelegate,
    proxies: Proxies,
    budgets: Budgets,
    *,
    body: Bound = BODY,
    rates: Rates | None = PUBLIC,
    unnamed: Callable[[], None] | None = None,
) -> HTTPServer:
    """A server behind a gate, to which each browser truly comes from where it comes.

    `rates`: of each address only so many requests are let in, each in its turn. `unnamed`: see `Behind`.
    """
    gate = Gate(application, proxies, budgets, body=body, rates=rates)
    server = _Server(
        Behind(gate, proxies, unnamed=unnamed),
        max_body_size=budgets.most(body),
        idle_connection_timeout=budgets.most(HEAD),
        body_timeout=budgets.most(BODY_COMES),
    )
    server.gate = gate
    return server


class _Server(HTTPServer):
    """Tornado's own, which tells those behind it that a connection is over: by itself it keeps that to itself."""

    gate: "Gate"

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """A connection is new; one too many is closed before anything is made for it."""
        if self.gate.is_full(str(address[0])):
            stream.close()
        else:
            super().handle_stream(stream, address)

    async def close_all_connections(self) -> None:
        """Wait for nobody whose turn has not come."""
        self.gate.ends.set()
        await super().close_all_connections()

    def on_close(self, server_conn: object) -> None:
        """A connection is over, or has become a websocket."""
        super().on_close(server_conn)
        if isinstance(self.request_callback, HTTPServerConnectionDelegate):
            self.request_callback.on_close(server_conn)


class Gate(HTTPServerConnectionDelegate):
    """What stands before an application, and behind what finds out where a request comes from.

    Attributes:
        ends: set when nobody is let in any more, nor told why.

    """

    def __init__(
        self,
        application: HTTPServerConnectionDelegate,
        proxies: Proxies,
        budgets: Budgets,
        *,
        body: Bound = BODY,
        rates: Rates | None = PUBLIC,
    ) -> None:
        self._body, self._rates = body, rates
        self._application, self._proxies, self._budgets = application, proxies, budgets
        self.ends = asyncio.Event()
        self._open = Open(budgets, CONNECTIONS)
        self._peers: dict[object, str] = {}

    def start_request(self, server_conn: object, request_conn: HTTPConnection) -> HTTPMessageDelegate:
        """A connection is new, or asks again."""
        context: Any = request_conn.context  # type: ignore[attr-defined] # HTTP/1 has it
        if server_conn not in self._peers and not self._enters(server_conn, context.remote_ip or ""):
            request_conn.close()  # type: ignore[attr-defined] # HTTP/1 has it
            return HTTPMessageDelegate()
        message = self._application.start_request(server_conn, request_conn)
        return _Message(message, request_conn, self._judge, self.ends)

    def on_close(self, server_conn: object) -> None:
        """A connection is over, or has become a websocket."""
        if peer := self._peers.pop(server_conn, UNKNOWN):
            self._open.leave(peer)
        self._application.on_close(server_conn)

    def is_full(self, peer: str) -> bool:
        """Whether a peer has as many connections as it may have; if so, that is counted."""
        return not self._proxies.know(peer) and self._open.is_full(household(peer))

    def _enters(self, server_conn: object, peer: str) -> bool:
        whose = UNKNOWN if self._proxies.know(peer) else household(peer)
        if whose and not self._open.enter(whose):
            return False
        self._peers[server_conn] = whose
        return True

    def _judge(self, address: str, size: int) -> Verdict:
        """What becomes of a request with a body of so many bytes."""
        whose = household(address)
        if size > self._budgets.most(self._body):
            self._budgets.refuse(self._body)
            return self._refused(whose, TOO_LARGE)
        if self._rates is None:
            return Verdict(0.0)
        bytes_: tuple[Share, ...] = ((BYTES, whose, size),) if size else ()
        if wait := self._budgets.take((self._rates.requests, whose), *bytes_):
            return self._refused(whose, Refusal(429, "Too Many Requests", wait))
        return Verdict(self._budgets.pace((self._rates.pace, whose)))

    def _refused(self, whose: str, refusal: Refusal) -> Verdict:
        """Who comes back as soon as they are refused would cost as much as what is let in: they wait for it."""
        if self._budgets.wait(REFUSALS, whose) > PATIENCE:
            self._budgets.refuse(REFUSALS)
            return Verdict(None)
        return Verdict(self._budgets.pace((REFUSALS, whose)), refusal)


class _Message(HTTPMessageDelegate):
    """One request, which is let in, or told when to come again."""

    def __init__(
        self, message: HTTPMessageDelegate, connection: HTTPConnection, judge: Judge, ends: asyncio.Event
    ) -> None:
        self._message, self._connection, self._judge, self._ends = message, connection, judge, ends
        self._let_in = False

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        """Let it in, or answer it."""
        address = self._connection.context.remote_ip or ""  # type: ignore[attr-defined] # HTTP/1 has it
        verdict = self._judge(address, _size(headers))
        self._let_in = verdict.refusal is None and verdict.turn is not None
        if verdict.turn is None:
            self._close()
            return None
        if not verdict.turn:
            return self._take(verdict, start_line, headers)
        return self._in_turn(verdict, start_line, headers)

    async def _in_turn(
        self, verdict: Verdict, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(verdict.turn):
                await self._ends.wait()
        if self._ends.is_set():
            self._close()
            return
        received = self._take(verdict, start_line, headers)
        if received is not None:
            await received

    def _take(
        self, verdict: Verdict, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        """Its turn has come."""
        if verdict.refusal is None:
            return self._message.headers_received(start_line, headers)
        self._refuse(verdict.refusal)
        return None

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        """Of what is refused nothing is looked at."""
        return self._message.data_received(chunk) if self._let_in else None

    def finish(self) -> None:
        """All of it has come."""
        if self._let_in:
            self._message.finish()

    def on_connection_close(self) -> None:
        """Nobody waits for the answer."""
        if self._let_in:
            self._message.on_connection_close()

    def _close(self) -> None:
        self._let_in = False
        self._connection.close()  # type: ignore[attr-defined] # HTTP/1 has it

    def _refuse(self, refusal: Refusal) -> None:
        """The connection ends with the answer, so that no body is waited for."""
        told = HTTPHeaders({"Content-Length": "0", "Connection": "close", **ALWAYS})
        if refusal.wait:
            told["Retry-After"] = str(refusal.wait)
        self._connection.write_headers(ResponseStartLine("HTTP/1.1", refusal.status, refusal.why), told)
        self._connection.finish()


def _size(headers: HTTPHeaders) -> int:
    """Of the body: as it says, or as much as it may have."""
    said = headers.get("Content-Length", "")
    if said.isascii() and said.isdigit():
        return int(said[:12])
    return BODY.most if "Transfer-Encoding" in headers else 0
