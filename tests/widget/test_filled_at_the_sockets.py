"""What caller or engine fills, brought in an otherwise good frame to where visitors come in: refused, and not kept."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient

from engine.commands import ViewPage
from engine.talk import State
from tests.engine.commands.filled import filled_at, frame_of, good_at, with_field
from tests.running import SHOP_KEY, SHOP_ORIGIN, Running, Socket, eventually, running

PAGE = frame_of(ViewPage, "page")
HELLO = {"t": "hello", "site": SHOP_KEY}
KEYS = {"site", "visitor"}  # a form's own fields beside the act's: the keys that a chat window says in its hello


def is_refused(said: dict[str, Any], field: str) -> None:
    assert (said["t"], said["reason"]) == ("error", "bad-frame"), (field, said)
    assert f"unknown field `{field}`" in said["detail"]


async def are_refused(house: Running, socket: Socket, cases: list[tuple[dict[str, Any], str]]) -> None:
    """Each of the frames is refused for its field, and nothing happened."""
    position, counted = house.house.core.position, house.house.visitors.counted.bad_frames
    for frame, field in cases:
        await socket.send(with_field(frame, field))
        is_refused(await socket.until("error"), field)
    assert len(cases) > 5
    assert house.house.visitors.counted.bad_frames == counted + len(cases)
    assert house.house.core.position == position


async def are_frames(socket: Socket, frames: list[dict[str, Any]]) -> list[str]:
    """None of the frames is refused as none; the outcomes of those that have one."""
    socket.seen.clear()
    for frame in [*frames, {"t": "marker"}]:
        await socket.send(frame)
    await socket.until("error", lambda said: said["reason"] == "bad-frame")
    assert [said["detail"] for said in socket.seen if said.get("reason") == "bad-frame"] == [
        "Invalid value 'marker' - at `$.t`"
    ]
    return [said["t"] for said in socket.seen if said.get("client_id") and said["t"] in {"ack", "error"}]


@asynccontextmanager
async def welcomed(socket: Socket, **more: object) -> AsyncIterator[Socket]:
    async with socket:
        await socket.send(HELLO | more)
        await socket.until("welcome")
        yield socket


async def _page(house: Running) -> None:
    async with welcomed(house.page(), page=PAGE) as page:
        await are_refused(house, page, filled_at("page"))
        position = house.house.core.position
        assert await are_frames(page, good_at("page")) == []
        await eventually(lambda: house.house.core.position > position)


async def _hello(house: Running) -> None:
    async with house.page() as page:
        for frame, field in filled_at("page"):
            if frame["t"] == "page":
                await page.send(HELLO | {"page": with_field(frame, field)})
                is_refused(await page.until("error"), field)
        await page.send(HELLO | {"page": PAGE})
        await page.until("welcome")


async def _chat(house: Running) -> None:
    async with welcomed(house.chat()) as chat:
        await are_refused(house, chat, filled_at("chat"))
        outcomes = await are_frames(chat, good_at("chat"))
        assert len(outcomes) == sum("client_id" in frame for frame in good_at("chat"))
        assert "ack" in outcomes


async def post(house: Running, frame: dict[str, Any]) -> dict[str, Any]:
    url, headers = f"http://127.0.0.1:{house.port}/leave", {"Origin": SHOP_ORIGIN}
    answer = await AsyncHTTPClient().fetch(
        url, method="POST", body=json.dumps(frame), headers=headers, raise_error=False
    )
    said: dict[str, Any] = json.loads(answer.body)
    return said


async def _form(house: Running) -> None:
    (good,) = good_at("form")
    position = house.house.core.position
    cases = [(frame, field) for frame, field in filled_at("form") if field not in KEYS]
    assert cases
    for frame, field in cases:
        is_refused(await post(house, with_field(frame | {"site": SHOP_KEY}, field)), field)
    assert (await post(house, good | {"site": "mine"}))["reason"] == "unknown-site"
    assert house.house.core.position == position
    assert (await post(house, good | {"site": SHOP_KEY, "visitor": "v"}))["t"] == "left"
    (left,) = [one for one in house.desk.conversations.values() if one.state is State.LEFT]
    assert (left.visitor, left.site) != ("v", SHOP_KEY)
    assert left.site in house.desk.sites


@pytest.mark.parametrize("door", [_page, _hello, _chat, _form])
def test_no_frame_at_a_door_of_visitors_brings_what_others_fill(
    tmp_path: Path, door: Callable[[Running], Awaitable[None]]
) -> None:
    async def run() -> None:
        async with running(tmp_path) as house:
            await door(house)

    asyncio.run(run())
