"""A session that ends anywhere ends its open tabs: their websockets close with 4401, and the page shows the sign-in."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from msgspec.structs import replace

from engine.commands import Done, RemovePart, SetPart
from engine.door.requests import AddPerson, Administer, EndSessions, Request, SetPassword, SignOut
from engine.events import OperatorId, Role
from engine.ids import draw_id
from tests.dashboard.house import PASSWORD, House
from tests.dashboard.running import Running
from tests.dashboard.test_document import connected, token_of

pytestmark = pytest.mark.slow

WITHIN = 5.0  # seconds
IDA = OperatorId(draw_id())
NEW = "another horse battery"
Ends = Callable[[House, str], Awaitable[Any]]


async def ask(house: House, request: Request[Any]) -> None:
    said = await house.main.door.ask(request)
    assert said is None or isinstance(said, Done), said


def version(house: House) -> int:
    return house.main.views.directory.versions[IDA]


async def signed_out_elsewhere(house: House, session: str) -> None:
    await ask(house, SignOut(session=session))


async def sessions_ended(house: House, _session: str) -> None:
    await ask(house, EndSessions(operator=IDA))


async def another_password(house: House, _session: str) -> None:
    await ask(house, SetPassword(operator=IDA, password=NEW))


async def disabled(house: House, _session: str) -> None:
    ida = house.main.views.directory.operators[IDA]
    await ask(house, Administer(command=SetPart(part=replace(ida, disabled=True), rests_on=version(house))))


async def removed(house: House, _session: str) -> None:
    await ask(house, Administer(command=RemovePart(part="operator", id=IDA, rests_on=version(house))))


async def ida_comes(house: House, role: Role = "analyst") -> None:
    """An analyst, who is present nowhere and watches nothing on some pages."""
    person = AddPerson(login="ida", password=PASSWORD, name="Ida", role=role, departments=(), operator=IDA)
    await ask(house, person)


@pytest.mark.parametrize("ends", [signed_out_elsewhere, sessions_ended, another_password, disabled, removed])
@pytest.mark.parametrize("role", ["analyst", "operator"])
def test_its_websocket_closes_with_4401_within_five_seconds(ends: Ends, role: Role) -> None:
    with Running() as running:
        running.at(lambda house: ida_comes(house, role))
        cookie = running.sign_in("ida")
        _, page = running.get("/app/", Cookie=cookie)
        secret = cookie.split("parlour_operator=")[1].split(";")[0]

        async def closes() -> tuple[int | None, float]:
            async with connected(running, cookie, token_of(page)) as socket, asyncio.timeout(3 * WITHIN):
                assert '"ACK"' in str(await socket.read_message())
                await asyncio.to_thread(running.at, lambda house: ends(house, secret))
                began = time.monotonic()
                while await socket.read_message() is not None:
                    pass
                return socket.close_code, time.monotonic() - began

        code, took = asyncio.run(closes())
        assert code == 4401
        assert took < WITHIN
        assert running.get("/app/", Cookie=cookie)[0].status == 302
