"""What one address, or one socket, brings without end, over real sockets: it is held back, and nobody else is.

The limits are those of the house, but where a test says otherwise. Whose address is whose, a named proxy says.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tornado.httpclient import AsyncHTTPClient, HTTPClientError
from tornado.websocket import WebSocketClosedError

from engine.door import server
from engine.events import VisitorSlept, VisitorWoke
from engine.limits.table import HELLO
from engine.wire.stream import dialled_stream
from tests.running import SHOP_KEY, SHOP_ORIGIN, Running, Socket, at_most, eventually, running

pytestmark = pytest.mark.slow

PROXY, FLOOD, OTHER = "127.0.0.1", "203.0.113.9", "198.51.100.8"
PAGE = {"t": "page", "address": f"{SHOP_ORIGIN}/cart", "title": "Cart", "referrer": ""}
Scenario = Callable[[Running], Awaitable[None]]


def play(tmp_path: Path, scenario: Scenario, **most: int) -> None:
    async def run() -> None:
        more: dict[str, Any] = {"limits": at_most(**most)} if most else {}
        async with running(tmp_path, proxies=(PROXY,), **more) as house:
            await scenario(house)

    asyncio.run(run())


def page_of(house: Running, address: str = FLOOD) -> Socket:
    return house.page(X_Forwarded_For=address)


def chat_of(house: Running, address: str = FLOOD) -> Socket:
    return Socket(
        f"ws://127.0.0.1:{house.port}/ws/chat", f"http://127.0.0.1:{house.port}", {"X_Forwarded_For": address}
    )


async def hello(socket: Socket, **more: object) -> dict[str, Any]:
    """The answer to a hello: a welcome, or why not."""
    await socket.send({"t": "hello", "site": SHOP_KEY, **more})
    return await socket.next()


async def answer(socket: Socket, frame: dict[str, Any]) -> dict[str, Any]:
    """What becomes of what was asked for."""
    await socket.send(frame)
    while (said := await socket.next())["t"] not in {"ack", "error"} or said.get("client_id") != frame["client_id"]:
        pass
    return said


async def post(house: Running, number: int, address: str = FLOOD) -> int:
    message = {"t": "leave", "client_id": f"n{number}", "site": SHOP_KEY, "email": "v@example.org", "text": "Call me"}
    said = await AsyncHTTPClient().fetch(
        f"http://127.0.0.1:{house.port}/leave",
        method="POST",
        body=json.dumps(message),
        headers={"Origin": SHOP_ORIGIN, "X-Forwarded-For": address},
        raise_error=False,
    )
    return said.code


def happened(house: Running, *kinds: type) -> list[object]:
    """From now on what happens of these kinds is in the list."""
    seen: list[object] = []
    house.house.core.moments.subscribe(lambda moment: seen.append(moment) if isinstance(moment, kinds) else None)
    return seen


# --- one address, with any number of visitors ------------------------------------------------------------------------


def test_new_visitors_of_one_address_are_held_back_and_told_how_long(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        said = []
        async with page_of(house) as known:
            key = (await hello(known, page=PAGE))["visitor"]
            for _ in range(230):
                async with page_of(house) as page:
                    said.append(await hello(page))
            refused = [one for one in said if one["t"] == "error"]
            assert 15 <= len(refused) <= 31  # of 231, two hundred at once and one a second after that
            assert all(one["reason"] == "too-fast" and one["limit"] >= 1 for one in refused)
            async with page_of(house) as page:
                assert (await hello(page, visitor=key))["t"] == "welcome"  # who was here is no new visitor
        async with page_of(house, OTHER) as other:
            assert (await hello(other))["t"] == "welcome"
        assert house.house.visitors.counted.refused == {"visitors": len(refused)}

    play(tmp_path, scenario)


def test_a_house_that_says_so_has_room_for_more_people_behind_one_address_at_once(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        async def welcomed(address: str) -> int:
            said = []
            for _ in range(9):
                async with page_of(house, address) as page:
                    said.append((await hello(page))["t"])
            return said.count("welcome")

        assert await welcomed(FLOOD) == 2
        await house.set("address_people", 800)
        assert await welcomed(OTHER) == 8

    play(tmp_path, scenario, visitors=2)


def test_who_was_held_back_is_welcomed_on_the_same_socket_once_the_wait_is_over(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        async with AsyncExitStack() as stack:
            said: dict[str, Any] = {"t": "welcome"}
            while said["t"] == "welcome":
                page = await stack.enter_async_context(page_of(house))
                said = await hello(page)
            assert said["reason"] == "too-fast"
            await asyncio.sleep(said["limit"])
            assert (await hello(page, page=PAGE))["t"] == "welcome"

    play(tmp_path, scenario)


def test_requests_for_help_of_one_address_are_held_back_whoever_asks(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        said = Counter[str]()
        for number in range(90):
            async with chat_of(house) as chat:
                await hello(chat)
                one = await answer(chat, {"t": "ask", "client_id": f"a{number}"})
                said[one["t"]] += 1
        assert said["ack"] <= 60 + 20  # and one a second
        assert house.house.visitors.counted.refused == {"asks": said["error"]}
        async with chat_of(house, OTHER) as chat:
            await hello(chat)
            assert (await answer(chat, {"t": "ask", "client_id": "b"}))["t"] == "ack"

    play(tmp_path, scenario)


def test_messages_left_by_one_address_are_held_back_by_socket_and_by_post(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        left = Counter[object]()
        form = {"t": "leave", "email": "v@example.org", "text": "Call me"}
        for number in range(60):
            async with chat_of(house) as chat:
                await hello(chat)
                left[(await answer(chat, {**form, "client_id": f"m{number}"}))["t"]] += 1
            left[await post(house, number)] += 1
        assert left["ack"] + left[200] == 100
        assert left["error"] + left[429] == 20
        assert await post(house, 1_000, OTHER) == 200

    play(tmp_path, scenario)


def test_the_bytes_of_one_address_are_held_back_on_any_number_of_sockets(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        text, through, size = "ö" * 9_000, 0, 0
        async with AsyncExitStack() as stack:
            chats = [await stack.enter_async_context(chat_of(house)) for _ in range(20)]
            for chat in chats:
                await hello(chat)
            for number, chat in enumerate(chats * 4):
                form = {"t": "leave", "client_id": f"m{number}", "email": "v@example.org", "text": text}
                size = len(json.dumps(form))
                through += (await answer(chat, form))["t"] == "ack"
        assert 180 <= through * size >> 10 <= 400  # of 4 MiB: 240 KiB, and 8 more a second

    play(tmp_path, scenario)


def test_one_address_has_only_so_many_websockets_open(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        async with AsyncExitStack() as stack:
            few = [await stack.enter_async_context(page_of(house)) for _ in range(3)]
            with pytest.raises(HTTPClientError) as refused:
                await stack.enter_async_context(page_of(house))
            assert refused.value.code == 429
            assert (await hello(await stack.enter_async_context(page_of(house, OTHER))))["t"] == "welcome"
            await few[0].__aexit__(None, None, None)
            await eventually(lambda: house.house.visitors.sockets[FLOOD] == 2)
            assert (await hello(await stack.enter_async_context(page_of(house))))["t"] == "welcome"
        await eventually(lambda: len(house.house.visitors.sockets) == 0)

    play(tmp_path, scenario, sockets=3)


def test_an_ipv6_house_is_one_address_whichever_of_its_own_it_takes(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        said = []
        for number in range(4):
            async with page_of(house, f"2001:db8:1:2::{number + 1}") as page:
                said.append((await hello(page))["t"])
        async with page_of(house, "2001:db8:1:3::1") as page:
            said.append((await hello(page))["t"])
        assert said == ["welcome", "welcome", "error", "error", "welcome"]

    play(tmp_path, scenario, visitors=2)


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


def test_an_address_whose_sockets_were_cut_off_opens_no_more_for_a_while(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        codes = Counter[object]()
        for _ in range(4):
            try:
                async with page_of(house) as page:
                    for _ in range(100):
                        control(page, 0x9)
                    codes[await page.closed() in {1008, None}] += 1
            except HTTPClientError as refused:
                codes[refused.code] += 1
        assert codes == {True: 2, 429: 2}
        assert await post(house, 1) == 200  # a form still gets through
        async with page_of(house, OTHER) as page:
            assert (await hello(page))["t"] == "welcome"

    play(tmp_path, scenario, cut_off=2)


def control(socket: Socket, opcode: int) -> None:
    """Send a control frame, masked with nothing."""
    protocol: Any = socket._socket.protocol
    if not protocol.stream.closed():
        protocol.stream.write(bytes((0x80 | opcode, 0x80, 0, 0, 0, 0)))


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


@pytest.mark.parametrize("where", ["page", "chat"])
def test_more_frames_than_a_socket_may_send_wait_in_it_and_nothing_is_lost(tmp_path: Path, where: str) -> None:
    async def scenario(house: Running) -> None:
        async with page_of(house) if where == "page" else chat_of(house) as socket, page_of(house, OTHER) as other:
            await hello(socket)
            began = time.monotonic()
            frame = {"t": "track", "name": "a"} if where == "page" else {"t": "typing", "conversation": "c"}
            for _ in range(250):
                await socket.send(frame)
            await socket.send({"t": "hello", "site": SHOP_KEY})
            first = time.monotonic()
            assert (await hello(other))["t"] == "welcome"
            assert time.monotonic() - first < 1
            await socket.until("error", lambda one: one["reason"] == "bad-frame")
            assert 1 < time.monotonic() - began < 8  # 200 at once, and twenty a second

    play(tmp_path, scenario)


@pytest.mark.parametrize("where", ["page", "chat"])
def test_pieces_of_a_message_are_frames_too(tmp_path: Path, where: str) -> None:
    async def scenario(house: Running) -> None:
        async with page_of(house) if where == "page" else chat_of(house) as socket, page_of(house, OTHER) as other:
            await hello(socket)
            stream: Any = dialled_stream(socket._socket)
            began = time.monotonic()
            stream.write(b"\x01\x80\0\0\0\0" + b"\x00\x80\0\0\0\0" * 240 + b"\x80\x81\0\0\0\0x")
            assert (await hello(other))["t"] == "welcome"
            assert time.monotonic() - began < 1
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
