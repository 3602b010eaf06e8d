"""A silent connection is noticed: no answer to a ping, a process that stands still. A living one is left alone."""

import asyncio
import os
import signal
import socket as sockets
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from tornado.httpclient import HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application
from tornado.websocket import WebSocketHandler

from engine.wire import heartbeat
from engine.wire.dial import dial, hang_up
from engine.wire.heartbeat import Heartbeat
from tests.running import eventually

PERIOD = 0.1
ASK = (
    b"GET / HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
STANDS = """
import asyncio, sys
from tornado.websocket import websocket_connect

async def main():
    socket = await websocket_connect(sys.argv[1])
    print("open", flush=True)
    await socket.read_message()

asyncio.run(main())
"""


class Server(WebSocketHandler):
    """Notes who is there, and how many pongs came."""

    def initialize(self, here: set[Any], pongs: list[float], clock: Callable[[], float]) -> None:
        self.here, self.pongs = here, pongs
        self.heartbeat = Heartbeat(self, period=PERIOD, clock=clock)

    def open(self, *_: str) -> None:
        self.here.add(self)
        self.heartbeat.start()

    def on_message(self, message: str | bytes) -> None:
        self.heartbeat.heard()

    def on_pong(self, data: bytes) -> None:
        self.pongs.append(time.monotonic())
        self.heartbeat.heard()

    def on_close(self) -> None:
        self.here.discard(self)
        self.heartbeat.stop()


@asynccontextmanager
async def serving(
    here: set[Any], pongs: list[float], clock: Callable[[], float] = time.monotonic
) -> AsyncIterator[int]:
    server = HTTPServer(Application([("/", Server, {"here": here, "pongs": pongs, "clock": clock})]))
    bound = bind_sockets(0, "127.0.0.1", sockets.AF_INET)
    server.add_sockets(bound)
    yield bound[0].getsockname()[1]
    server.stop()
    await server.close_all_connections()


def test_who_answers_no_ping_is_gone_after_two_periods() -> None:
    async def scenario() -> float:
        here: set[Any] = set()
        async with serving(here, []) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(ASK)
            await reader.readuntil(b"\r\n\r\n")
            await eventually(lambda: here)
            began = time.monotonic()
            await eventually(lambda: not here)
            took = time.monotonic() - began
            writer.close()
            await writer.wait_closed()
            return took

    assert PERIOD < asyncio.run(scenario()) < 10 * PERIOD  # Tornado's own closing would take five seconds more


class Slow:
    """A clock that goes on by a second with each look while `slow`: every beat is late, as after a stop of ours."""

    def __init__(self) -> None:
        self.slow, self.looks = True, 0

    def __call__(self) -> float:
        self.looks += 1
        return float(self.looks) if self.slow else time.monotonic()


def test_a_beat_that_is_late_by_our_own_fault_cuts_nobody_off() -> None:
    async def scenario() -> None:
        here: set[Any] = set()
        clock = Slow()
        async with serving(here, [], clock) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(ASK)
            await reader.readuntil(b"\r\n\r\n")
            await eventually(lambda: here)
            (server,) = here
            server.heartbeat._pinged = True  # before we stood still
            beats = clock.looks + 10  # two looks each
            await eventually(lambda: clock.looks >= beats)
            assert here
            clock.slow = False
            await eventually(lambda: not here)
            writer.close()
            await writer.wait_closed()

    asyncio.run(scenario())


def test_a_process_that_stands_still_is_gone() -> None:
    async def scenario() -> None:
        here: set[Any] = set()
        async with serving(here, []) as port:
            command = [sys.executable, "-c", STANDS, f"ws://127.0.0.1:{port}/"]
            with subprocess.Popen(command, stdout=subprocess.PIPE) as client:  # noqa: ASYNC220 - read in a thread
                assert client.stdout is not None
                await asyncio.to_thread(client.stdout.readline)
                await eventually(lambda: here)
                os.kill(client.pid, signal.SIGSTOP)
                try:
                    await eventually(lambda: not here)
                finally:
                    client.kill()

    asyncio.run(scenario())


def test_who_answers_stays() -> None:
    async def scenario() -> None:
        here: set[Any] = set()
        pongs: list[float] = []
        async with serving(here, pongs) as port:
            socket = await dial(HTTPRequest(f"ws://127.0.0.1:{port}/"))
            await eventually(lambda: len(pongs) >= 5)
            assert here
            await hang_up(socket)
            await eventually(lambda: not here)

    asyncio.run(scenario())


def test_who_writes_is_not_pinged_and_is_gone_after_two_periods_of_silence() -> None:
    async def scenario() -> float:
        here: set[Any] = set()
        pongs: list[float] = []
        async with serving(here, pongs) as port:
            socket = await dial(HTTPRequest(f"ws://127.0.0.1:{port}/"))
            for _ in range(30):
                await socket.write_message("here")
                await asyncio.sleep(PERIOD / 5)
            assert len(pongs) <= 2  # where this test itself was held up
            protocol: Any = socket.protocol
            protocol.stream.io_loop.remove_handler(protocol.stream.fileno())  # it reads, and answers, no more
            began = time.monotonic()
            await eventually(lambda: not here)
            took = time.monotonic() - began
            await hang_up(socket)
            return took

    assert PERIOD < asyncio.run(scenario()) < 10 * PERIOD


@pytest.mark.skipif(not hasattr(sockets, "TCP_USER_TIMEOUT"), reason="the kernel's probes are Linux's")
def test_the_kernel_finds_a_dead_machine_within_five_seconds() -> None:
    async def scenario() -> dict[str, int]:
        here: set[Any] = set()
        async with serving(here, []) as port:
            socket = await dial(HTTPRequest(f"ws://127.0.0.1:{port}/"))
            await eventually(lambda: here)
            raw = next(iter(here)).ws_connection.stream.socket
            assert raw.getsockopt(sockets.SOL_SOCKET, sockets.SO_KEEPALIVE)
            probes = {n: raw.getsockopt(sockets.IPPROTO_TCP, getattr(sockets, n)) for n in heartbeat.PROBES}
            await hang_up(socket)
            return probes

    probes = asyncio.run(scenario())
    assert probes["TCP_KEEPIDLE"] + probes["TCP_KEEPINTVL"] * probes["TCP_KEEPCNT"] <= 5
    assert probes["TCP_USER_TIMEOUT"] <= 5000
