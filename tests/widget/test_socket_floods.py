"""What one socket or connection brings without end: it is held back or closed, and nobody else is."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tornado.websocket import WebSocketClosedError

from engine.door import server
from engine.events import VisitorSlept, VisitorWoke
from engine.limits.table import HELLO
from engine.wire.stream import dialled_stream
from tests.running import SHOP_KEY, SHOP_ORIGIN, Running, Socket
from tests.widget.floods import OTHER, PAGE, chat_of, control, happened, hello, page_of, play

pytestmark = pytest.mark.slow

# --- one socket ------------------------------------------------------------------------------------------------------


NO_FRAMES = {
    "nothing": "",
    "no JSON": "no JSON",
    "bytes": b"\x00",
    "deep": "[" * 2_000,
    "unknown": '{"t":"dance"}',
    "too much": '{"t":"hello","more":1}',
}


@pytest.mark.parametrize("where", ["page", "chat"])
@pytest.mark.parametrize("frame", NO_FRAMES.values(), ids=NO_FRAMES)
def test_a_socket_that_sends_what_is_no_frame_is_closed(tmp_path: Path, where: str, frame: str | bytes) -> None:
    async def scenario(house: Running) -> None:
        async with page_of(house) if where == "page" else chat_of(house) as socket:
            await hello(socket)
            with suppress(WebSocketClosedError):
                for _ in range(21):
                    await socket.send(frame)
            assert await socket.closed() == 1008
        assert house.house.visitors.counted.bad_frames == 21

    play(tmp_path, scenario)


@pytest.mark.parametrize("where", ["page", "chat"])
@pytest.mark.parametrize("opcode", [0x9, 0xA], ids=["pings", "pongs"])
def test_a_socket_that_pings_without_end_is_closed(tmp_path: Path, where: str, opcode: int) -> None:
    async def scenario(house: Running) -> None:
        async with page_of(house) if where == "page" else chat_of(house) as socket:
            await hello(socket)
            for _ in range(100):
                control(socket, opcode)
            assert await socket.closed() in {1008, None}
        assert house.house.visitors.counted.refused == {"pings": 1}

    play(tmp_path, scenario)


def test_a_few_pings_are_answered_as_before(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        async with page_of(house) as page:
            await hello(page)
            for _ in range(20):
                control(page, 0x9)
            assert (await hello(page))["reason"] == "bad-frame"

    play(tmp_path, scenario)


def test_falling_asleep_and_waking_up_without_end_is_kept_a_few_times_and_the_last_of_them_counts(
    tmp_path: Path,
) -> None:
    async def scenario(house: Running) -> None:
        turns = happened(house, VisitorSlept, VisitorWoke)
        async with page_of(house) as page:
            await hello(page, page=PAGE)
            for _ in range(150):
                await page.send({"t": "sleep"})
                await page.send({"t": "wake"})
            await page.send({"t": "sleep"})
            began = time.monotonic()
            while not (turns and isinstance(turns[-1], VisitorSlept) and len(turns) > 10):
                assert time.monotonic() - began < 20
                await asyncio.sleep(0.05)
            assert len(turns) <= 14  # ten at once, and one each six seconds

    play(tmp_path, scenario)


async def many_frames(socket: Socket, where: str) -> None:
    frame = {"t": "track", "name": "a"} if where == "page" else {"t": "typing", "conversation": "c"}
    for _ in range(250):
        await socket.send(frame)
    await socket.send({"t": "hello", "site": SHOP_KEY})


async def many_pieces(socket: Socket, _where: str) -> None:
    stream: Any = dialled_stream(socket._socket)
    stream.write(b"\x01\x80\0\0\0\0" + b"\x00\x80\0\0\0\0" * 240 + b"\x80\x81\0\0\0\0x")


@pytest.mark.parametrize("where", ["page", "chat"])
@pytest.mark.parametrize("sends", [many_frames, many_pieces])
def test_more_frames_or_pieces_than_a_socket_may_send_wait_in_it_and_nothing_is_lost(
    tmp_path: Path, where: str, sends: Callable[[Socket, str], Awaitable[None]]
) -> None:
    async def scenario(house: Running) -> None:
        async with page_of(house) if where == "page" else chat_of(house) as socket, page_of(house, OTHER) as other:
            await hello(socket)
            began = time.monotonic()
            await sends(socket, where)
            first = time.monotonic()
            assert (await hello(other))["t"] == "welcome"
            assert time.monotonic() - first < 1
            await socket.until("error", lambda one: one["reason"] == "bad-frame")
            assert 1 < time.monotonic() - began < 8  # 200 at once, and twenty a second

    play(tmp_path, scenario)


@pytest.mark.parametrize("where", ["page", "chat"])
def test_a_socket_that_says_no_hello_is_closed(tmp_path: Path, where: str) -> None:
    async def scenario(house: Running) -> None:
        async with page_of(house) if where == "page" else chat_of(house) as still, page_of(house) as page:
            assert (await hello(page))["t"] == "welcome"
            assert await still.closed() == 4408
            assert page.close_code is None
        assert house.house.visitors.counted.refused == {"hello": 1}

    play(tmp_path, scenario, hello=1)


def test_who_comes_to_the_door_and_says_nothing_is_sent_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "HELLO", replace(HELLO, most=1))

    async def scenario(house: Running) -> None:
        async with Socket(house.door_url, "") as still:
            assert await still.closed() == 4403

    play(tmp_path, scenario)


def test_who_looks_on_for_long_after_the_hello_is_not_closed(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        async with page_of(house) as page:
            await hello(page)
            await asyncio.sleep(1.5)
            await page.send({"t": "dance"})
            assert (await page.next())["reason"] == "bad-frame"

    play(tmp_path, scenario, hello=1)


# --- the public port -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/leave", "/health", "/widget.js", "/ws/page", "/door", "/nowhere"])
def test_a_large_body_is_refused_wherever_it_goes(tmp_path: Path, path: str) -> None:
    async def scenario(house: Running) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
        head = f"POST {path} HTTP/1.1\r\nHost: a\r\nOrigin: {SHOP_ORIGIN}\r\nContent-Length: {95 << 20}\r\n\r\n"
        try:
            writer.write(head.encode())
            for _ in range(256):
                writer.write(b"x" * (64 << 10))
                await writer.drain()
            said = await reader.read(64)
        except ConnectionError:
            said = b""
        finally:
            writer.close()
        assert said.startswith(b"HTTP/1.1 4") or said == b""
        assert house.house.visitors.counted.refused == {"body": 1}

    play(tmp_path, scenario)


def test_a_connection_that_is_only_opened_is_closed_and_says_so(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
        assert await asyncio.wait_for(reader.read(), 8) == b""
        writer.close()

    play(tmp_path, scenario, head=1)


def test_a_page_that_floods_is_told_and_goes_on_being_there(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        async with page_of(house) as page:
            await hello(page, page=PAGE)
            for _ in range(80):
                await page.send(PAGE)
            error = await page.until("error")
            assert (error["reason"], error["limit"]) == ("too-fast", 1)
            with pytest.raises((TimeoutError, WebSocketClosedError)):
                await asyncio.wait_for(page.closed(), 0.3)

    play(tmp_path, scenario)
