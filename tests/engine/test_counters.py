"""What is counted where somebody is cut off."""

import asyncio
from typing import Any, cast

from tornado.websocket import WebSocketHandler

from engine.counters import Sockets
from engine.wire.heartbeat import Heartbeat
from engine.wire.outlet import BOUND, TOO_SLOW, Outlet
from tests.running import eventually


class Stream:
    """A stream whose other side takes nothing and says nothing."""

    def __init__(self) -> None:
        self.socket, self.open = Unreachable(), True

    def closed(self) -> bool:
        return not self.open

    def close(self) -> None:
        self.open = False

    def writing(self) -> bool:
        return False

    def write(self, _frames: bytes) -> "asyncio.Future[None]":
        return asyncio.get_running_loop().create_future()


class Unreachable:
    def setsockopt(self, *_: int) -> None:
        """Nothing to find out."""


class Handler:
    """A websocket that is open until it is closed."""

    def __init__(self) -> None:
        self.stream, self.codes = Stream(), list[int]()

    @property
    def ws_connection(self) -> Any:
        return self

    def is_closing(self) -> bool:
        return False

    def ping(self) -> None:
        """Nobody answers."""

    def close(self, code: int, _reason: str) -> None:
        self.codes.append(code)


def a_socket() -> tuple[Handler, WebSocketHandler]:
    handler = Handler()
    return handler, cast("WebSocketHandler", handler)


def test_a_reader_that_is_too_slow_counts_once_however_much_is_still_sent() -> None:
    async def scenario() -> None:
        counted, (handler, socket) = Sockets(), a_socket()
        outlet = Outlet(socket, counted=counted)
        outlet.send(b"x" * (BOUND // 2))
        assert counted == Sockets()
        for _ in range(3):
            outlet.send(b"x" * BOUND)
        assert set(handler.codes) == {TOO_SLOW}
        assert counted == Sockets(too_slow=1)

    asyncio.run(scenario())


def test_who_answers_no_ping_is_counted_and_who_leaves_is_not() -> None:
    async def scenario() -> None:
        counted, (handler, socket), (gone, gone_socket) = Sockets(), a_socket(), a_socket()
        Heartbeat(socket, period=0.02, counted=counted).start()
        leaver = Heartbeat(gone_socket, period=0.02, counted=counted)
        leaver.start()
        gone.stream.close()
        await eventually(lambda: not handler.stream.open)
        leaver.stop()
        assert counted == Sockets(silent=1)

    asyncio.run(scenario())
