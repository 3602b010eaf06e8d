"""The gate of a listening port, over real sockets: who is let in, who is answered, who is closed."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler

from engine.limits import Budgets
from engine.limits.table import BODY
from engine.wire.gate import http_server
from engine.wire.proxies import Proxies
from tests.running import at_most, eventually

NEAR, FLOOD, OTHER = "127.0.0.1", "127.0.0.9", "127.0.0.8"


class Who(RequestHandler):
    """Says who asks, and how much they brought."""

    def get(self) -> None:
        self.write(f"{self.request.remote_ip}")

    def post(self) -> None:
        self.write(str(len(self.request.body)))


class Still(WebSocketHandler):
    """A websocket on which nothing happens."""

    def on_message(self, message: str | bytes) -> None:
        """Nothing."""


@dataclass
class House:
    port: int
    budgets: Budgets
    lines: "list[Line]" = field(default_factory=list)


@asynccontextmanager
async def served(*named: str, **most: int) -> AsyncIterator[House]:
    budgets = Budgets(at_most(**most), clock=time.monotonic)
    server = http_server(Application([("/", Who), ("/ws", Still)]), Proxies(named), budgets)
    sockets = bind_sockets(0, NEAR)
    server.add_sockets(sockets)
    house = House(sockets[0].getsockname()[1], budgets)
    try:
        yield house
    finally:
        for one in house.lines:
            await one.close()
        server.stop()
        await server.close_all_connections()


def play(scenario: Callable[[House], Coroutine[Any, Any, None]], *named: str, **most: int) -> None:
    async def run() -> None:
        async with served(*named, **most) as house:
            await scenario(house)

    asyncio.run(run())


class Line:
    """A connection from an address of this machine."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def ask(self, head: str = "GET / HTTP/1.1\r\nHost: a", body: bytes = b"") -> tuple[int, dict[str, str]]:
        """Send a request; the status and the headers of its answer, 0 where the connection was closed."""
        try:
            self.writer.write(f"{head}\r\n\r\n".encode() + body)
            said = (await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), 10)).decode()
        except (asyncio.IncompleteReadError, ConnectionError):
            return 0, {}
        first, *lines = said.strip().splitlines()
        headers = dict(line.lower().split(": ", 1) for line in lines)
        await self.reader.readexactly(int(headers.get("content-length", "0")))
        return int(first.split()[1]), headers

    async def ended(self, within: float = 10.0) -> bool:
        """Whether the other side closes it in time."""
        try:
            return await asyncio.wait_for(self.reader.read(), within) == b""
        except ConnectionError:
            return True
        except TimeoutError:
            return False

    async def close(self) -> None:
        self.writer.close()
        with suppress(ConnectionError):
            await self.writer.wait_closed()


async def line(house: House, whose: str = NEAR) -> Line:
    house.lines.append(Line(*await asyncio.open_connection(NEAR, house.port, local_addr=(whose, 0))))
    return house.lines[-1]


def test_an_idle_connection_that_sends_no_head_is_closed_in_time() -> None:
    async def scenario(house: House) -> None:
        idle, slow, asked = await line(house), await line(house), await line(house)
        slow.writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n")
        assert (await asked.ask())[0] == 200
        began = time.monotonic()
        assert all([await one.ended() for one in (idle, slow, asked)])
        assert time.monotonic() - began < 5

    play(scenario, head=1)


