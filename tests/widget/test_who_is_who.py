"""Another signed user at a visitor's browser: its pages go on as somebody new, to whom nothing of the first opens."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from engine.events import Event, VisitorId, VisitorIdentified, VisitorLost
from tests.running import SHOP_KEY, Running, Socket, eventually, running
from widget.signed import signature
from widget.successors import DEAF_S, Said

PAGE = {"t": "page", "address": "http://shop.test/cart", "title": "Cart", "referrer": ""}
CHAT = {"t": "hello", "site": SHOP_KEY, "speaks": 2}


class Shop:
    """The house, what happened in it, and the shop's own server, which signs."""

    def __init__(self, house: Running) -> None:
        self.house = house
        self.happened: list[Any] = []
        house.house.core.moments.subscribe(self.happened.append)
        self._secret = house.house.accounts.identity_secret(next(iter(house.desk.sites)))

    def user(self, user: str, name: str = "", email: str = "") -> dict[str, str]:
        who = {"user": user, "name": name, "email": email}
        return {"t": "identify", **who, "signature": signature(self._secret, **who)}

    def of(self, kind: type[Event]) -> list[Any]:
        return [one for one in self.happened if isinstance(one, kind)]

    async def identified(self, number: int) -> None:
        await eventually(lambda: len(self.of(VisitorIdentified)) == number)


def play(tmp_path: Path, scenario: Callable[[Shop], Awaitable[None]]) -> None:
    async def run() -> None:
        async with running(tmp_path) as house:
            await scenario(Shop(house))

    asyncio.run(run())


async def comes(page: Socket, key: str | None = None) -> str:
    await page.send({"t": "hello", "site": SHOP_KEY, "page": PAGE, "visitor": key})
    return str((await page.until("welcome"))["visitor"])


def id_of(key: str) -> VisitorId:
    return VisitorId(key.partition(".")[0])


def test_all_pages_of_the_browser_go_on_as_one_new_visitor_who_is_the_second_user(tmp_path: Path) -> None:
    async def scenario(shop: Shop) -> None:
        async with shop.house.page() as page, shop.house.page() as tab, shop.house.page() as stranger:
            first = await comes(page)
            assert await comes(tab, first) == first
            await comes(stranger)
            await page.send(shop.user("42", "Vera"))
            await shop.identified(1)
            await page.send(shop.user("43", "Victor"))
            welcome, other = await page.until("welcome"), await tab.until("welcome")
            assert welcome["visitor"] == other["visitor"] != first
            assert (welcome["tell_page"], welcome["chat"]) == (True, False)
            assert (welcome.get("taken", False), other["taken"]) == (False, True)
            await page.send(PAGE)
            await page.send(shop.user("43", "Victor"))
            await shop.identified(2)
            one, two = shop.of(VisitorIdentified)
            assert (one.visitor, two.visitor) == (id_of(first), id_of(welcome["visitor"]))
            assert (one.personal.name, two.personal.name) == ("Vera", "Victor")
            await eventually(lambda: [one.visitor for one in shop.of(VisitorLost)] == [id_of(first)])
            assert not [frame for frame in stranger.seen if frame.get("taken")]

    play(tmp_path, scenario)


def test_nothing_opens_the_first_ones_chat_any_more_and_it_is_not_the_seconds(tmp_path: Path) -> None:
    async def scenario(shop: Shop) -> None:
        async with shop.house.page() as page, shop.house.chat() as chat:
            first = await comes(page)
            await chat.send({**CHAT, "visitor": first})
            secret = (await chat.until("welcome"))["secret"]
            await chat.send({"t": "ask", "client_id": "a", "name": "Vera"})
            await chat.until("ack")
            await page.send(shop.user("42"))
            await shop.identified(1)
            await page.send(shop.user("43"))
            second = (await page.until("welcome"))["visitor"]
            for hello in (
                {"visitor": first, "secret": secret},
                {"visitor": first},
                {"visitor": second, "secret": secret},
                {"visitor": second, "also": first, "also_secret": secret},
            ):
                async with shop.house.chat() as later:
                    await later.send({**CHAT, **hello})
                    welcome = await later.until("welcome")
                    assert welcome["visitor"] != first
                    assert "conversation" not in welcome
                    assert "name" not in welcome

    play(tmp_path, scenario)


