"""A running main process inside the test: real journal, real sockets on a free port, and people in it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from msgspec.structs import replace
from tornado.httpclient import HTTPRequest
from tornado.netutil import bind_sockets
from tornado.web import Application
from tornado.websocket import WebSocketClientConnection

from bench.websocket import USER_AGENT
from engine.commands import ChangeSetting, Refused, SetPart
from engine.desk import DeskState
from engine.door.answers import SignedIn
from engine.door.interface import Door
from engine.door.requests import AddPerson, Administer, AskHouse, SignIn
from engine.door.rights import HOUSE
from engine.door.server import DoorSocket
from engine.events import DepartmentId, SiteId
from engine.events.parts import Department, Site
from engine.ids import draw_id
from engine.limits import TABLE, Limit
from engine.wire.dial import dial, hang_up
from engine.wire.gate import http_server
from engine.wire.proxies import Proxies
from parlour.main_process import House, open_house
from widget import gateway

SHOP_ORIGIN, SHOP_KEY, SECRET, PASSWORD = "http://shop.test", "shop", "the house's key", "a long password"
DASHBOARD_KEY, ROBOT_KEY = "the dashboard's key", "the robot's key"
KEYS = {SECRET: HOUSE, DASHBOARD_KEY: "dashboard", ROBOT_KEY: "robot"}
SECRETS = {"dashboard": {"analyst": "the analysts' token"}, "robot": {"robot": "the robot's password"}}
DEADLINE_S = 15.0


@dataclass
class Running:
    """A house that answers on `port`, with a site and the departments Support and Sales."""

    house: House
    port: int
    departments: dict[str, DepartmentId] = field(default_factory=dict)

    @property
    def door_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/door"

    @property
    def desk(self) -> DeskState:
        """What the desk knows, published or about to be."""
        return self.house.core.known(self.house.views.states).desk

    def page(self, *, origin: str = SHOP_ORIGIN, **headers: str) -> "Socket":
        return Socket(f"ws://127.0.0.1:{self.port}/ws/page", origin, headers)

    def chat(self, *, origin: str | None = None, **headers: str) -> "Socket":
        return Socket(f"ws://127.0.0.1:{self.port}/ws/chat", origin or f"http://127.0.0.1:{self.port}", headers)

    async def person(self, login: str, *departments: str, role: str = "operator") -> str:
        """Somebody who serves the departments; returns their session."""
        said = await self.house.door.ask(
            AddPerson(
                login=login,
                password=PASSWORD,
                name=login.title(),
                role=role,  # type: ignore[arg-type] # tests give one of the roles
                departments=tuple(self.departments[name] for name in departments or ("Support",)),
            )
        )
        assert not isinstance(said, Refused), said
        return await session_of(self.house.door, login)

    async def set(self, name: str, value: int) -> None:
        await self.house.door.ask(Administer(command=ChangeSetting(name=name, value=value)))


def at_most(**most: int) -> tuple[Limit, ...]:
    """The table of limits with other numbers in the rows of these names."""
    known = {limit.name.replace("-", "_") for limit in TABLE}
    assert most.keys() <= known, most.keys() - known
    return tuple(replace(limit, most=most.get(limit.name.replace("-", "_"), limit.most)) for limit in TABLE)


async def session_of(door: Door, login: str) -> str:
    signed_in = await door.ask(SignIn(login=login, password=PASSWORD, address="127.0.0.1"))
    assert isinstance(signed_in, SignedIn), signed_in
    return signed_in.session


@asynccontextmanager
async def running(
    data_dir: Path,
    *,
    port: int = 0,
    ahead: Sequence[tuple[Any, ...]] = (),
    site: str = SHOP_ORIGIN,
    proxies: Sequence[str] = (),
    limits: Iterable[Limit] = TABLE,
) -> AsyncIterator[Running]:
    """Run main on a data folder; the same folder again is a restart. `ahead`: routes before its own."""
    async with open_house(data_dir, secrets=SECRETS, limits=limits) as house:
        routes = [
            *ahead,
            *gateway.routes(house.visitors),
            (r"/door", DoorSocket, {"door": house.door, "keys": KEYS}),
        ]
        application = Application(routes, site=site, **gateway.settings)
        visitors = house.visitors
        server = http_server(application, Proxies(proxies), visitors.budgets, unnamed=visitors.unnamed_proxy)
        sockets = bind_sockets(port, "127.0.0.1", reuse_port=False)
        server.add_sockets(sockets)
        try:
            running_house = Running(house, sockets[0].getsockname()[1])
            await _furnish(running_house)
            yield running_house
        finally:
            server.stop()
            await server.close_all_connections()


async def _furnish(house: Running) -> None:
    door = house.house.door
    for name in ("Support", "Sales"):
        department = Department(id=DepartmentId(draw_id()), name=name)
        await door.ask(Administer(command=SetPart(part=department)))
    shop = Site(id=SiteId(draw_id()), key=SHOP_KEY, name="Shop", origins=(SHOP_ORIGIN,))
    await door.ask(Administer(command=SetPart(part=shop)))
    house.departments = {one.name: DepartmentId(one.id) for one in (await door.ask(AskHouse())).departments}


class Socket:
    """A visitor's websocket as a test drives it: `async with house.chat() as chat`."""

    def __init__(self, url: str, origin: str, more: Mapping[str, str] | None = None) -> None:
        self._url = url
        self._headers = {"User-Agent": USER_AGENT} | ({"Origin": origin} if origin else {})
        self._headers |= {name.replace("_", "-"): value for name, value in (more or {}).items()}
        self.seen: list[dict[str, Any]] = []
        self._socket: WebSocketClientConnection

    async def __aenter__(self) -> Self:
        self._socket = await dial(HTTPRequest(self._url, headers=self._headers))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await hang_up(self._socket)

    async def send(self, frame: object) -> None:
        """Send a frame, as JSON unless it is text or bytes already."""
        raw = frame if isinstance(frame, str | bytes) else json.dumps(frame)
        await self._socket.write_message(raw, binary=isinstance(raw, bytes))

    async def next(self) -> dict[str, Any]:
        """The next frame."""
        message = await asyncio.wait_for(self._socket.read_message(), DEADLINE_S)
        assert message is not None, f"closed with {self.close_code}"
        frame: dict[str, Any] = json.loads(message)
        self.seen.append(frame)
        return frame

    async def until(self, wanted: str, matches: Callable[[dict[str, Any]], object] = lambda _: True) -> dict[str, Any]:
        """The next frame of a type (that matches); others on the way are kept in `seen`."""
        async with asyncio.timeout(DEADLINE_S):
            while True:
                frame = await self.next()
                if frame["t"] == wanted and matches(frame):
                    return frame

    async def closed(self) -> int | None:
        """Wait for the other side to close; its code."""
        async with asyncio.timeout(DEADLINE_S):
            while await self._socket.read_message() is not None:
                pass
        return self.close_code

    @property
    def close_code(self) -> int | None:
        code: int | None = self._socket.close_code
        return code


async def eventually(true: Callable[[], object], *, within: float = DEADLINE_S) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(within):
        while not true():
            await asyncio.sleep(0.005)
