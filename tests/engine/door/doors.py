"""A house with a door of either kind, and people who come to it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from reactivex import Observable

from engine.commands import (
    AskForHelp,
    Done,
    SwitchLiveHelp,
    ViewPage,
)
from engine.door.interface import Door, Frame
from engine.door.remote import RemoteDoor
from engine.events import (
    ConversationId,
    PageViewId,
    VisitId,
    VisitorId,
)
from engine.ids import draw_id
from tests.running import SECRET, Running, eventually

Scenario = Callable[[Running, Door], Awaitable[None]]


@asynccontextmanager
async def the_door(house: Running, kind: str) -> AsyncIterator[Door]:
    if kind == "in-process":
        yield house.house.door
        return
    async with RemoteDoor(house.door_url, SECRET) as door:
        connected = Seen(door.connected())
        await eventually(lambda: connected.got[-1:] == [True])
        yield door
        connected.leave()


class Seen:
    """What an observable gave so far."""

    def __init__(self, steps: Observable[Any]) -> None:
        self.got: list[Any] = []
        self.errors: list[Exception] = []
        self.leave = steps.subscribe(self.got.append, on_error=self.errors.append).dispose

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [msgspec.json.decode(frame.body) for frame in self.got if isinstance(frame, Frame)]

    @property
    def rows(self) -> dict[str, dict[str, Any]]:
        """The rows of a row view as they stand."""
        rows: dict[str, dict[str, Any]] = {}
        for body in self.bodies:
            rows = {row["id"]: row for row in body["all"]} if "all" in body else rows
            rows |= {row["id"]: row for row in body.get("set", [])}
            rows = {key: row for key, row in rows.items() if key not in body.get("gone", [])}
        return rows

    @property
    def entries(self) -> list[dict[str, Any]]:
        return [body["entry"] for body in self.bodies]


async def visitor_comes(house: Running) -> VisitorId:
    core, visitor = house.house.core, VisitorId(draw_id())
    site = next(iter(house.desk.sites))
    viewed = ViewPage(
        visitor=visitor,
        visit=VisitId(draw_id()),
        page_view=PageViewId(draw_id()),
        site=site,
        address="http://shop.test/",
        title="Shop",
    )
    await core.send(viewed, sender=visitor)
    return visitor


async def visitor_asks(house: Running) -> tuple[VisitorId, ConversationId]:
    core, visitor = house.house.core, await visitor_comes(house)
    site = next(iter(house.desk.sites))
    ask = AskForHelp(
        visitor=visitor, visit=VisitId(draw_id()), site=site, conversation=ConversationId(draw_id()), name="Vera"
    )
    said = await core.send(ask, sender=visitor, client_id="ask")
    assert isinstance(said, Done)
    assert said.conversation
    return visitor, said.conversation


async def comes_to_work(house: Running, door: Door, login: str) -> str:
    session = await house.person(login)
    door.open_tab(session=session, tab=f"{login}'s tab")
    operators = house.desk.operators
    await eventually(lambda: any(one.present and one.name == login.title() for one in operators.values()))
    assert isinstance(await door.act(SwitchLiveHelp(on=True), session=session, client_id=f"{login}-on"), Done)
    return session
