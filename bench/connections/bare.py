"""A bare Tornado server in a load process, and the client's side of it: what websockets cost without Parlour."""

import asyncio

from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import WebSocketHandler

from bench.crowd import AT_A_TIME
from bench.line import Line
from bench.websocket import Way
from engine.wire.descriptors import raise_limit

HELLO = b'{"t":"hello"}'


class Echo(WebSocketHandler):
    """Answers what comes."""

    def on_message(self, message: str | bytes) -> None:
        """Answer."""
        self.write_message(message)


class Bare:
    """The server."""

    async def listen(self) -> int:
        """Begin; the port."""
        raise_limit()
        listening, port = bind_unused_port()
        HTTPServer(Application([(r"/", Echo)])).add_socket(listening)
        return port


class Callers:
    """Its clients."""

    def __init__(self, port: int) -> None:
        raise_limit()
        self._way = Way(port=port, path="/", origin=f"http://127.0.0.1:{port}")
        self._lines: list[Line] = []

    async def open(self, count: int) -> int:
        """Open so many, and hear an answer on each; how many are open."""
        few = asyncio.Semaphore(AT_A_TIME)

        async def come(number: int) -> None:
            async with few:
                answered = asyncio.Event()
                line = Line(self._way, number, hello=lambda: HELLO, take=lambda _text: answered.set())
                self._lines.append(line)
                line.start()
                await answered.wait()
                line.settle()

        await asyncio.gather(*map(come, range(count)))
        return sum(line.welcomed_at is not None for line in self._lines)

    async def close(self) -> None:
        """Close all."""
        for line in self._lines:
            line.retire()
