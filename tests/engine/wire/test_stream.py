"""What is Tornado's own of a websocket is as we think, on the version that is installed."""

import asyncio
import os
import socket
import stat
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketClientConnection, WebSocketHandler, websocket_connect

from engine.wire.dial import hang_up
from engine.wire.outlet import frame_of
from engine.wire.stream import (
    abort,
    descriptor_of,
    dialled_stream,
    is_open,
    paced,
    send_at_once,
    stream_of,
    writable,
)
from tests.running import eventually


class Here(WebSocketHandler):
    """A socket that was let in."""

    def initialize(self, here: "list[Here]") -> None:
        here.append(self)

    def open(self, *_: str) -> None:
        pass

    def on_message(self, message: str | bytes) -> None:
        pass


@asynccontextmanager
async def both_ends() -> AsyncIterator[tuple[Here, WebSocketClientConnection]]:
    here = list[Here]()
    server = HTTPServer(Application([("/", Here, {"here": here})]))
    bound, port = bind_unused_port()
    server.add_sockets([bound])
    there = await websocket_connect(HTTPRequest(f"ws://127.0.0.1:{port}/"))
    await eventually(lambda: bool(here) and is_open(here[0]))
    yield here[0], there
    await hang_up(there)
    await eventually(lambda: not is_open(here[0]))
    server.stop()
    await server.close_all_connections()


def test_a_request_comes_over_a_stream_that_has_its_descriptor() -> None:
    seen: list[int] = []

    class Asked(RequestHandler):
        def get(self) -> None:
            seen.append(os.fstat(descriptor_of(self.request)).st_mode)

    async def scenario() -> None:
        server = HTTPServer(Application([("/", Asked)]))
        bound, port = bind_unused_port()
        server.add_sockets([bound])
        await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}/")
        server.stop()
        await server.close_all_connections()

    asyncio.run(scenario())
    assert [stat.S_ISSOCK(mode) for mode in seen] == [True]


def test_a_socket_has_its_connection_until_it_is_closed() -> None:
    async def scenario() -> None:
        async with both_ends() as (here, there):
            assert stream_of(here) is not None
            there.close()
            assert await there.read_message() is None
            await eventually(lambda: not is_open(here))
            assert stream_of(here) is None
            assert writable(here) is None

    asyncio.run(scenario())


def test_what_is_written_to_the_stream_arrives() -> None:
    async def scenario() -> None:
        async with both_ends() as (here, there):
            await writable(here).write(frame_of(b"one") + frame_of(b"two"))
            assert [await there.read_message(), await there.read_message()] == ["one", "two"]
            assert not stream_of(here).closed()
            assert not stream_of(here).writing()
            stream_of(here).close()
            assert await there.read_message() is None

    asyncio.run(scenario())


def test_nothing_is_written_to_a_socket_that_closes() -> None:
    async def scenario() -> None:
        async with both_ends() as (here, there):
            assert here.ws_connection is not None
            here.ws_connection.close(4_000, "enough")
            assert is_open(here)
            assert stream_of(here) is not None
            assert writable(here) is None
            assert await there.read_message() is None
            assert there.close_code == 4_000

    asyncio.run(scenario())


def test_who_dialled_has_the_stream_until_they_close() -> None:
    async def scenario() -> None:
        async with both_ends() as (_here, there):
            stream = dialled_stream(there)
            send_at_once(there)
            assert not stream.closed()
            assert stream.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            there.close()
            assert dialled_stream(there) is None
            assert await there.read_message() is None
            stream.close()

    asyncio.run(scenario())


def test_of_an_aborted_socket_nothing_more_is_read() -> None:
    class Deaf(Here):
        heard = 0

        def on_ping(self, data: bytes) -> None:
            type(self).heard += 1
            abort(self, 1008, "pings")

    async def scenario() -> None:
        here = list[Here]()
        server = HTTPServer(Application([("/", Deaf, {"here": here})]))
        bound, port = bind_unused_port()
        server.add_sockets([bound])
        there = await websocket_connect(HTTPRequest(f"ws://127.0.0.1:{port}/"))
        dialled_stream(there).write(b"\x89\x80\0\0\0\0" * 500)
        assert await there.read_message() is None
        await eventually(lambda: not is_open(here[0]))
        assert Deaf.heard == 1
        await hang_up(there)
        server.stop()
        await server.close_all_connections()

    asyncio.run(scenario())


def test_pieces_of_a_message_have_their_turns() -> None:
    turns = list[float]()

    def pace() -> float:
        turns.append(0.02)
        return 0.02

    class Patient(Here):
        heard = ""

        def get_websocket_protocol(self) -> Any:
            return paced(self, super().get_websocket_protocol(), pace)

        def on_message(self, message: str | bytes) -> None:
            type(self).heard = str(message)

    async def scenario() -> None:
        here = list[Here]()
        server = HTTPServer(Application([("/", Patient, {"here": here})]))
        bound, port = bind_unused_port()
        server.add_sockets([bound])
        there = await websocket_connect(HTTPRequest(f"ws://127.0.0.1:{port}/"))
        began = time.monotonic()
        piece, last = b"\x00\x80\0\0\0\0", b"\x80\x81\0\0\0\0b"
        dialled_stream(there).write(b"\x01\x81\0\0\0\0a" + piece * 9 + last)
        await eventually(lambda: Patient.heard)
        assert (Patient.heard, len(turns)) == ("ab", 10)
        assert time.monotonic() - began >= 0.2
        await hang_up(there)
        await eventually(lambda: not is_open(here[0]))
        server.stop()
        await server.close_all_connections()

    asyncio.run(scenario())
