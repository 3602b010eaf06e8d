"""Two keys that one browser has kept of one site: who has an open conversation goes on, and nobody takes another's."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.running import SHOP_KEY, Running, Socket, running

HELLO = {"t": "hello", "site": SHOP_KEY, "speaks": 2}
PAGE_HELLO = {
    "t": "hello",
    "site": SHOP_KEY,
    "page": {"t": "page", "address": "http://shop.test/", "title": "Shop", "referrer": ""},
}


def play(tmp_path: Path, scenario: Callable[[Running], Awaitable[None]]) -> None:
    async def run() -> None:
        async with running(tmp_path) as house:
            await scenario(house)

    asyncio.run(run())


async def known(chat: Socket, *, asks: bool) -> dict[str, Any]:
    """Be welcomed by a chat window, and ask or not."""
    await chat.send(HELLO)
    welcome = await chat.until("welcome")
    if asks:
        await chat.send({"t": "ask", "client_id": "a", "name": "Vera"})
        await chat.until("ack")
    return welcome


async def who(socket: Socket, **hello: object) -> str:
    await socket.send(hello)
    return str((await socket.until("welcome"))["visitor"])


@pytest.mark.parametrize("order", [("visitor", "also"), ("also", "visitor")])
def test_of_two_keys_the_page_has_the_one_whose_conversation_is_open(tmp_path: Path, order: tuple[str, str]) -> None:
    async def scenario(house: Running) -> None:
        async with house.chat() as one, house.chat() as other:
            talks, idles = await known(one, asks=True), await known(other, asks=False)
            keys = dict(zip(order, (talks["visitor"], idles["visitor"]), strict=True))
            async with house.page() as page:
                await page.send({**PAGE_HELLO, **keys})
                welcome = await page.until("welcome")
                assert (welcome["visitor"], welcome["chat"]) == (talks["visitor"], True)

    play(tmp_path, scenario)


def test_where_neither_talks_or_both_do_the_sites_own_key_is_taken(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        for asks in (False, True):
            async with house.chat() as one, house.chat() as other, house.page() as page:
                first, second = await known(one, asks=asks), await known(other, asks=asks)
                keys = {"visitor": first["visitor"], "also": second["visitor"]}
                assert await who(page, **PAGE_HELLO, **keys) == first["visitor"]

    play(tmp_path, scenario)


def test_a_key_that_is_none_is_passed_over_beside_one_that_is(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        async with house.chat() as one, house.page() as page:
            key = (await known(one, asks=True))["visitor"]
            assert await who(page, **PAGE_HELLO, visitor=f"{key[:-1]}!", also=key) == key

    play(tmp_path, scenario)


def test_a_window_goes_on_with_an_open_conversation_of_before_if_it_has_its_secret(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        async with house.chat() as one, house.chat() as other:
            talks, idles = await known(one, asks=True), await known(other, asks=False)
            own = {"visitor": idles["visitor"], "secret": idles["secret"]}
            for secret, goes_on in ((talks["secret"], talks), ("another", idles), (None, idles)):
                async with house.chat() as chat:
                    hello = {**HELLO, **own, "also": talks["visitor"], "also_secret": secret}
                    assert await who(chat, **hello) == goes_on["visitor"]

    play(tmp_path, scenario)


@pytest.mark.parametrize("own", [True, False])
def test_a_window_is_not_taken_over_by_somebody_of_before_whose_conversation_is_over(tmp_path: Path, own: bool) -> None:
    async def scenario(house: Running) -> None:
        async with house.chat() as one, house.chat() as other, house.chat() as chat:
            before, here = await known(one, asks=False), await known(other, asks=own)
            hello = {"visitor": here["visitor"], "secret": here["secret"]} if own else {}
            asked = {"also": before["visitor"], "also_secret": before["secret"]}
            assert await who(chat, **HELLO, **hello, **asked) != before["visitor"]

    play(tmp_path, scenario)
