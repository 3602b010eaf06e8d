"""A whole house of real processes, with a person of each role, and a left message in each of two departments."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from engine.commands import SetPart
from engine.door.remote import RemoteDoor
from engine.door.requests import AddPerson, Administer, AskHouse
from engine.events import ConversationId, DepartmentId, SiteId
from engine.events.parts import Department, Site
from engine.ids import draw_id
from parlour.administer import check
from parlour.keys import door_key
from parlour.reach import connected
from tests.parlour.whole import free_port, started
from tests.running import PASSWORD, SHOP_KEY, SHOP_ORIGIN, Socket
from tests.security.table import ROLES

DEPARTMENTS = ("Support", "Sales")


@dataclass(frozen=True, kw_only=True)
class WholeHouse:
    """Where it is, who is in it, and what was written to it.

    Attributes:
        port: of main; the dashboard's is the next, analytics' the one after.
        keys: each process's at the door, by its name.
        talks: the conversation of a message left for a department, by the department's name.

    """

    port: int
    data_dir: Path
    keys: Mapping[str, str]
    talks: Mapping[str, ConversationId]

    @property
    def door(self) -> str:
        return f"ws://127.0.0.1:{self.port}/door"

    @property
    def dashboard(self) -> str:
        return f"http://127.0.0.1:{self.port + 1}"

    @property
    def analytics(self) -> str:
        return f"http://127.0.0.1:{self.port + 2}"

    def chat(self) -> Socket:
        return Socket(f"ws://127.0.0.1:{self.port}/ws/chat", f"http://127.0.0.1:{self.port}")

    def page(self) -> Socket:
        return Socket(f"ws://127.0.0.1:{self.port}/ws/page", SHOP_ORIGIN)


@asynccontextmanager
async def whole_house(data_dir: Path) -> AsyncIterator[WholeHouse]:
    """Start it as people do, let people and visitors come, and end it."""
    port = free_port()
    with started(data_dir, "serve", port):
        keys = {process: door_key(data_dir, process) for process in ("house", "dashboard", "robot")}
        async with RemoteDoor(f"ws://127.0.0.1:{port}/door", keys["house"]) as door:
            await connected(door, 10)
            there = (await door.ask(AskHouse())).departments  # Support, from the first start
            departments = {one.name: DepartmentId(one.id) for one in there}
            departments |= {name: DepartmentId(draw_id()) for name in DEPARTMENTS if name not in departments}
            for name in departments.keys() - {one.name for one in there}:
                part = Department(id=departments[name], name=name)
                check(await door.ask(Administer(command=SetPart(part=part))))
            shop = Site(id=SiteId(draw_id()), key=SHOP_KEY, name="Shop", origins=(SHOP_ORIGIN,))
            check(await door.ask(Administer(command=SetPart(part=shop))))
            for role in ROLES:
                serves = (departments["Support"],)
                check(
                    await door.ask(
                        AddPerson(login=role, password=PASSWORD, name=role.title(), role=role, departments=serves)
                    )
                )
        empty = WholeHouse(port=port, data_dir=data_dir, keys=keys, talks={})
        talks = await asyncio.gather(*(leaves_message(empty, number) for number in departments.values()))
        yield replace(empty, talks=dict(zip(departments, talks, strict=True)))


async def leaves_message(house: WholeHouse, department: DepartmentId) -> ConversationId:
    """Somebody leaves a message by the chat's window; its conversation."""
    async with house.chat() as chat:
        await chat.send({"t": "hello", "site": SHOP_KEY})
        await chat.until("welcome")
        form = {"department": department, "email": "vera@example.org", "text": "Where is my tent?"}
        await chat.send({"t": "leave", "client_id": draw_id(), **form})
        return ConversationId((await chat.until("ack"))["conversation"])
