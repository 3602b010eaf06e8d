"""What a handler sees of who asks, over real sockets, with a proxy named and without."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
from tornado.httpclient import HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.routing import PathMatches, Rule, RuleRouter
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler

from engine.wire.behind import Behind
from engine.wire.dial import dial, hang_up
from engine.wire.proxies import Proxies

VERA, WILL = "198.51.100.7", "2001:db8::9"


class Who(RequestHandler):
    def get(self) -> None:
        self.write(f"{self.request.remote_ip} {self.request.protocol}")


class WhoSocket(WebSocketHandler):
    def open(self) -> None:
        self.write_message(f"{self.request.remote_ip} {self.request.protocol}")


@asynccontextmanager
async def served(*named: str, host: str = "127.0.0.1") -> AsyncIterator[int]:
    routes = Application([("/", Who), ("/ws", WhoSocket)])
    server = HTTPServer(Behind(RuleRouter([Rule(PathMatches(".*"), routes)]), Proxies(named)))
    sockets = bind_sockets(0, host)
    server.add_sockets(sockets)
    try:
        yield sockets[0].getsockname()[1]
    finally:
        server.stop()
        await server.close_all_connections()


async def asked(port: int, *requests: str, host: str = "127.0.0.1") -> list[str]:
    """The bodies of the answers to requests on one connection."""
    reader, writer = await asyncio.open_connection(host, port)
    bodies = []
    for request in requests:
        writer.write(request.encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        (length,) = (int(line.split(":")[1]) for line in head.splitlines() if line.startswith("Content-Length"))
        bodies.append((await reader.readexactly(length)).decode())
    writer.close()
    await writer.wait_closed()
    return bodies


def get(**headers: str) -> str:
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"GET / HTTP/1.1\r\nHost: x\r\n{lines}\r\n"


def play(scenario: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(scenario())


def test_each_request_on_a_proxys_connection_is_its_own_visitors() -> None:
    async def scenario() -> None:
        async with served("127.0.0.1") as port:
            assert await asked(
                port,
                get(X_Forwarded_For=VERA, X_Forwarded_Proto="https"),
                get(X_Forwarded_For=WILL),
                get(),
                get(Forwarded=f"for={VERA};proto=https"),
            ) == [f"{VERA} https", f"{WILL} http", "127.0.0.1 http", f"{VERA} https"]

    play(scenario)


def test_who_is_not_named_may_say_what_they_like() -> None:
    async def scenario() -> None:
        for named in ((), ("10.0.0.0/8",)):
            async with served(*named) as port:
                lie = get(X_Forwarded_For=VERA, X_Forwarded_Proto="https", X_Real_Ip=VERA, X_Scheme="https")
                assert await asked(port, lie) == ["127.0.0.1 http"]

    play(scenario)


def test_a_websocket_has_its_visitors_address_too() -> None:
    async def scenario() -> None:
        async with served("127.0.0.1") as port:
            headers = {"X-Forwarded-For": f"10.0.0.1, {VERA}", "X-Forwarded-Proto": "https"}
            socket = await dial(HTTPRequest(f"ws://127.0.0.1:{port}/ws", headers=headers))
            assert await socket.read_message() == f"{VERA} https"
            await hang_up(socket)

    play(scenario)


@pytest.mark.parametrize("host", ["::1", "127.0.0.1"])
def test_both_families_have_their_own_spelling(host: str) -> None:
    async def scenario() -> None:
        async with served("::1", host=host) as port:
            said = await asked(port, get(X_Forwarded_For=VERA), host=host)
            assert said == [f"{VERA if host == '::1' else host} http"]

    play(scenario)
