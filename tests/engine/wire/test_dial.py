"""Dialling and hanging up: whatever is pending, no socket is left to the collector."""

import asyncio
import base64
import gc
import hashlib
import socket as sockets
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import msgspec
import pytest
from tornado.httpclient import HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application
from tornado.websocket import WebSocketHandler

from engine.door import frames
from engine.door.remote import RemoteDoor
from engine.wire.dial import dial, hang_up
from tests.running import eventually

MANY = 50
GREETING = msgspec.json.encode(frames.Answer(id=1, result=msgspec.Raw(b"true"))).decode()


class Talker(WebSocketHandler):
    """Says far more than anybody reads."""

    def open(self, *_: str) -> None:
        for _number in range(MANY):
            self.write_message(GREETING)

    def on_message(self, message: str | bytes) -> None:
        pass


@asynccontextmanager
async def talking() -> AsyncIterator[str]:
    server = HTTPServer(Application([("/", Talker)]))
    bound = bind_sockets(0, "127.0.0.1", sockets.AF_INET)[0]
    server.add_sockets([bound])
    yield f"ws://127.0.0.1:{bound.getsockname()[1]}/"
    server.stop()
    await server.close_all_connections()


class Silent:
    """Takes a connection, answers the handshake when `answer` is set, and never says anything more."""

    def __init__(self) -> None:
        self.asked, self.answer, self.left = asyncio.Event(), asyncio.Event(), asyncio.Event()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        async with server:
            yield f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.asked.set()
        await self.answer.wait()
        key = next(line.split(": ")[1] for line in head.splitlines() if line.lower().startswith("sec-websocket-key"))
        drawn = hashlib.sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode(), usedforsecurity=False).digest()
        accept = base64.b64encode(drawn).decode()
        answer = (
            f"HTTP/1.1 101 Hi\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
        )
        writer.write(answer.encode())
        await reader.read(-1)
        self.left.set()
        writer.close()


@contextmanager
def nothing_left() -> Iterator[None]:
    """Whoever is left to the collector fails the test, whatever the filters say."""
    gc.collect()
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        yield
        gc.collect()
    assert [str(one.message) for one in said] == []


def test_no_socket_is_left_when_nobody_has_read_what_came() -> None:
    async def scenario() -> None:
        async with talking() as url:
            socket = await dial(HTTPRequest(url))
            assert await socket.read_message() == GREETING
            await hang_up(socket)

    with nothing_left():
        asyncio.run(scenario())


def test_who_does_not_answer_is_waited_for_no_longer_than_said() -> None:
    async def scenario() -> None:
        silent = Silent()
        silent.answer.set()
        async with silent.listening() as url:
            socket = await dial(HTTPRequest(url))
            await hang_up(socket, patience=0.01)
            await asyncio.wait_for(silent.left.wait(), 5)

    with nothing_left():
        asyncio.run(scenario())


def test_hanging_up_twice_or_after_the_other_side_is_at_once_done() -> None:
    async def scenario() -> None:
        async with talking() as url:
            socket = await dial(HTTPRequest(url))
            await hang_up(socket)
            async with asyncio.timeout(0.5):
                await hang_up(socket, patience=60)

    with nothing_left():
        asyncio.run(scenario())


def test_a_connection_that_opens_after_its_caller_was_cancelled_is_closed() -> None:
    async def scenario() -> None:
        silent = Silent()
        async with silent.listening() as url:
            dialling = asyncio.create_task(dial(HTTPRequest(url)))
            await silent.asked.wait()
            dialling.cancel()
            silent.answer.set()
            with pytest.raises(asyncio.CancelledError):
                await dialling
            await asyncio.wait_for(silent.left.wait(), 5)

    with nothing_left():
        asyncio.run(scenario())


def test_a_door_that_is_left_with_frames_pending_leaves_no_socket() -> None:
    async def scenario() -> None:
        async with talking() as url, RemoteDoor(url, "secret") as door:
            known: list[Any] = []
            door.connected().subscribe(known.append)
            await eventually(lambda: known[-1])

    with nothing_left():
        asyncio.run(scenario())


def test_frames_are_sent_at_once() -> None:
    async def scenario() -> int:
        async with talking() as url:
            socket = await dial(HTTPRequest(url))
            assert socket.protocol is not None
            assert socket.protocol.stream is not None
            raw: sockets.socket = socket.protocol.stream.socket
            at_once = raw.getsockopt(sockets.IPPROTO_TCP, sockets.TCP_NODELAY)
            await hang_up(socket)
            return at_once

    assert asyncio.run(scenario())
