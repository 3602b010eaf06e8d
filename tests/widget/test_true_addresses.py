"""Behind a named proxy, limits and lists are by the visitors' own addresses; without, by whom the server hears."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from tornado.httpclient import AsyncHTTPClient

from engine.views import Visitors
from tests.running import SHOP_KEY, SHOP_ORIGIN, Running, at_most, running

PAGE = {"t": "page", "address": f"{SHOP_ORIGIN}/", "title": "Shop", "referrer": ""}
LIE = "10.6.6.6"


def play(tmp_path: Path, scenario: Callable[[Running], Awaitable[None]], *proxies: str) -> None:
    """A house in which one message may be left from an address."""

    async def run() -> None:
        async with running(tmp_path, proxies=proxies, limits=at_most(left=1)) as house:
            await scenario(house)

    asyncio.run(run())


async def posts(house: Running, number: int, **headers: str) -> int:
    """Leave a message; the status."""
    message = {"t": "leave", "client_id": f"n{number}", "site": SHOP_KEY, "email": "v@example.org", "text": "Call me"}
    answer = await AsyncHTTPClient().fetch(
        f"http://127.0.0.1:{house.port}/leave",
        method="POST",
        body=json.dumps(message),
        headers={"Origin": SHOP_ORIGIN} | {name.replace("_", "-"): value for name, value in headers.items()},
        raise_error=False,
    )
    return answer.code


async def address_of_a_visitor(house: Running, **headers: str) -> str:
    """A visitor comes, and what the list of who is here has as their address."""
    bodies: list[bytes] = []
    async with house.page(**headers) as page:
        await page.send({"t": "hello", "site": SHOP_KEY, "page": PAGE})
        await page.until("welcome")
        house.house.views.watch(Visitors()).subscribe(bodies.append).dispose()
    (visitor,) = json.loads(bodies[0])["all"]
    return str(visitor["origin"])


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("X_Forwarded_For", ["198.51.100.1", "198.51.100.2", f"{LIE}, 198.51.100.3", "2001:db8:1::1", "2001:db8:2::1"]),
        ("Forwarded", ["for=198.51.100.1", f"for={LIE}, for=198.51.100.2", 'for="[2001:db8:1::1]:80"']),
    ],
)
def test_each_address_behind_a_named_proxy_may_leave_as_many_messages(
    tmp_path: Path, header: str, values: list[str]
) -> None:
    async def scenario(house: Running) -> None:
        said = [await posts(house, number, **{header: value}) for number, value in enumerate(values)]
        assert said == [200] * len(values)
        again = [await posts(house, number, **{header: value}) for number, value in enumerate(values, len(values))]
        assert again == [429] * len(values)
        assert (
            await posts(house, 100, **{header: "2001:db8:1::99" if header[0] == "X" else 'for="[2001:db8:1::99]"'})
            == 429
        )

    play(tmp_path, scenario, "127.0.0.1")


def test_who_comes_without_a_named_proxy_gains_nothing_by_a_header(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        assert await posts(house, 1, X_Forwarded_For="198.51.100.1") == 200
        assert await posts(house, 2, X_Forwarded_For="198.51.100.2") == 429
        assert await posts(house, 3, Forwarded="for=198.51.100.3", X_Real_Ip="198.51.100.3") == 429

    play(tmp_path, scenario, "10.0.0.0/8")


@pytest.mark.parametrize(
    ("headers", "proxies", "shown"),
    [
        ({"X_Forwarded_For": f"{LIE}, 198.51.100.1"}, ("127.0.0.1",), "198.51.100.1"),
        ({"X_Forwarded_For": f"{LIE}, 198.51.100.1, 10.0.0.5"}, ("127.0.0.1", "10.0.0.0/24"), "198.51.100.1"),
        ({"X_Forwarded_For": "::ffff:198.51.100.1"}, ("127.0.0.0/8",), "198.51.100.1"),
        ({"Forwarded": 'for="[2001:db8::7]:443";proto=https'}, ("127.0.0.1",), "2001:db8::7"),
        ({"X_Forwarded_For": "198.51.100.1"}, (), "127.0.0.1"),
        ({"X_Forwarded_For": "198.51.100.1"}, ("10.0.0.0/8",), "127.0.0.1"),
    ],
)
def test_the_list_of_who_is_here_has_their_own_address(
    tmp_path: Path, headers: dict[str, str], proxies: tuple[str, ...], shown: str
) -> None:
    async def scenario(house: Running) -> None:
        assert await address_of_a_visitor(house, **headers) == shown

    play(tmp_path, scenario, *proxies)