def test_the_same_user_again_and_an_anonymous_one_who_signs_in_stay_who_they_are(tmp_path: Path) -> None:
    async def scenario(shop: Shop) -> None:
        async with shop.house.page() as page:
            first = await comes(page)
            await page.send({"t": "identify", "name": "Vera"})
            await shop.identified(1)
            await page.send(shop.user("42", "Vera Berger"))
            await shop.identified(2)
            for frame in (shop.user("42", "Vera Berger"), {"t": "identify", "user": "42", "name": "Vera Berger"}):
                await page.send(frame)
            await page.send({"t": "track", "name": ""})
            await page.until("error")  # all that came before was heard
            assert len(shop.of(VisitorIdentified)) == 2
            assert {one.visitor for one in shop.of(VisitorIdentified)} == {id_of(first)}
            assert [frame["t"] for frame in page.seen].count("welcome") == 1

    play(tmp_path, scenario)


def test_unsigned_another_user_is_refused_in_words_and_changes_nothing(tmp_path: Path) -> None:
    async def scenario(shop: Shop) -> None:
        async with shop.house.page() as page:
            await comes(page)
            await page.send(shop.user("42", "Vera"))
            await shop.identified(1)
            await page.send({"t": "identify", "user": "43", "name": "Victor"})
            error = await page.until("error")
            assert error["reason"] == "forbidden"
            assert "Parlour.shutdown()" in error["detail"]
            assert len(shop.of(VisitorIdentified)) == 1

    play(tmp_path, scenario)


def test_who_was_signed_for_before_a_visit_ended_and_main_was_started_again_is_still_somebody_else(
    tmp_path: Path,
) -> None:
    async def yesterday() -> str:
        async with running(tmp_path) as house:
            shop = Shop(house)
            await house.set("visitor_grace", 1)
            async with house.page() as page:
                key = await comes(page)
                await page.send(shop.user("42"))
                await shop.identified(1)
            await eventually(lambda: not house.desk.visitors or not next(iter(house.desk.visitors.values())).visit)
            return key

    async def today(key: str) -> None:
        async with running(tmp_path) as house:
            shop = Shop(house)
            async with house.page() as page, house.page() as same:
                assert await comes(same, key) == key
                await same.send(shop.user("42"))
                await shop.identified(1)
                assert await comes(page, key) == key
                await page.send(shop.user("43"))
                assert (await page.until("welcome"))["visitor"] != key

    key = asyncio.run(yesterday())
    asyncio.run(today(key))


def test_a_page_says_bye_and_the_other_pages_of_its_browser_are_nobodys(tmp_path: Path) -> None:
    async def scenario(shop: Shop) -> None:
        async with shop.house.page() as page, shop.house.page() as tab:
            first = await comes(page)
            await comes(tab, first)
            await tab.send(shop.user("42"))
            await shop.identified(1)
            await page.send({"t": "bye"})
            await page.closed()
            welcome = await tab.until("welcome")
            assert welcome["visitor"] != first
            assert welcome["taken"]
            await eventually(lambda: [one.visitor for one in shop.of(VisitorLost)] == [id_of(first)])

    play(tmp_path, scenario)


def test_a_page_of_before_an_update_that_repeats_its_user_does_not_take_the_browser_back(tmp_path: Path) -> None:
    async def scenario(shop: Shop) -> None:
        async with shop.house.page() as page, shop.house.page() as old:
            first = await comes(page)
            await comes(old, first)
            await old.send(shop.user("42"))
            await shop.identified(1)
            await page.send(shop.user("43"))
            second = (await page.until("welcome"))["visitor"]
            await old.until("welcome")
            for _ in range(2):
                await old.send(PAGE)
                await old.send(shop.user("42"))
            await page.send(shop.user("43"))
            await shop.identified(2)
            assert shop.of(VisitorIdentified)[1].visitor == id_of(second)
            assert [frame["t"] for frame in page.seen].count("welcome") == 2

    play(tmp_path, scenario)


def test_an_echo_is_what_was_said_last_and_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("widget.successors.monotonic", lambda: now[0])
    said = Said()
    assert [said.is_echo("a"), said.is_echo("a")] == [False, False]  # nobody took anything
    said.taken()
    assert [said.is_echo("a"), said.is_echo("b"), said.is_echo("b")] == [True, False, True]
    now[0] += DEAF_S
    assert said.is_echo("b") is False
