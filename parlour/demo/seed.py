"""Brings the demo's cast into the house through the door; what is there already stays as it is."""

from collections.abc import Iterable

from msgspec.structs import replace

from engine.commands import ChangeSetting, SetPart
from engine.door.answers import House
from engine.door.interface import Door
from engine.door.requests import AddPerson, AskHouse
from engine.events import DepartmentId, SiteId
from engine.events.parts import Department, Site
from engine.ids import draw_id
from parlour.administer import ask, check
from parlour.demo.people import DEPARTMENTS, SITE_NAME, Cast, DemoPerson
from parlour.demo.robot.words import LOGIN, NAME

EACH_VISITOR = 5  # people of an office: one who clicks through the shop and comes again without end


async def seed(door: Door, cast: Cast, *, shop_origin: str, visitors: int = 0) -> None:
    """Add what is missing of the cast, and `shop_origin` where the shop moved; have room for so many visitors.

    They all come from this machine's one address. Raises `Declined`.
    """
    house = await door.ask(AskHouse())
    if house.settings.address_people < (people := EACH_VISITOR * visitors):
        await ask(door, ChangeSetting(name="address_people", value=people))
    await _seed_site(door, house, cast.site_key, shop_origin)
    await _seed_departments(door, house)
    await _seed_people(door, cast.people)


async def seed_robot(door: Door, password: str) -> None:
    """Add the robot operator of the demo's departments, where it is missing. Raises `Declined`."""
    robot = DemoPerson(login=LOGIN, password=password, name=NAME, role="operator", departments=DEPARTMENTS)
    await _seed_people(door, (robot,))


async def _seed_site(door: Door, house: House, key: str, shop_origin: str) -> None:
    known = next((site for site in house.sites if site.key == key), None)
    if known is None:
        site = Site(id=SiteId(draw_id()), key=key, name=SITE_NAME, origins=(shop_origin,))
        await ask(door, SetPart(part=site))
    elif shop_origin not in known.more:
        moved = replace(known.part, origins=(*known.more, shop_origin))
        await ask(door, SetPart(part=moved, rests_on=known.version))


async def _seed_departments(door: Door, house: House) -> None:
    there = {department.name for department in house.departments}
    for name in DEPARTMENTS:
        if name not in there:
            await ask(door, SetPart(part=Department(id=DepartmentId(draw_id()), name=name)))


async def _seed_people(door: Door, people: Iterable[DemoPerson]) -> None:
    house = await door.ask(AskHouse())
    there = {person.key for person in house.operators}
    departments = {department.name: DepartmentId(department.id) for department in house.departments}
    for person in people:
        if person.login not in there:
            serves = tuple(departments[name] for name in person.departments)
            added = await door.ask(
                AddPerson(
                    login=person.login, password=person.password, name=person.name, role=person.role, departments=serves
                )
            )
            check(added)
