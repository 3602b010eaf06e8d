"""A shared office: two hundred people behind one address arrive at once and do what people do; nobody is held back.

The limits are those of the house, and minutes are seconds here: the office comes more at once than people do.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient

from engine.commands import AcceptRequest, SwitchLiveHelp
from engine.events import ActionTracked, ConversationId, MessageLeft, PageViewed
from tests.running import SHOP_KEY, SHOP_ORIGIN, Running, Socket, eventually, running

pytestmark = pytest.mark.slow

PROXY, OFFICE = "127.0.0.1", "2001:db8:0:7::"
PEOPLE, ASKING, LEAVING = 200, 50, 40
# What a browser loads on its first page with the widget on it, and for the window.
LOADS = ("/widget.js", "/widget/texts/en.json?only=launcher", "/parlour.d.ts", f"/chat?site={SHOP_KEY}")


class Person:
    """One of the office, with a browser of their own."""

    def __init__(self, house: Running, number: int) -> None:
        self.number, self._house = number, house
        self.address = f"{OFFICE}{number + 1:x}"
        self.page = house.page(X_Forwarded_For=self.address)
        self.chat = house.chat(X_Forwarded_For=self.address)
        self.key = ""
        self.talk = ""
        self.said = Counter[str]()

    async def arrives(self, stack: AsyncExitStack) -> None:
        for path in LOADS:
            url = f"http://127.0.0.1:{self._house.port}{path}"
            answer = await AsyncHTTPClient().fetch(url, headers={"X-Forwarded-For": self.address}, raise_error=False)
            self.said[str(answer.code)] += 1
        await stack.enter_async_context(self.page)
        await self.page.send({"t": "hello", "site": SHOP_KEY, "page": self._page(0)})
        self.key = (await self.page.until("welcome"))["visitor"]

    async def looks_around(self) -> None:
        await self.page.send(self._page(1))
        await self.page.send({"t": "track", "name": "looked"})
        for turn in ("sleep", "wake") if self.number % 2 else ():
            await self.page.send({"t": turn})

    async def opens_the_window(self, stack: AsyncExitStack) -> None:
        await stack.enter_async_context(self.chat)
        await self.chat.send({"t": "hello", "site": SHOP_KEY, "visitor": self.key})
        await self.chat.until("welcome")

    async def does(self, what: str, **more: object) -> dict[str, Any]:
        client_id = f"{what} {sum(self.said.values())} of {self.number}"
        await self.chat.send({"t": what, "client_id": client_id, **more})
        while (said := await self.chat.next())["t"] not in {"ack", "error"} or said.get("client_id") != client_id:
            pass
        self.said[said.get("reason", said["t"])] += 1
        return said

    async def asks(self) -> None:
        self.talk = (await self.does("ask", name=f"Person {self.number}"))["conversation"]

    async def talks(self) -> None:
        for number in range(4):
            await self.does("say", conversation=self.talk, text=f"message {number} of {self.number}")
            await self.chat.send({"t": "typing", "conversation": self.talk})
            await self.chat.send({"t": "seen", "conversation": self.talk, "upto": number})

    async def leaves_a_message(self) -> None:
        await self.does("leave", email=f"p{self.number}@example.org", text="Please call me back. " * 20)

    def _page(self, number: int) -> dict[str, object]:
        address = f"{SHOP_ORIGIN}/goods/{number}?of={self.number}"
        return {"t": "page", "address": address, "title": f"Goods {number}", "referrer": f"{SHOP_ORIGIN}/"}


async def each(people: Sequence[Person], deed: Any, *more: object) -> None:
    """As many at once as browsers would be."""
    few = asyncio.Semaphore(25)

    async def one(person: Person) -> None:
        async with few:
            await deed(person, *more)

    await asyncio.gather(*map(one, people))


async def serve(house: Running) -> str:
    """An operator who takes everybody."""
    await house.set("max_chats", 100)
    session = await house.person("ann")
    house.house.door.open_tab(session=session, tab="tab")
    await eventually(lambda: any(one.present for one in house.desk.operators.values()))
    await house.house.door.act(SwitchLiveHelp(on=True), session=session, client_id="on")
    return session


def refusals(people: Sequence[Person]) -> list[object]:
    """What any of them was told that is no welcome, no ack and no entry."""
    sockets: list[Socket] = [socket for person in people for socket in (person.page, person.chat)]
    return [frame for socket in sockets for frame in socket.seen if frame["t"] == "error"]


def test_an_office_of_two_hundred_behind_one_address_is_not_shut_out(tmp_path: Path) -> None:
    async def scenario(house: Running) -> None:
        session, happened = await serve(house), Counter[type]()
        house.house.core.moments.subscribe(lambda moment: happened.update([type(moment)]))
        people = [Person(house, number) for number in range(PEOPLE)]
        asking, leaving = people[:ASKING], people[ASKING : ASKING + LEAVING]
        async with AsyncExitStack() as stack:
            await each(people, Person.arrives, stack)
            await each(people, Person.looks_around)
            await each([*asking, *leaving], Person.opens_the_window, stack)
            await each(asking, Person.asks)
            for person in asking:
                accept = AcceptRequest(conversation=ConversationId(person.talk))
                await house.house.door.act(accept, session=session, client_id=f"take {person.number}")
            await each(asking, Person.talks)
            await each(leaving, Person.leaves_a_message)
            await eventually(lambda: (happened[PageViewed], happened[ActionTracked]) == (2 * PEOPLE, PEOPLE))
            assert refusals(people) == []
            assert happened[MessageLeft] == LEAVING
            assert sum((person.said for person in people), Counter()) == {
                "200": PEOPLE * len(LOADS),
                "ack": ASKING * 5 + LEAVING,
            }
            assert house.house.visitors.counted.refused == {}
            # A stranger elsewhere is served beside them, and the office's own reload after a restart of ours is too.
            async with house.page(X_Forwarded_For="198.51.100.7") as other:
                await other.send({"t": "hello", "site": SHOP_KEY})
                await other.until("welcome")
            await each(people, _comes_back, house)

    async def run() -> None:
        async with running(tmp_path, proxies=(PROXY,)) as house:
            await scenario(house)

    asyncio.run(run())


async def _comes_back(person: Person, house: Running) -> None:
    """Its page's socket was lost and is there again."""
    async with house.page(X_Forwarded_For=person.address) as page:
        await page.send({"t": "hello", "site": SHOP_KEY, "visitor": person.key})
        assert (await page.next())["t"] == "welcome"
