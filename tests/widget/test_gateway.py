"""The visitors' sockets against a running main: a whole call, resume, and every refusal of foreign frames."""

import asyncio
import html
import re
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPClientError

from engine.commands import AcceptRequest, EndConversation, SwitchLiveHelp, Type, WriteMessage
from engine.events import ConversationId
from engine.limits import TABLE, Limit
from engine.text import EMAIL_LIMIT, MESSAGE_LIMIT, NAME_LIMIT, SUBJECT_LIMIT
from engine.text.addresses import EMAIL
from engine.views import ConversationEntries
from tests.running import SHOP_KEY, SHOP_ORIGIN, Running, Socket, at_most, eventually, running

pytestmark = pytest.mark.slow

Scenario = Callable[[Running], Awaitable[None]]
PAGE = {"t": "page", "address": "http://shop.test/cart", "title": "Cart", "referrer": "http://search.test/"}


def play(tmp_path: Path, scenario: Scenario, *, limits: Iterable[Limit] = TABLE) -> None:
    async def run() -> None:
        async with running(tmp_path, limits=limits) as house:
            await scenario(house)

    asyncio.run(run())


async def hello_page(page: Socket, **more: object) -> dict[str, Any]:
    await page.send({"t": "hello", "site": SHOP_KEY, "page": PAGE, **more})
    return await page.until("welcome")


async def hello_chat(chat: Socket, **more: object) -> dict[str, Any]:
    await chat.send({"t": "hello", "site": SHOP_KEY, **more})
    return await chat.until("welcome")


async def available(house: Running, login: str = "ann") -> str:
    session = await house.person(login)
    house.house.door.open_tab(session=session, tab=f"{login}'s tab")
    await eventually(lambda: any(one.present for one in house.desk.operators.values()))
    await house.house.door.act(SwitchLiveHelp(on=True), session=session, client_id=f"{login}-on")
    return session


