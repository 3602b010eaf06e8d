"""People who are changed, disabled, enabled and removed through the door while they are at work."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.commands import Done, HouseCommand, Refused, RemovePart, SetPart, SwitchLiveHelp
from engine.door.answers import HousePart, SignedIn
from engine.door.interface import Door, DoorError
from engine.door.remote import RemoteDoor
from engine.door.requests import AddPerson, Administer, AskHouse, SignIn, Who
from engine.events import DepartmentId, OperatorId, PartSet
from engine.events.parts import Department
from engine.ids import draw_id
from engine.views import Operators, Rings, Visitors
from tests.engine.door.doors import Scenario, Seen, comes_to_work, visitor_asks
from tests.running import PASSWORD, SECRET, Running, eventually, running, session_of

pytestmark = pytest.mark.slow


async def part_of(door: Door, login: str) -> HousePart:
    return next(one for one in (await door.ask(AskHouse())).operators if one.key == login)


async def change(door: Door, command: HouseCommand, *, client_id: str = "") -> None:
    asked = Administer(command=command, client_id=client_id or draw_id())
    assert isinstance(await door.ask(asked), Done)


async def set_person(door: Door, login: str, **fields: object) -> None:
    known = await part_of(door, login)
    await change(door, SetPart(part=replace(known.part, **fields), rests_on=known.version))


async def sign_in(door: Door, login: str) -> SignedIn | Refused:
    return await door.ask(SignIn(login=login, password=PASSWORD, address="127.0.0.1"))


@pytest.mark.parametrize("text", ["", "x", "0" * 32, "00000000-0000-7000-8000-0000000000FF", "{%s}" % ("0" * 34)])
def test_an_id_that_is_none_is_refused_and_main_goes_on(tmp_path: Path, text: str) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as house:
            door = house.house.door
            person = AddPerson(
                login="eve", password=PASSWORD, name="Eve", role="operator", departments=(), operator=OperatorId(text)
            )
            department = Department(id=DepartmentId(text), name="Returns")
            for asked in (person, Administer(command=SetPart(part=department))):
                said = await door.ask(asked)
                assert isinstance(said, Refused)
                assert said.reason == "bad-value"
            await change(door, SetPart(part=replace(department, id=DepartmentId(draw_id()))))
            assert (await sign_in(door, "eve")) == Refused(reason="bad-login")

    asyncio.run(scenario())


def test_who_is_disabled_is_signed_out_everywhere_and_cannot_come_in(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        session, bob = await comes_to_work(house, door, "ann"), await comes_to_work(house, door, "bob")
        other = await session_of(door, "ann")  # another browser
        _, chat = await visitor_asks(house)
        seen, elsewhere = Seen(door.watch(Rings(), session=session)), Seen(door.watch(Visitors(), session=other))
        stays = Seen(door.watch(Operators(), session=bob))
        await eventually(lambda: len(seen.rows) == 1 and elsewhere.got and len(stays.rows) == 2)
        await set_person(door, "ann", disabled=True)
        await eventually(lambda: seen.errors and elsewhere.errors)
        assert [str(error) for error in (*seen.errors, *elsewhere.errors)] == ["signed-out", "signed-out"]
        assert list(house.desk.conversations[chat].ringing) == [(await part_of(door, "bob")).id]
        assert [await door.ask(Who(session=one)) for one in (session, other)] == [None, None]
        assert await door.act(SwitchLiveHelp(on=True), session=session, client_id="x") == Refused(reason="signed-out")
        assert await sign_in(door, "ann") == Refused(reason="bad-login")
        await eventually(lambda: len(stays.rows) == 1)  # who may not serve is no operator now
        assert not stays.errors

    play(scenario)


def test_who_is_enabled_again_signs_in_and_is_present(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        await comes_to_work(house, door, "ann")  # and its tab is never closed by the browser
        await set_person(door, "ann", disabled=True)
        ann = next(iter(house.desk.operators.values()))
        assert not ann.present
        await set_person(door, "ann", disabled=False)
        session = await session_of(door, "ann")
        door.open_tab(session=session, tab="another")
        await eventually(lambda: ann.present)

    play(scenario)


def test_an_old_request_once_more_undoes_nothing(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        await house.person("ann")
        known = await part_of(door, "ann")
        disable = SetPart(part=replace(known.part, disabled=True), rests_on=known.version)
        await change(door, disable, client_id="disable")
        await set_person(door, "ann", disabled=False)
        await change(door, disable, client_id="disable")
        assert isinstance(await sign_in(door, "ann"), SignedIn)

    play(scenario)


def test_who_is_removed_frees_their_login_and_keeps_their_name_in_the_desk(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        session = await comes_to_work(house, door, "ann")
        known = await part_of(door, "ann")
        await change(door, RemovePart(part="operator", id=OperatorId(known.id), rests_on=known.version))
        assert (await door.ask(AskHouse())).operators == ()
        assert await door.ask(Who(session=session)) is None
        assert house.house.views.directory.operator(OperatorId(known.id)) == "Ann"
        assert await sign_in(door, "ann") == Refused(reason="bad-login")
        assert isinstance(await sign_in_anew(door), SignedIn)

    play(scenario)


async def sign_in_anew(door: Door) -> SignedIn | Refused:
    another = AddPerson(login="ann", password=PASSWORD, name="Another Ann", role="operator", departments=())
    assert isinstance(await door.ask(another), Done)
    return await sign_in(door, "ann")


def test_a_login_whose_person_was_removed_before_the_house_ended_is_free(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as house:
            await house.person("ann")
            known = await part_of(house.house.door, "ann")
            removal = RemovePart(part="operator", id=OperatorId(known.id), rests_on=known.version)
            await house.house.core.send(removal, sender="house")  # and the accounts never hear of it
            assert await sign_in(house.house.door, "ann") == Refused(reason="bad-login")
            assert isinstance(await sign_in_anew(house.house.door), SignedIn)

    asyncio.run(scenario())


def test_who_changed_it_is_told_to_who_was_slower(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as house, RemoteDoor(house.door_url, SECRET) as door:
            await eventually(lambda: door._connected.value)
            ada = await house.person("ada", role="administrator")
            sales = (await door.ask(AskHouse())).departments[1]
            trade = Department(id=DepartmentId(sales.id), name="Trade")
            by_nobody = SetPart(part=trade, rests_on=sales.version, by=OperatorId("somebody else"))
            assert isinstance(await door.ask(Administer(command=by_nobody), session=ada), Done)
            late = SetPart(part=replace(trade, name="Commerce"), rests_on=sales.version)
            assert await door.ask(Administer(command=late)) == Refused(reason="changed", by="Ada")
            kept = [record.event for record in house.house.core._journal.read()]
            assert [event.by for event in kept if isinstance(event, PartSet)][-1] == (await part_of(door, "ada")).id

    asyncio.run(scenario())


def test_a_role_and_departments_hold_at_once(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        session = await comes_to_work(house, door, "ann")
        await set_person(door, "ann", departments=(house.departments["Sales"],), max_chats=1)
        person = await door.ask(Who(session=session))
        assert person is not None
        assert person.departments == (house.departments["Sales"],)
        await set_person(door, "ann", role="analyst")
        seen = Seen(door.watch(Rings(), session=session))
        await eventually(lambda: seen.errors)
        assert isinstance(seen.errors[0], DoorError)
        assert seen.errors[0].reason == "forbidden"
        assert not next(iter(house.desk.operators.values())).present

    play(scenario)
