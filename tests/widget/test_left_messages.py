"""Messages left by a plain POST: kept as by the socket, refused as by the socket, and once however often it is sent."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPResponse

from engine.commands import AcceptRequest, SwitchLiveHelp
from engine.events import ConversationId
from engine.limits import TABLE, Limit
from engine.talk import State
from tests.running import SHOP_KEY, SHOP_ORIGIN, Running, at_most, eventually, running

LEAVE: dict[str, Any] = {
    "t": "leave",
    "client_id": "a",
    "site": SHOP_KEY,
    "email": "v@example.org",
    "text": "Call me",
}


def play(tmp_path: Path, scenario: Callable[[Running], Awaitable[None]], *, limits: Iterable[Limit] = TABLE) -> None:
    async def run() -> None:
        async with running(tmp_path, limits=limits) as house:
            await scenario(house)

    asyncio.run(run())


async def post(
    house: Running, message: object, *, origin: str | None = SHOP_ORIGIN, method: str = "POST"
) -> HTTPResponse:
    raw = message if isinstance(message, str | bytes) else json.dumps(message)
    return await AsyncHTTPClient().fetch(
        f"http://127.0.0.1:{house.port}/leave",
        method=method,
        body=raw if method == "POST" else None,
        headers={"Origin": origin} if origin else {},
        raise_error=False,
    )


def ours(house: Running) -> str:
    return f"http://127.0.0.1:{house.port}"


def left(house: Running) -> int:
    return sum(one.state is State.LEFT for one in house.desk.conversations.values())


def test_a_message_left_by_post_is_kept_once_however_often_it_is_sent(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        for _ in range(3):
            answer = await post(house, LEAVE)
            assert answer.code == 200
            assert json.loads(answer.body) == {"t": "left", "client_id": "a"}
            assert answer.headers["Access-Control-Allow-Origin"] == SHOP_ORIGIN
        assert left(house) == 1

    play(tmp_path, scenario)


def test_one_left_by_post_and_again_over_the_socket_is_one(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        said = json.loads((await post(house, LEAVE, origin=ours(house))).body)
        async with house.chat() as chat:
            await chat.send({"t": "hello", "site": SHOP_KEY, "visitor": said["visitor"], "secret": said["secret"]})
            assert (await chat.until("welcome"))["visitor"] == said["visitor"]
            await chat.send({key: value for key, value in LEAVE.items() if key != "site"})
            await chat.until("ack")
        assert left(house) == 1

    play(tmp_path, scenario)


def test_the_window_leaves_it_out_of_the_queue_in_its_visitors_name(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        async with house.chat() as chat:
            await chat.send({"t": "hello", "site": SHOP_KEY})
            welcome = await chat.until("welcome")
            await chat.send({"t": "ask", "client_id": "b"})
            asked = ConversationId((await chat.until("ack"))["conversation"])
            whose = {"visitor": welcome["visitor"], "secret": welcome["secret"]}
            assert (await post(house, {**LEAVE, **whose}, origin=ours(house))).code == 200
            assert (await chat.until("entry", lambda one: one["what"] == "left"))["conversation"] == asked

    play(tmp_path, scenario)


def test_from_the_sites_page_or_without_the_secret_nobodys_conversation_is_touched(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        async with house.chat() as chat:
            await chat.send({"t": "hello", "site": SHOP_KEY})
            welcome = await chat.until("welcome")
            await chat.send({"t": "ask", "client_id": "b"})
            asked = ConversationId((await chat.until("ack"))["conversation"])
            stolen = {**LEAVE, "visitor": welcome["visitor"]}
            known = {**stolen, "client_id": "c", "secret": welcome["secret"]}
            for message, origin in ((stolen, ours(house)), (known, SHOP_ORIGIN)):
                assert (await post(house, message, origin=origin)).code == 200
            assert house.desk.conversations[asked].state is not State.LEFT
            assert left(house) == 2

    play(tmp_path, scenario)


def test_beside_a_chat_that_goes_on_a_message_is_left_all_the_same(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        session = await house.person("ann")
        house.house.door.open_tab(session=session, tab="tab")
        await eventually(lambda: any(one.present for one in house.desk.operators.values()))
        await house.house.door.act(SwitchLiveHelp(on=True), session=session, client_id="on")
        async with house.chat() as chat:
            await chat.send({"t": "hello", "site": SHOP_KEY})
            welcome = await chat.until("welcome")
            await chat.send({"t": "ask", "client_id": "b"})
            asked = ConversationId((await chat.until("ack"))["conversation"])
            await house.house.door.act(AcceptRequest(conversation=asked), session=session, client_id="c")
            whose = {"visitor": welcome["visitor"], "secret": welcome["secret"]}
            assert (await post(house, {**LEAVE, **whose}, origin=ours(house))).code == 200
            late = {key: value for key, value in LEAVE.items() if key != "site"}
            await chat.send({**late, "client_id": "d"})  # found no way by POST, and goes out with the next connection
            assert (await chat.until("ack"))["client_id"] == "d"
        assert house.desk.conversations[asked].state is State.ACTIVE
        assert left(house) == 2

    play(tmp_path, scenario)


@pytest.mark.parametrize(
    ("change", "status", "reason"),
    [
        ({"text": " "}, 400, "empty"),
        ({"text": "x" * 10_001}, 413, "too-long"),
        ({"text": "a\x00b"}, 400, "bad-text"),
        ({"email": "no address"}, 400, "bad-text"),
        ({"department": "nowhere"}, 400, "unknown-department"),
        ({"site": "another"}, 403, "unknown-site"),
        ({"text": 7}, 400, "bad-frame"),
        ({"admin": True}, 400, "bad-frame"),
        ({"t": "say"}, 400, "bad-frame"),
    ],
)
def test_what_may_not_be_left_is_refused_by_name(
    tmp_path: Path, change: dict[str, object], status: int, reason: str
) -> None:
    async def scenario(house: Running) -> None:
        answer = await post(house, {**LEAVE, **change})
        assert (answer.code, json.loads(answer.body)["reason"]) == (status, reason)
        assert left(house) == 0

    play(tmp_path, scenario)


@pytest.mark.parametrize("raw", ["", "no JSON", b"\xff\xfe", "[]", "null"])
def test_a_body_that_is_no_message_is_a_named_error(tmp_path: Path, raw: str | bytes) -> None:
    async def scenario(house: Running) -> None:
        answer = await post(house, raw)
        assert (answer.code, json.loads(answer.body)["reason"]) == (400, "bad-frame")
        assert house.house.visitors.counted.bad_frames == 1

    play(tmp_path, scenario)


def test_a_body_beyond_the_limit_of_a_frame_is_not_even_read(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        assert (await post(house, "x" * (65 << 10))).code in (400, 413)
        assert left(house) == 0

    play(tmp_path, scenario)


@pytest.mark.parametrize("origin", ["http://evil.test", "null", "", None])
@pytest.mark.parametrize("method", ["POST", "OPTIONS"])
def test_a_foreign_origin_is_refused_with_403(tmp_path: Path, origin: str | None, method: str) -> None:
    async def scenario(house: Running) -> None:
        answer = await post(house, LEAVE, origin=origin, method=method)
        assert answer.code == 403
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert left(house) == 0

    play(tmp_path, scenario)


def test_a_sites_page_may_ask_whether_it_may_post_json(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        answer = await post(house, "", method="OPTIONS")
        assert answer.code == 204
        assert answer.headers["Access-Control-Allow-Headers"] == "Content-Type"

    play(tmp_path, scenario)


def test_more_than_a_days_messages_from_one_address_are_too_fast(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        codes = [(await post(house, {**LEAVE, "client_id": f"m{number}"})).code for number in range(4)]
        assert codes == [200, 200, 200, 429]
        assert left(house) == 3

    play(tmp_path, scenario, limits=at_most(left=3))


def test_a_visitor_leaves_five_a_day_and_then_is_told_to_wait(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        whose: dict[str, Any] = {}
        for number in range(6):
            answer = await post(house, {**LEAVE, "client_id": f"m{number}", **whose}, origin=ours(house))
            said = json.loads(answer.body)
            if number < 5:
                whose = {"visitor": said["visitor"], "secret": said["secret"]}
        assert (answer.code, said["reason"]) == (429, "too-fast")
        assert said["limit"] > 3_600

    play(tmp_path, scenario)