def test_a_body_that_does_not_come_is_waited_for_only_so_long() -> None:
    async def scenario(house: House) -> None:
        slow = await line(house)
        slow.writer.write(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf")
        assert await slow.ended(5)

    play(scenario, body_comes=1)


@pytest.mark.parametrize("how", ["length", "chunks"])
def test_a_body_beyond_the_limit_is_refused_and_never_held(how: str) -> None:
    async def scenario(house: House) -> None:
        fits, beyond = await line(house), await line(house)
        head = f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {BODY.most}"
        assert (await fits.ask(head, b"x" * BODY.most))[0] == 200
        if how == "length":
            huge = f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {95 << 20}"
            assert (await beyond.ask(huge, b"x" * 4096))[0] == 413
            assert await beyond.ended()
            assert house.budgets.refused == {"body": 1}
            return
        chunk = b"8000\r\n" + b"x" * 0x8000 + b"\r\n"
        assert (await beyond.ask("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked", 3 * chunk))[0] == 400

    play(scenario)


def test_one_address_has_only_so_many_connections_and_others_come_all_the_same() -> None:
    async def scenario(house: House) -> None:
        idle = [await line(house, FLOOD) for _ in range(5)]
        await eventually(lambda: house.budgets.refused == {"connections": 2})
        assert [await one.ended(0.2) for one in idle] == [False, False, False, True, True]
        other = await line(house, OTHER)
        assert (await other.ask())[0] == 200
        await idle[0].close()
        async with asyncio.timeout(10):
            while (await (await line(house, FLOOD)).ask())[0] != 200:
                await asyncio.sleep(0.02)  # until the end of the first is seen

    play(scenario, connections=3)


def test_a_connection_that_became_a_websocket_makes_room() -> None:
    async def scenario(house: House) -> None:
        upgrade = (
            "GET /ws HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13"
        )
        for _ in range(4):
            assert (await (await line(house, FLOOD)).ask(upgrade))[0] == 101
        assert house.budgets.refused == {}

    play(scenario, connections=1)


def test_a_named_proxy_may_have_any_number_of_connections() -> None:
    async def scenario(house: House) -> None:
        lines = [await line(house, FLOOD) for _ in range(10)]
        assert [(await one.ask())[0] for one in lines] == [200] * 10

    play(scenario, FLOOD, connections=2)


def test_more_requests_than_an_address_may_bring_are_told_when_to_come_again() -> None:
    async def scenario(house: House) -> None:
        said = [await (await line(house, FLOOD)).ask() for _ in range(5)]
        assert [status for status, _ in said] == [200, 200, 200, 429, 429]
        assert 1 <= int(said[-1][1]["retry-after"]) <= 20
        assert said[-1][1]["connection"] == "close"
        assert (await (await line(house, OTHER)).ask())[0] == 200
        assert house.budgets.refused == {"requests": 2}

    play(scenario, requests=3)


def test_requests_on_one_connection_count_as_well_and_by_the_word_of_a_named_proxy() -> None:
    async def scenario(house: House) -> None:
        proxy = await line(house)

        async def through(address: str) -> int:
            return (await proxy.ask(f"GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: {address}"))[0]

        assert [await through("198.51.100.7") for _ in range(2)] == [200, 200]
        assert [await through("2001:db8::1"), await through("2001:db8::2")] == [200, 200]
        assert await through("2001:db8::3") == 429  # of the same /64; and the connection ends with it
        proxy = await line(house)
        assert await through("2001:db8:0:1::3") == 200

    play(scenario, NEAR, requests=2)


def test_the_bytes_of_bodies_are_those_of_an_address() -> None:
    async def scenario(house: House) -> None:
        head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 40"
        assert [(await (await line(house, FLOOD)).ask(head, b"x" * 40))[0] for _ in range(3)] == [200, 200, 429]
        assert (await (await line(house, OTHER)).ask(head, b"x" * 40))[0] == 200
        assert house.budgets.refused == {"bytes": 1}

    play(scenario, bytes=100)


def test_of_connections_that_are_over_nothing_is_kept() -> None:
    async def scenario() -> None:
        budgets = Budgets(at_most(), clock=time.monotonic)
        server = http_server(Application([("/", Who)]), Proxies(), budgets)
        (listening,) = bind_sockets(0, NEAR)
        server.add_sockets([listening])
        house = House(listening.getsockname()[1], budgets)
        for _ in range(20):
            one = await line(house)
            assert (await one.ask())[0] == 200
            await one.close()
        behind = cast("Any", server.request_callback)
        await eventually(lambda: not behind._peers and not behind._application._peers)
        server.stop()
        await server.close_all_connections()

    asyncio.run(scenario())


def test_requests_that_come_at_once_are_begun_in_turn_and_none_is_lost() -> None:
    async def scenario(house: House) -> None:
        lines = [await line(house, FLOOD) for _ in range(60)]
        began = time.monotonic()
        all_at_once = asyncio.gather(*(one.ask() for one in lines))
        other = await line(house, OTHER)
        assert (await other.ask())[0] == 200
        assert not all_at_once.done()  # whoever is another waits for none of them
        assert [status for status, _ in await all_at_once] == [200] * 60
        assert 0.5 <= time.monotonic() - began < 5  # three at once, and a hundred a second

    play(scenario)


def test_who_is_refused_and_comes_back_at_once_waits_for_the_answer_in_turn() -> None:
    async def scenario(house: House) -> None:
        lines = [await line(house, FLOOD) for _ in range(31)]
        assert (await lines.pop().ask())[0] == 200
        began = time.monotonic()
        all_at_once = asyncio.gather(*(one.ask() for one in lines))
        assert (await (await line(house, OTHER)).ask())[0] == 200
        assert not all_at_once.done()
        assert [status for status, _ in await all_at_once] == [429] * 30
        assert 0.9 <= time.monotonic() - began < 5  # ten at once, and twenty a second

    play(scenario, requests=1)


def test_a_body_beyond_the_limit_waits_for_its_refusal_like_any_other() -> None:
    async def scenario(house: House) -> None:
        huge = f"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {95 << 20}"
        began = time.monotonic()
        said = [await (await line(house, FLOOD)).ask(huge, b"x" * 4096) for _ in range(20)]
        assert [status for status, _ in said] == [413] * 20
        assert time.monotonic() - began >= 0.45

    play(scenario)


def test_of_refusals_that_nobody_could_wait_for_the_connection_is_closed() -> None:
    async def scenario(house: House) -> None:
        lines = [await line(house, FLOOD) for _ in range(31)]
        assert (await lines.pop().ask())[0] == 200
        asked = [asyncio.create_task(one.ask()) for one in lines]
        ended, _ = await asyncio.wait(asked, timeout=2)
        statuses = [task.result()[0] for task in ended]
        assert statuses.count(0) in range(6, 10)  # two a second, so that twenty may wait
        assert house.budgets.refused["refusals"] == statuses.count(0)
        assert (await (await line(house, OTHER)).ask())[0] == 200

    began = time.monotonic()
    play(scenario, requests=1, refusals=1)
    assert time.monotonic() - began < 8  # nor does the server's end wait for the others' turns
