"""Who comes again: the desk forgot them, the journal did not."""

import asyncio
from pathlib import Path

from engine.events import VisitEnded, VisitStarted
from tests.running import SHOP_KEY, Running, Socket, eventually, running

PAGE = {"t": "page", "address": "http://shop.test/", "title": "Shop"}


async def comes(page: Socket, key: str | None = None) -> str:
    await page.send({"t": "hello", "site": SHOP_KEY, "visitor": key, "page": PAGE})
    return str((await page.until("welcome"))["visitor"])


async def goes(house: Running, page: Socket) -> None:
    """Close the page, and wait until the visit is over."""
    ends: list[object] = []
    watching = house.house.core.moments.subscribe(lambda one: ends.append(one) if isinstance(one, VisitEnded) else None)
    await page.__aexit__(None, None, None)
    await eventually(lambda: ends)
    watching.dispose()


def test_who_went_is_forgotten_and_has_their_visits_and_their_name_when_they_come_again(tmp_path: Path) -> None:
    async def play() -> None:
        async with running(tmp_path) as house:
            await house.set("visitor_grace", 1)
            begun: list[VisitStarted] = []
            house.house.core.moments.subscribe(lambda one: begun.append(one) if isinstance(one, VisitStarted) else None)
            page = await house.page().__aenter__()
            key = await comes(page)
            async with house.chat() as chat:
                await chat.send({"t": "hello", "site": SHOP_KEY, "visitor": key, "speaks": 2})
                secret = (await chat.until("welcome"))["secret"]
                await chat.send({"t": "ask", "client_id": "a", "name": "Vera"})
                token = (await chat.until("entry"))["token"]
            await goes(house, page)
            async with house.page() as other:  # the first event of a later moment
                await comes(other)
                known = house.house.core.known({}).desk
                assert [one.id for one in known.visitors.values()] == [begun[-1].visitor]
                assert not known.conversations
                async with house.page() as again:
                    await comes(again, key)
                    assert [one.ordinal for one in begun] == [1, 1, 2]
                    assert begun[2].personal
                    assert begun[2].personal.name == "Vera"
                    async with house.chat() as chat:
                        hello = {"t": "hello", "site": SHOP_KEY, "visitor": key, "secret": secret, "after": token}
                        await chat.send({**hello, "speaks": 2})
                        welcome = await chat.until("welcome")
                        assert (welcome["name"], welcome["conversation"]["state"]) == ("Vera", "abandoned")

    asyncio.run(play())


def test_a_visit_that_is_not_kept_yet_counts(tmp_path: Path) -> None:
    async def play() -> None:
        async with running(tmp_path) as house:
            await house.set("visitor_grace", 1)
            begun: list[VisitStarted] = []
            house.house.core.moments.subscribe(lambda one: begun.append(one) if isinstance(one, VisitStarted) else None)
            key = None
            for ordinal in (1, 2, 3):
                page = await house.page().__aenter__()
                key = await comes(page, key)
                assert begun[-1].ordinal == ordinal
                await goes(house, page)

    asyncio.run(play())
