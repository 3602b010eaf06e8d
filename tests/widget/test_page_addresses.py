"""Addresses and titles as browsers have them, through the page's socket: kept, cleaned, and one page is one line."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from engine.events import ActionTracked, Event, PageViewed, VisitorIdentified, VisitStarted
from engine.streams.registry import PIPELINES
from tests.engine.analytics.tables import ask, tables_of
from tests.running import SHOP_KEY, Running, Socket, eventually, running

SHOP = "http://shop.test"
DAY = ("2000-01-01", "2100-01-01")


def play(tmp_path: Path, scenario: Callable[[Running, list[Any]], Awaitable[None]]) -> list[Event]:
    happened: list[Any] = []

    async def run() -> None:
        async with running(tmp_path) as house:
            house.house.core.moments.subscribe(happened.append)
            await scenario(house, happened)

    asyncio.run(run())
    return [one for one in happened if isinstance(one, Event)]


def of(kind: type[Event], happened: list[Any]) -> list[Any]:
    return [one for one in happened if isinstance(one, kind)]


async def hello(page: Socket, **told: object) -> None:
    await page.send({"t": "hello", "site": SHOP_KEY, "page": {"t": "page", "address": f"{SHOP}/", **told}})
    await page.until("welcome")


@pytest.mark.parametrize(
    ("told", "address", "title"),
    [
        ({"address": f"{SHOP}/a?path=C:\\x"}, f"{SHOP}/a?path=C:%5Cx", None),
        ({"address": f"{SHOP}/a#top"}, f"{SHOP}/a", None),
        ({"address": f"{SHOP}/a#/b", "hash_routes": True}, f"{SHOP}/a#/b", None),
        ({"address": f"{SHOP}/\ud83c"}, f"{SHOP}/", None),
        ({"title": "Tea \ud83c"}, f"{SHOP}/", "Tea"),
        ({"title": "\udf75 Tea 🍵\n\x00"}, f"{SHOP}/", "Tea 🍵"),
        ({"title": "Tea C:\\ud83c"}, f"{SHOP}/", "Tea C:\\ud83c"),
        ({"title": "x" * 20_000}, f"{SHOP}/", "x" * 300),
        ({"referrer": "http://\ud83c.test/\\"}, f"{SHOP}/", None),
        ({"address": f"{SHOP}/{'%F0%9F%8D%B5' * 900}"}, f"{SHOP}/{'%F0%9F%8D%B5' * 169}", None),
        ({"address": f"http://a!b_c.test:8080/?utm_source=%D8{'%' * 99}"}, "http://a!b_c.test:8080/", None),
    ],
)
def test_no_hello_is_refused_for_what_a_browser_has(
    tmp_path: Path, told: dict[str, Any], address: str, title: str | None
) -> None:
    async def scenario(house: Running, happened: list[Any]) -> None:
        async with house.page() as page:
            await hello(page, **told)
            assert [frame["t"] for frame in page.seen] == ["welcome"]
            (viewed,) = of(PageViewed, happened)
            assert (viewed.address, viewed.title) == (address, title)
            await page.send({"t": "page", "address": f"{SHOP}/next", **told})
            await eventually(lambda: len(of(PageViewed, happened)) == 2)
            assert house.house.visitors.counted.bad_frames == 0

    play(tmp_path, scenario)


def test_halves_of_characters_anywhere_in_a_frame_are_left_out(tmp_path: Path) -> None:
    async def scenario(house: Running, happened: list[Any]) -> None:
        async with house.page() as page:
            await hello(page)
            await page.send({"t": "track", "name": "look\ud83c", "parameters": {"what\udf75": "tea \ud83c", "how": 2}})
            await eventually(lambda: of(ActionTracked, happened))
            (action,) = of(ActionTracked, happened)
            assert (action.name, action.parameters) == ("look", (("what", "tea"), ("how", "2")))
            await page.send({"t": "identify", "user": "4\ud8002", "name": "Vera \ud83c"})
            await eventually(lambda: of(VisitorIdentified, happened))
            (who,) = of(VisitorIdentified, happened)
            assert (who.personal.user, who.personal.name) == ("42", "Vera")
            assert "error" not in {frame["t"] for frame in page.seen}

    play(tmp_path, scenario)


def test_a_half_that_is_not_all_that_is_wrong_is_refused_as_ever(tmp_path: Path) -> None:
    async def scenario(house: Running, _happened: list[Any]) -> None:
        async with house.page() as page:
            await hello(page)
            for frame in ({"t": "track", "name": "\ud83c", "more": 1}, {"t": "page", "address": "\ud83cabout:blank"}):
                await page.send(frame)
                assert (await page.until("error"))["reason"] in ("bad-frame", "bad-text")

    play(tmp_path, scenario)


CAMPAIGNS = [
    "",
    "?utm_source=letter&utm_medium=email&utm_campaign=spring&utm_term=tea&utm_content=top",
    "?gclid=Cj0K&gad_source=1",
    "?fbclid=IwAR1&utm_source=ig",
    "#reviews",
    "?UTM_SOURCE=x#top",
]


def test_one_page_is_one_line_in_every_tile_and_report_and_its_campaigns_are_columns(tmp_path: Path) -> None:
    async def scenario(house: Running, happened: list[Any]) -> None:
        for campaign in CAMPAIGNS:
            async with house.page() as page:
                await hello(page, address=f"{SHOP}/tea{campaign}", title="Tea")
        await eventually(lambda: len(of(PageViewed, happened)) == len(CAMPAIGNS))

    events = play(tmp_path, scenario)
    pipeline = PIPELINES["top_pages"]
    tile = pipeline.view(reduce(pipeline.step, events, pipeline.empty))
    assert [(one.address, one.views, one.now) for one in tile.pages] == [(f"{SHOP}/tea", 6, 6)]
    assert {one.personal and one.personal.name for one in of(VisitStarted, events)} == {None}
    with tables_of(tmp_path, events) as store:
        (line,) = ask(store, "FROM report_top_pages(?, ?)", *DAY)
        assert (line["address"], line["views"]) == (f"{SHOP}/tea", 6)
        assert ask(store, "SELECT DISTINCT entry_page, exit_page FROM visits") == [
            {"entry_page": f"{SHOP}/tea", "exit_page": f"{SHOP}/tea"}
        ]
        told = ask(
            store,
            "SELECT utm_source AS s, utm_medium AS m, utm_campaign AS c, utm_term AS t, utm_content AS o, "
            "click_id_name AS n, click_id AS i FROM page_views ORDER BY ts",
        )
    nothing = dict.fromkeys("smctoni")
    assert told == [
        nothing,
        nothing | {"s": "letter", "m": "email", "c": "spring", "t": "tea", "o": "top"},
        nothing | {"n": "gclid", "i": "Cj0K"},
        nothing | {"s": "ig", "n": "fbclid", "i": "IwAR1"},
        nothing,
        nothing | {"s": "x"},
    ]
