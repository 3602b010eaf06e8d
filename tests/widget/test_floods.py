"""What one address brings without end, with any number of visitors: it is held back, and nobody else is."""

import asyncio
import json
import time
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError

from tests.running import Running, eventually
from tests.widget.floods import FLOOD, OTHER, PAGE, answer, chat_of, control, hello, page_of, play, post

pytestmark = pytest.mark.slow


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


def test_requests_for_help_of_one_address_have_their_turns_and_nobody_else_waits(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        async with AsyncExitStack() as stack:
            chats = [await stack.enter_async_context(chat_of(house)) for _ in range(24)]
            other = await stack.enter_async_context(chat_of(house, OTHER))
            for chat in (*chats, other):
                await hello(chat)
            began = time.monotonic()
            asks = [asyncio.create_task(answer(chat, {"t": "ask", "client_id": "a"})) for chat in chats]
            await asyncio.sleep(0)
            assert (await answer(other, {"t": "ask", "client_id": "b"}))["t"] == "ack"
            assert not all(ask.done() for ask in asks)
            assert [(await ask)["t"] for ask in asks] == ["ack"] * 24
            assert 1 <= time.monotonic() - began < 8  # two at once, and twenty a second

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
