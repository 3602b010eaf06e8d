"""The bench's own client: whole frames through a real server, and a line that comes back as the widget's does."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from ipaddress import ip_address

import pytest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import WebSocketHandler

from bench.line import CHAT_CAP, FIRST, PAGE_CAP, Line, backoff
from bench.websocket import Way, source

DEADLINE_S = 10.0


class Echo(WebSocketHandler):
    """Answers what comes; "go" closes, "ping" is answered by what the client's pong held."""

    def on_message(self, message: str | bytes) -> None:
        if message == "go":
            self.close()
        elif message == "ping":
            self.ping(b"still there?")
        else:
            self.write_message(message)

    def on_pong(self, data: bytes) -> None:
        self.write_message(f"pong: {data.decode()}")


class Other:
    """What a line's owner hears."""

    def __init__(self, port: int) -> None:
        self.heard: list[str] = []
        self.news = asyncio.Event()
        way = Way(port=port, path="/", origin=f"http://127.0.0.1:{port}")
        self.line = Line(way, 0, hello=lambda: b"hello", take=self.take)

    def take(self, text: bytes) -> None:
        self.heard.append(text.decode())
        self.line.settle()
        self.news.set()

    async def hears(self, count: int) -> list[str]:
        async with asyncio.timeout(DEADLINE_S):
            while len(self.heard) < count:
                self.news.clear()
                await self.news.wait()
        return self.heard


def played(scenario: Callable[[Other], Awaitable[None]]) -> None:
    async def play() -> None:
        listening, port = bind_unused_port()
        server = HTTPServer(Application([(r"/", Echo)]))
        server.add_socket(listening)
        other = Other(port)
        other.line.start()
        try:
            await scenario(other)
        finally:
            other.line.retire()
            server.stop()
            await server.close_all_connections()

    asyncio.run(play())


def test_frames_of_every_length_go_there_and_back_whole() -> None:
    texts = ["x", "y" * 125, "z" * 126, "a" * 60_000, "ü" * 40]

    async def scenario(other: Other) -> None:
        await other.hears(1)
        for text in texts:
            other.line.say(text.encode())
        assert await other.hears(1 + len(texts)) == ["hello", *texts]

    played(scenario)


def test_a_ping_is_answered_with_what_it_held() -> None:
    async def scenario(other: Other) -> None:
        await other.hears(1)
        other.line.say(b"ping")
        assert (await other.hears(2))[-1] == "pong: still there?"

    played(scenario)


def test_a_line_that_was_closed_says_hello_again_and_counts_it() -> None:
    async def scenario(other: Other) -> None:
        await other.hears(1)
        first = other.line.welcomed_at
        other.line.say(b"go")
        assert await other.hears(2) == ["hello", "hello"]
        assert other.line.losses == 1
        assert first is not None
        assert other.line.welcomed_at is not None
        assert other.line.welcomed_at > first

    played(scenario)


def test_a_line_to_nobody_goes_on_trying() -> None:
    async def play() -> None:
        listening, port = bind_unused_port()
        listening.close()
        other = Other(port)
        other.line.start()
        async with asyncio.timeout(DEADLINE_S):
            while other.line.losses < 2:
                await asyncio.sleep(0.01)
        assert not other.line.say(b"anybody?")
        other.line.retire()

    asyncio.run(play())


@pytest.mark.parametrize("cap", [PAGE_CAP, CHAT_CAP])
def test_the_wait_before_a_try_doubles_up_to_its_cap_as_in_the_widget(cap: float) -> None:
    for attempt in range(12):
        waits = [backoff(attempt, cap) for _ in range(200)]
        most = min(cap, FIRST * 2**attempt)
        assert 0 <= min(waits) < most / 4
        assert most * 3 / 4 < max(waits) <= most


def test_the_widgets_own_numbers_are_the_benchs() -> None:
    from widget.assets import CLIENT

    connection = (CLIENT / "wire" / "connection.js").read_text()
    assert f"random() * Math.min(cap, {FIRST * 1000:.0f} * 2 ** attempt)" in connection
    assert f"cap = {PAGE_CAP * 1000:_.0f}" in connection
    assert f"CAP = {CHAT_CAP * 1000:_.0f}" in (CLIENT / "chat" / "socket.js").read_text()


def test_a_few_clients_share_an_address_as_in_a_house_and_all_are_of_this_machine() -> None:
    addresses = [source(number)[0] for number in range(40_000)]
    assert addresses[:5] == ["127.1.0.1"] * 4 + ["127.1.0.2"]
    assert set(Counter(addresses).values()) == {4}
    assert all(ip_address(one).is_loopback for one in set(addresses))
    assert "127.0.0.1" not in addresses