def test_a_call_is_asked_answered_talked_through_and_ended(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        door, session = house.house.door, await available(house)
        async with house.page() as page, house.chat() as chat:
            welcome = await hello_page(page)
            assert welcome["service"] == "live"
            await hello_chat(chat, visitor=welcome["visitor"])
            await chat.send({"t": "ask", "client_id": "a", "name": "Vera"})
            conversation = ConversationId((await chat.until("ack"))["conversation"])
            assert [frame["what"] for frame in chat.seen if frame["t"] == "entry"][:1] == ["asked"]
            await door.act(AcceptRequest(conversation=conversation), session=session, client_id="b")
            assert (await chat.until("entry", lambda one: one["what"] == "accepted"))["operator"] == "Ann"
            await chat.send({"t": "say", "client_id": "c", "text": "see http://shop.test/x"})
            said = await chat.until("entry", lambda one: one["what"] == "message")
            assert said["spans"][1]["href"] == "http://shop.test/x"
            assert said["client_id"] == "c"
            say = WriteMessage(conversation=conversation, text="javascript:alert(1) is no link")
            await door.act(say, session=session, client_id="d")
            answer = await chat.until("entry", lambda one: one["author"] == "operator")
            assert not any("href" in span for span in answer["spans"])
            await door.act(EndConversation(conversation=conversation), session=session, client_id="e")
            assert (await chat.until("entry", lambda one: one["what"] == "ended"))["state"] == "ended"
            numbers = [frame["number"] for frame in chat.seen if frame["t"] == "entry"]
            assert numbers == list(range(1, len(numbers) + 1))

    play(tmp_path, scenario)


def test_a_chat_comes_back_with_what_was_said_meanwhile_and_nothing_twice(tmp_path: Path) -> None:
    async def before(house: Running) -> tuple[dict[str, Any], str, str]:
        session = await available(house)
        async with house.chat() as chat:
            welcome = await hello_chat(chat)
            await chat.send({"t": "ask", "client_id": "a"})
            conversation = ConversationId((await chat.until("ack"))["conversation"])
            await house.house.door.act(AcceptRequest(conversation=conversation), session=session, client_id="b")
            await chat.until("entry", lambda one: one["what"] == "accepted")
            await chat.send({"t": "say", "client_id": "c", "text": "one"})
            token = (await chat.until("entry", lambda one: one["what"] == "message"))["token"]
        say = WriteMessage(conversation=conversation, text="two")
        await house.house.door.act(say, session=session, client_id="d")
        return welcome, token, conversation

    async def after(house: Running, welcome: dict[str, Any], token: str) -> None:
        async with house.chat() as chat:
            again = await hello_chat(chat, visitor=welcome["visitor"], secret=welcome["secret"], after=token)
            assert again["conversation"]["state"] == "active"
            assert "".join(span["text"] for span in (await chat.until("entry"))["spans"]) == "two"
            await chat.send({"t": "say", "client_id": "c", "text": "one"})
            await chat.until("ack", lambda ack: ack["client_id"] == "c")
            await chat.send({"t": "say", "client_id": "e", "text": "three"})
            last = await chat.until("entry")
            assert last["client_id"] == "e"

    async def both() -> None:
        async with running(tmp_path) as house:
            welcome, token, _ = await before(house)
        async with running(tmp_path) as house:
            await after(house, welcome, token)

    asyncio.run(both())


def test_nobody_reads_a_conversation_with_the_page_key_alone(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        async with house.chat() as chat, house.chat() as thief:
            welcome = await hello_chat(chat)
            await chat.send({"t": "ask", "client_id": "a"})
            await chat.until("ack")
            for secret in (None, "guessed"):
                async with house.chat() as other:
                    stranger = await hello_chat(other, visitor=welcome["visitor"], secret=secret)
                    assert stranger["visitor"] != welcome["visitor"]
                    assert "conversation" not in stranger
            forged = await hello_chat(thief, visitor=welcome["visitor"].split(".")[0] + ".AAAAAAAAAAAAAAAAAAAAAA")
            assert forged["visitor"].split(".")[0] != welcome["visitor"].split(".")[0]

    play(tmp_path, scenario)


def test_a_row_of_a_secret_is_written_at_the_first_deed_and_not_before(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        rows = house.house.accounts._store.run_blocking
        count = "SELECT count(*) FROM chats"
        async with house.page() as page, house.chat() as looker, house.chat() as asker:
            visitor = (await hello_page(page))["visitor"]
            looked = await hello_chat(looker, visitor=visitor)
            asked = await hello_chat(asker)
            assert rows(lambda db: db.execute(count).fetchone()) == (0,)
            async with house.chat() as thief:
                assert (await hello_chat(thief, visitor=visitor))["visitor"] != visitor
            await asker.send({"t": "ask", "client_id": "a"})
            await asker.until("ack")
            assert rows(lambda db: db.execute(count).fetchone()) == (1,)
            async with house.chat() as again:
                back = await hello_chat(again, visitor=asked["visitor"], secret=asked["secret"])
                assert back["visitor"] == asked["visitor"]
            async with house.chat() as again:
                assert (await hello_chat(again, visitor=visitor, secret=looked["secret"]))["visitor"] == visitor
            assert rows(lambda db: db.execute(count).fetchone()) == (1,)

    play(tmp_path, scenario)


def test_typing_is_told_to_the_other_side_and_never_kept(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        door, session = house.house.door, await available(house)
        async with house.chat() as chat, house.chat() as stranger:
            await hello_chat(chat)
            await hello_chat(stranger)
            await chat.send({"t": "ask", "client_id": "a"})
            conversation = ConversationId((await chat.until("ack"))["conversation"])
            await door.act(AcceptRequest(conversation=conversation), session=session, client_id="b")
            await chat.until("entry", lambda one: one["what"] == "accepted")
            seen: list[bytes] = []
            door.watch(ConversationEntries(conversation=conversation), session=session).subscribe(
                lambda frame: seen.append(bytes(frame.body))
            )
            await eventually(lambda: len(seen) >= 3)
            before = house.house.core._position
            await stranger.send({"t": "typing", "conversation": conversation})
            await chat.send({"t": "typing", "conversation": conversation})
            await eventually(lambda: seen[-1] == b'{"typing":"visitor"}')
            assert sum(b"typing" in body for body in seen) == 1
            await door.act(Type(conversation=conversation), session=session, client_id="c")
            assert (await chat.until("typing"))["conversation"] == conversation
            assert house.house.core._position == before

    play(tmp_path, scenario)


BAD_FRAMES = [
    "",
    "nothing like JSON",
    "[]",
    "null",
    b"\xff\xfe",
    {"t": "dance"},
    {"t": "say", "client_id": "x"},
    {"t": "say", "client_id": "x", "text": 7},
    {"t": "say", "client_id": "", "text": "hello"},
    {"t": "say", "client_id": "x" * 65, "text": "hello"},
    {"t": "say", "client_id": "x", "text": "hello", "admin": True},
    {"t": "ask", "client_id": "x", "mode": "smoke"},
    {"t": "entry", "number": 1},
    "{" * 5_000,
]


@pytest.mark.parametrize("frame", BAD_FRAMES, ids=repr)
def test_a_frame_that_is_none_is_a_named_error_and_changes_nothing(tmp_path: Path, frame: object) -> None:
    async def scenario(house: Running) -> None:
        async with house.chat() as chat:
            await hello_chat(chat)
            await eventually(lambda: house.desk.visitors is not None)
            before = house.house.core._position
            await chat.send(frame)
            assert (await chat.until("error"))["reason"] == "bad-frame"
            assert house.house.core._position == before
            assert house.house.visitors.counted.bad_frames == 1
            await chat.send({"t": "ask", "client_id": "a"})
            await chat.until("ack")

    play(tmp_path, scenario)


@pytest.mark.parametrize(
    ("frame", "reason", "limit"),
    [
        ({"t": "say", "text": "x" * 10_001}, "too-long", 10_000),
        ({"t": "say", "text": " \n\t "}, "empty", None),
        ({"t": "say", "text": "a\x00b"}, "bad-text", None),
        ({"t": "say", "text": "half a character: \ud83d"}, "bad-text", None),
        ({"t": "ask", "name": "\udc00"}, "bad-text", None),
        ({"t": "say", "text": "hello"}, "unknown-conversation", None),
        ({"t": "end"}, "unknown-conversation", None),
        ({"t": "ask", "name": "x" * 81}, "too-long", 80),
        ({"t": "ask", "department": "nowhere"}, "unknown-department", None),
        ({"t": "leave", "email": "vera@example.org", "text": ""}, "empty", None),
        ({"t": "leave", "email": "no address", "text": "hello"}, "bad-text", None),
        ({"t": "leave", "email": "v" * 250 + "@example.org", "text": "hello"}, "too-long", 254),
        ({"t": "leave", "email": "vera@example.org", "subject": "x" * 201, "text": "hello"}, "too-long", 200),
    ],
)
def test_what_may_not_be_is_refused_by_name_and_changes_nothing(
    tmp_path: Path, frame: dict[str, object], reason: str, limit: int | None
) -> None:
    async def scenario(house: Running) -> None:
        async with house.chat() as chat:
            await hello_chat(chat)
            before = house.house.core._position
            await chat.send({"client_id": "x", **frame})
            error = await chat.until("error")
            assert (error["reason"], error.get("limit"), error["client_id"]) == (reason, limit, "x")
            assert house.house.core._position == before

    play(tmp_path, scenario)


def test_who_asks_without_a_page_and_leaves_is_not_waited_for(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        await house.set("visitor_grace", 1)
        async with house.chat() as chat:
            await hello_chat(chat)
            await chat.send({"t": "ask", "client_id": "a"})
            conversation = ConversationId((await chat.until("ack"))["conversation"])
        queue = next(iter(house.desk.departments.values())).queue
        assert conversation in queue
        await eventually(lambda: conversation not in queue)

    play(tmp_path, scenario)


def test_a_hello_whose_page_came_too_fast_may_be_said_again(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        async with house.page() as first, house.page() as page:
            visitor = (await hello_page(first))["visitor"]
            await page.send({"t": "hello", "site": SHOP_KEY, "visitor": visitor, "page": PAGE})
            error = await page.next()
            assert (error["reason"], error["limit"]) == ("too-fast", 10)
            await page.send({"t": "hello", "site": SHOP_KEY, "visitor": visitor})
            assert (await page.until("welcome"))["visitor"] == visitor

    play(tmp_path, scenario, limits=at_most(pages=1))


def test_an_oversized_frame_closes_the_socket_with_1009(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        async with house.chat() as chat:
            await hello_chat(chat)
            await chat.send({"t": "say", "client_id": "x", "text": "x" * (65 << 10)})
            assert await chat.closed() == 1009

    play(tmp_path, scenario)


def test_the_twenty_first_message_in_ten_seconds_is_too_fast_and_says_how_long_to_wait(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        async with house.chat() as chat:
            await hello_chat(chat)
            for number in range(21):
                await chat.send({"t": "say", "client_id": f"m{number}", "text": "hello"})
            error = await chat.until("error", lambda one: one["reason"] == "too-fast")
            assert error["client_id"] == "m20"
            assert 1 <= error["limit"] <= 10

    play(tmp_path, scenario)


@pytest.mark.parametrize("path", ["/ws/page", "/ws/chat"])
@pytest.mark.parametrize("origin", ["http://evil.test", "null", ""])
def test_a_foreign_origin_is_refused_with_403(tmp_path: Path, path: str, origin: str) -> None:
    async def scenario(house: Running) -> None:
        with pytest.raises(HTTPClientError) as refused:
            async with Socket(f"ws://127.0.0.1:{house.port}{path}", origin):
                pass
        assert refused.value.code == 403

    play(tmp_path, scenario)


def test_the_site_of_another_origin_is_not_ours_to_use(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        async with house.page() as page:
            await page.send({"t": "hello", "site": "another", "page": PAGE})
            assert (await page.next())["reason"] == "unknown-site"
            assert await page.closed() == 4403
        assert not house.desk.visitors

    play(tmp_path, scenario)


def test_a_page_view_before_hello_or_without_a_web_address_is_no_frame(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        async with house.page() as page:
            await page.send(PAGE)
            assert (await page.next())["reason"] == "bad-frame"
            await page.send({"t": "hello", "site": SHOP_KEY, "page": {"t": "page", "address": "javascript:alert(1)"}})
            assert (await page.next())["reason"] == "bad-frame"
            assert not house.desk.visitors
            await hello_page(page)
            assert len(house.desk.visitors) == 1

    play(tmp_path, scenario)


def test_many_tabs_are_one_visitor_who_is_lost_with_the_last(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        state = house.desk
        async with house.page() as first:
            key = (await hello_page(first))["visitor"]
            async with house.page() as second:
                assert (await hello_page(second, visitor=key))["visitor"] == key
            (visitor,) = state.visitors.values()
            assert visitor.visits == 1
            assert visitor.lost_at is None
        await eventually(lambda: visitor.lost_at is not None)
        async with house.page() as again:
            await again.send({"t": "hello", "site": SHOP_KEY, "visitor": key})
            assert "tell_page" not in await again.until("welcome")
            await eventually(lambda: visitor.lost_at is None)

    play(tmp_path, scenario)


def test_the_button_changes_on_open_pages_with_the_switch(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        async with house.page() as page:
            assert (await hello_page(page))["service"] == "message"
            session = await available(house)
            assert (await page.until("service"))["service"] == "live"
            await house.house.door.act(SwitchLiveHelp(on=False), session=session, client_id="off")
            assert (await page.until("service"))["service"] == "message"

    play(tmp_path, scenario)


def test_the_chat_window_may_be_framed_by_the_sites_own_pages_only(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        client = AsyncHTTPClient()
        page = await client.fetch(f"http://127.0.0.1:{house.port}/chat?site={SHOP_KEY}")
        policy = page.headers["Content-Security-Policy"]
        assert f"frame-ancestors {SHOP_ORIGIN}" in policy
        assert "script-src 'self'" in policy
        assert b"{{" not in page.body
        with pytest.raises(HTTPClientError):
            await client.fetch(f"http://127.0.0.1:{house.port}/chat?site=another")

    play(tmp_path, scenario)


def test_the_chat_window_knows_how_long_a_text_may_be_before_it_is_connected(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        page = await AsyncHTTPClient().fetch(f"http://127.0.0.1:{house.port}/chat?site={SHOP_KEY}")
        (limits,) = re.findall('data-limits="([^"]*)"', page.body.decode())
        longest = {"message": MESSAGE_LIMIT, "name": NAME_LIMIT, "email": EMAIL_LIMIT, "subject": SUBJECT_LIMIT}
        assert msgspec.json.decode(html.unescape(limits)) == {**longest, "address": EMAIL}

    play(tmp_path, scenario)


def test_the_types_for_a_sites_scripts_are_text(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        types = await AsyncHTTPClient().fetch(f"http://127.0.0.1:{house.port}/parlour.d.ts")
        assert types.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert "identify(" in types.body.decode()

    play(tmp_path, scenario)
