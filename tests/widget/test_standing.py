"""How a page stands to its site, and what its people read in the console; which pages an origin with a star lets in."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from msgspec.structs import replace
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPResponse

from engine.commands import Done, SetPart
from engine.door.requests import Administer, AskHouse
from engine.events import SiteId
from engine.events.parts import Site
from tests.running import SHOP_KEY, SHOP_ORIGIN, Running, running
from widget.standing import Standing, standing

SITE = Site(id=SiteId("s"), key="k1", name="Shop", origins=("https://www.example.org", "http://localhost:8080"))
PAGE = {"t": "page", "address": "https://a.b.example.org/", "title": "Shop", "referrer": ""}


def told(origin: str, *frames: str, site: Site | None = SITE, key: str = "k1") -> Standing:
    return standing(site, key=key, origin=origin, frames=frames)


def test_a_page_of_the_site_has_nothing_to_be_told() -> None:
    assert told("https://www.example.org") == Standing()
    assert told("https://www.example.org", "http://localhost:8080", "https://www.example.org") == Standing()


@pytest.mark.parametrize(
    ("origin", "says"),
    [
        ("https://shop.test", ("is of https://shop.test, which is no origin of the site “Shop”. To allow it:",)),
        (
            "https://example.org",
            ("(https://www.example.org is one, but a browser takes the two for different places.)",),
        ),
        ("http://127.0.0.1:8080", ("(http://localhost:8080 is one,", "--add-origin http://127.0.0.1:8080")),
        ("null", ("says no origin", "allow-same-origin")),
        ("", ("says no origin",)),
    ],
)
def test_a_page_of_another_origin_reads_which_was_seen_and_what_adds_it(origin: str, says: tuple[str, ...]) -> None:
    found = told(origin)
    assert found.refused
    assert all(one in found.says for one in says), found.says
    if origin not in {"", "null"}:
        assert found.says.endswith(f"parlour site change k1 --add-origin {origin}")


def test_a_key_that_no_site_has_is_named() -> None:
    found = told("https://www.example.org", site=None, key="k2")
    assert found.refused
    assert (
        found.says == "No site has the key “k2”, which is the tag's: “parlour site list” shows the keys that there are."
    )


def test_in_frames_of_others_the_page_is_its_own_and_the_chat_cannot_open() -> None:
    found = told("https://www.example.org", "https://www.example.org", "https://portal.test", "https://portal.test")
    assert (found.refused, found.framed) == (False, True)
    assert found.says.endswith("parlour site change k1 --add-origin https://portal.test")


def test_what_a_page_says_of_itself_runs_in_no_shell() -> None:
    assert "--add-origin 'https://x; rm -rf ~'" in told("https://x; rm -rf ~").says
    assert "site change 'a b' --add" in told("https://x", site=replace(SITE, key="a b")).says
    assert len(told("https://" + "x" * 10_000).says) < 1_000


def play(tmp_path: Path, scenario: Callable[[Running], Awaitable[None]]) -> None:
    async def run() -> None:
        async with running(tmp_path) as house:
            await scenario(house)

    asyncio.run(run())


async def asked(house: Running, *, origin: str = "", **question: str) -> HTTPResponse:
    url = f"http://127.0.0.1:{house.port}/widget/seen?{urlencode(question)}"
    return await AsyncHTTPClient().fetch(url, headers={"Origin": origin} if origin else {})


def test_every_page_may_ask_and_is_told_by_the_origin_that_its_browser_says(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        answer = await asked(house, origin="https://evil.test", site=SHOP_KEY, at=SHOP_ORIGIN)
        assert json.loads(answer.body)["refused"] is True
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        ours = {"refused": False, "framed": False, "says": ""}
        assert json.loads((await asked(house, origin=SHOP_ORIGIN, site=SHOP_KEY)).body) == ours
        assert json.loads((await asked(house, site=SHOP_KEY, at=SHOP_ORIGIN)).body) == ours
        assert json.loads((await asked(house, site="nobody's")).body)["refused"] is True

    play(tmp_path, scenario)


async def change(house: Running, *origins: str) -> None:
    door = house.house.door
    (shop,) = (one for one in (await door.ask(AskHouse())).sites if one.key == SHOP_KEY)
    changed = SetPart(part=replace(shop.part, origins=origins), rests_on=shop.version)
    assert isinstance(await door.ask(Administer(command=changed)), Done)


def test_a_star_lets_in_all_below_a_name_at_each_door_and_nobody_else(tmp_path: Path) -> None:
    async def welcomed(house: Running, origin: str) -> bool:
        try:
            async with house.page(origin=origin) as page:
                await page.send({"t": "hello", "site": SHOP_KEY, "page": PAGE})
                return bool((await page.next())["t"] == "welcome")
        except HTTPClientError as refused:
            assert refused.code == 403
            return False

    async def left(house: Running, origin: str) -> int:
        message = {"t": "leave", "client_id": origin, "site": SHOP_KEY, "email": "v@example.org", "text": "Call me"}
        answer = await AsyncHTTPClient().fetch(
            f"http://127.0.0.1:{house.port}/leave", method="POST", body=json.dumps(message),
            headers={"Origin": origin}, raise_error=False,
        )  # fmt: skip
        return answer.code

    async def scenario(house: Running) -> None:
        await change(house, "https://*.example.org", "https://www.xn--mller-kva.example")
        for origin in ("https://www.example.org", "https://a.b.example.org", "https://www.xn--mller-kva.example"):
            assert await welcomed(house, origin)
            assert await left(house, origin) == 200
        for origin in ("https://example.org", "http://www.example.org", "https://example.org.evil.test", SHOP_ORIGIN):
            assert not await welcomed(house, origin)
            assert await left(house, origin) == 403

    play(tmp_path, scenario)


def test_the_chats_document_may_be_framed_by_isolated_pages_of_the_site_alone(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        await change(house, "https://*.example.org", "https://www.xn--mller-kva.example")
        document = await AsyncHTTPClient().fetch(f"http://127.0.0.1:{house.port}/chat?site={SHOP_KEY}")
        policy = document.headers["Content-Security-Policy"]
        assert policy.endswith("frame-ancestors https://*.example.org https://www.xn--mller-kva.example")
        assert document.headers["Cross-Origin-Embedder-Policy"] == "require-corp"
        assert document.headers["Cross-Origin-Resource-Policy"] == "cross-origin"

    play(tmp_path, scenario)
