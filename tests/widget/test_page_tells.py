"""What a page tells of its visitor: that they sleep, who they are, what they did; and what it hears of invitations."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from engine.commands import InviteVisitor, SwitchLiveHelp
from engine.events import (
    ActionTracked,
    ConversationId,
    Event,
    VisitorId,
    VisitorIdentified,
    VisitorLost,
    VisitorSlept,
    VisitorWoke,
    VisitStarted,
)
from tests.running import SHOP_KEY, Running, Socket, eventually, running
from widget.page_socket import PageSocket
from widget.protocol import Page
from widget.signed import signature

PAGE = {"t": "page", "address": "http://shop.test/cart", "title": "Cart", "referrer": ""}


def play(tmp_path: Path, scenario: Callable[[Running, list[Event]], Awaitable[None]]) -> None:
    async def run() -> None:
        async with running(tmp_path) as house:
            happened: list[Any] = []
            house.house.core.moments.subscribe(happened.append)
            await scenario(house, happened)

    asyncio.run(run())


async def hello(page: Socket, **more: object) -> str:
    await page.send({"t": "hello", "site": SHOP_KEY, "page": PAGE, **more})
    return str((await page.until("welcome"))["visitor"])


def of(kind: type[Event], happened: list[Event]) -> list[Any]:
    return [one for one in happened if isinstance(one, kind)]


def test_a_visitor_sleeps_when_all_their_pages_do_and_wakes_with_one(tmp_path: Path) -> None:
    async def scenario(house: Running, happened: list[Event]) -> None:
        await house.set("sleep_timeout", 77)
        async with house.page() as one, house.page() as two:
            await one.send({"t": "hello", "site": SHOP_KEY, "page": PAGE})
            welcome = await one.until("welcome")
            assert welcome["sleep_s"] == 77
            await hello(two, visitor=welcome["visitor"])
            await one.send({"t": "sleep"})
            await one.send({"t": "track", "name": "a look at the order"})
            await eventually(lambda: of(ActionTracked, happened))
            assert not of(VisitorSlept, happened)
            await two.send({"t": "sleep"})
            await eventually(lambda: of(VisitorSlept, happened))
            await one.send({"t": "wake"})
            await eventually(lambda: of(VisitorWoke, happened))
            assert len(of(VisitorSlept, happened)) == 1

    play(tmp_path, scenario)


def test_closing_the_only_page_that_is_awake_leaves_a_sleeper(tmp_path: Path) -> None:
    async def scenario(house: Running, happened: list[Event]) -> None:
        async with house.page() as asleep:
            async with house.page() as awake:
                key = await hello(awake)
                await hello(asleep, visitor=key)
                await asleep.send({"t": "sleep"})
            await eventually(lambda: of(VisitorSlept, happened))

    play(tmp_path, scenario)


def test_a_page_that_comes_back_says_whether_it_is_still_asleep(tmp_path: Path) -> None:
    async def scenario(house: Running, happened: list[Event]) -> None:
        async with house.page() as page:
            key = await hello(page)
            await page.send({"t": "sleep"})
            await eventually(lambda: of(VisitorSlept, happened))
        async with house.page() as page:
            await page.send({"t": "hello", "site": SHOP_KEY, "visitor": key, "asleep": True})
            await page.until("welcome")
        assert not of(VisitorWoke, happened)
        async with house.page() as page:
            await page.send({"t": "hello", "site": SHOP_KEY, "visitor": key})
            await page.until("welcome")
            await eventually(lambda: of(VisitorWoke, happened))

    play(tmp_path, scenario)


def test_who_is_signed_for_is_verified_and_who_is_not_is_unverified(tmp_path: Path) -> None:
    async def scenario(house: Running, happened: list[Event]) -> None:
        site = next(iter(house.desk.sites))
        secret = house.house.accounts.identity_secret(site)
        who = {"user": "42", "name": "Vera", "email": "vera@example.org"}
        async with house.page() as page:
            await hello(page)
            await page.send({"t": "identify", **who})
            await eventually(lambda: of(VisitorIdentified, happened))
            signed = signature(secret, **who)
            await page.send({"t": "identify", **who, "signature": signed})
            await eventually(lambda: len(of(VisitorIdentified, happened)) == 2)
            first, second = of(VisitorIdentified, happened)
            assert (first.verified, second.verified) == (False, True)
            assert (second.personal.user, second.personal.name, second.personal.email) == tuple(who.values())
            await page.send({"t": "identify", **who, "name": "Somebody else", "signature": signed})
            assert (await page.until("error"))["reason"] == "forbidden"
            await page.send({"t": "identify", **who, "signature": "é" * 64})
            assert (await page.until("error"))["reason"] == "forbidden"
            assert len(of(VisitorIdentified, happened)) == 2

    play(tmp_path, scenario)


def test_the_signature_is_what_any_language_makes_of_these_lines() -> None:
    one = signature(b"secret", user="42", name="", email="")
    assert one == "93c121e7aa437a1e01e3c512c6f0ce3c821a839025dca4408f85616de4aaee70"
    whole = signature(b"secret", user="42", name="Vera", email="vera@example.org")
    assert whole == "3ca44003bc86c6dbe70d875fc95b095d3c053843cc41fcb5e210fb8c19dbadab"
    assert signature(b"k", user="a", name="b", email="") != signature(b"k", user="a", name="", email="b")


def test_an_action_is_kept_with_its_parameters_as_texts(tmp_path: Path) -> None:
    async def scenario(house: Running, happened: list[Event]) -> None:
        async with house.page() as page:
            await hello(page)
            parameters = {"product": "tent", "price": 349.5, "pieces": 2, "gift": True}
            await page.send({"t": "track", "name": "added to cart", "parameters": parameters})
            await eventually(lambda: of(ActionTracked, happened))
            (action,) = of(ActionTracked, happened)
            assert action.name == "added to cart"
            assert dict(action.parameters) == {"product": "tent", "price": "349.5", "pieces": "2", "gift": "true"}

    play(tmp_path, scenario)


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        ({"t": "track", "name": " "}, "empty"),
        ({"t": "track", "name": "x" * 81}, "too-long"),
        ({"t": "track", "name": "x", "parameters": {f"p{number}": 1 for number in range(21)}}, "too-long"),
        ({"t": "track", "name": "x", "parameters": {"p": "x" * 201}}, "too-long"),
        ({"t": "track", "name": "x", "parameters": {"p": {"deep": 1}}}, "bad-frame"),
        ({"t": "track", "name": "a\x00b"}, "bad-text"),
        ({"t": "identify", "name": "x" * 81}, "too-long"),
        ({"t": "identify", "user": "x" * 201}, "too-long"),
        ({"t": "identify", "email": "no address"}, "bad-text"),
        ({"t": "identify", "name": "two\nlines"}, "bad-text"),
        ({"t": "identify", "name": 7}, "bad-frame"),
        ({"t": "sleep", "for": 7}, "bad-frame"),
    ],
)
def test_what_a_page_may_not_tell_is_refused_by_name(tmp_path: Path, frame: dict[str, Any], reason: str) -> None:
    async def scenario(house: Running, happened: list[Event]) -> None:
        async with house.page() as page:
            await hello(page)
            await page.send(frame)
            assert (await page.until("error"))["reason"] == reason
            assert not of(VisitorIdentified, happened) + of(ActionTracked, happened)

    play(tmp_path, scenario)


@pytest.mark.parametrize(
    "frame", [{"t": "sleep"}, {"t": "wake"}, {"t": "identify", "user": "1"}, {"t": "track", "name": "x"}]
)
def test_nothing_is_told_before_hello(tmp_path: Path, frame: dict[str, Any]) -> None:
    async def scenario(house: Running, _happened: list[Event]) -> None:
        async with house.page() as page:
            await page.send(frame)
            assert (await page.next())["reason"] == "bad-frame"

    play(tmp_path, scenario)


def test_a_hello_without_a_page_makes_no_visit(tmp_path: Path) -> None:
    async def scenario(house: Running, _happened: list[Event]) -> None:
        async with house.page() as page:
            await page.send({"t": "hello", "site": SHOP_KEY})
            await page.until("welcome")
            assert not house.desk.visitors

    play(tmp_path, scenario)


async def inviting(house: Running, visitor: str) -> ConversationId:
    session = await house.person("ann")
    house.house.door.open_tab(session=session, tab="tab")
    await eventually(lambda: any(one.present for one in house.desk.operators.values()))
    await house.house.door.act(SwitchLiveHelp(on=True), session=session, client_id="on")
    invite = InviteVisitor(visitor=VisitorId(visitor.partition(".")[0]), text="May I help?")
    await house.house.door.act(invite, session=session, client_id="invite")
    return max(house.desk.conversations)


def test_an_invitation_is_told_to_page_and_chat_and_started_with_who_invited(tmp_path: Path) -> None:
    async def scenario(house: Running, _happened: list[Event]) -> None:
        async with house.page() as page, house.chat() as chat:
            key = await hello(page)
            await chat.send({"t": "hello", "site": SHOP_KEY, "visitor": key})
            await chat.until("welcome")
            conversation = await inviting(house, key)
            await page.until("invited")
            invited = await chat.until("entry")
            assert (invited["what"], invited["state"], invited["operator"]) == ("invited", "invited", "Ann")
            assert invited["spans"] == [{"text": "May I help?"}]
            await chat.send({"t": "start", "client_id": "s", "conversation": conversation, "name": "Vera"})
            await chat.until("ack", lambda ack: ack["client_id"] == "s")
            what = [frame["what"] for frame in chat.seen if frame["t"] == "entry"]
            assert what[:3] == ["invited", "started", "accepted"]

    play(tmp_path, scenario)


def test_an_invitation_is_refused_by_frame_and_a_foreign_one_is_not_ones_to_refuse(tmp_path: Path) -> None:
    async def scenario(house: Running, _happened: list[Event]) -> None:
        async with house.page() as page, house.chat() as chat, house.chat() as stranger:
            key = await hello(page)
            for one, more in ((chat, {"visitor": key}), (stranger, {})):
                await one.send({"t": "hello", "site": SHOP_KEY, **more})
                await one.until("welcome")
            conversation = await inviting(house, key)
            await stranger.send({"t": "refuse", "client_id": "r", "conversation": conversation})
            assert (await stranger.until("error"))["client_id"] == "r"
            await chat.send({"t": "refuse", "client_id": "r", "conversation": conversation})
            refused = await chat.until("entry", lambda one: one["what"] == "refused")
            assert refused["state"] == "refused"

    play(tmp_path, scenario)


def test_seen_is_kept_and_not_answered(tmp_path: Path) -> None:
    async def scenario(house: Running, _happened: list[Event]) -> None:
        async with house.page() as page, house.chat() as chat:
            key = await hello(page)
            await chat.send({"t": "hello", "site": SHOP_KEY, "visitor": key})
            await chat.until("welcome")
            conversation = await inviting(house, key)
            await chat.send({"t": "seen", "conversation": conversation, "upto": 9})
            await chat.send({"t": "refuse", "client_id": "r", "conversation": conversation})
            await chat.until("ack")
            assert not [frame for frame in chat.seen if frame["t"] == "error"]

    play(tmp_path, scenario)


def test_who_is_hung_up_on_while_the_first_page_is_kept_is_lost_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = PageSocket._view

    async def view_and_hang_up(self: PageSocket, page: Page) -> bool:
        kept = await view(self, page)
        self.on_connection_close()  # as the heartbeat does with who is silent
        return kept

    monkeypatch.setattr(PageSocket, "_view", view_and_hang_up)

    async def scenario(house: Running, happened: list[Event]) -> None:
        async with house.page() as page:
            await page.send({"t": "hello", "site": SHOP_KEY, "page": PAGE})
            await eventually(lambda: of(VisitStarted, happened))
            await eventually(lambda: of(VisitorLost, happened), within=5)

    play(tmp_path, scenario)


@pytest.mark.parametrize(
    ("signed", "told"),
    [
        ({"name": "Vera"}, {"user": "\nVera"}),
        ({"user": "42", "name": "Vera"}, {"user": "42\nVera"}),
        ({"user": "42", "name": "Vera"}, {"user": "42", "name": "Vera\n"}),
    ],
)
def test_a_signature_is_of_these_values_and_not_of_others_that_make_the_same_lines(
    tmp_path: Path, signed: dict[str, str], told: dict[str, str]
) -> None:
    async def scenario(house: Running, happened: list[Event]) -> None:
        secret = house.house.accounts.identity_secret(next(iter(house.desk.sites)))
        by_site = signature(secret, **{"user": "", "name": "", "email": "", **signed})
        async with house.page() as page:
            await hello(page)
            await page.send({"t": "identify", **told, "signature": by_site})
            assert (await page.until("error"))["reason"] == "forbidden"
            assert not of(VisitorIdentified, happened)

    play(tmp_path, scenario)
