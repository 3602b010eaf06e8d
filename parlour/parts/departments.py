"""The departments, with their part in communication and their hours."""

from collections.abc import Iterable

from engine.commands import SetPart
from engine.door.answers import House, HousePart
from engine.door.interface import Door
from engine.door.requests import AskHouse
from engine.events import DepartmentId, Hours
from engine.events.parts import Department
from engine.ids import draw_id
from parlour import administer, opening_hours
from parlour.administer import ask, find, table
from parlour.data_dir import CannotStart


async def add_department(door: Door, name: str, *, hidden: bool) -> list[str]:
    """Add a department; a hidden one does not take part in communication."""
    added = Department(id=DepartmentId(draw_id()), name=name, takes_part=not hidden)
    await ask(door, SetPart(part=added))
    return [f"Added the department “{name}”{', which takes no part in communication' if hidden else ''}."]


async def change_department(
    door: Door,
    name: str,
    *,
    new_name: str | None = None,
    takes_part: bool | None = None,
    hours: str | None = None,
    zone: str | None = None,
) -> list[str]:
    """Change what is said of a department and leave the rest. Raises `CannotStart` for hours that are none."""
    old = find("department", (await door.ask(AskHouse())).departments, name)
    changed = Department(
        id=DepartmentId(old.id),
        name=new_name or old.name,
        takes_part=old.takes_part if takes_part is None else takes_part,
        hours=_hours(old.hours, hours, zone),
    )
    await ask(door, SetPart(part=changed, rests_on=old.version))
    part = "" if changed.takes_part else ", and takes no part in communication"
    return [f"The department “{changed.name}” is open {opening_hours.say(changed.hours)}{part}."]


async def remove_department(door: Door, name: str) -> list[str]:
    """Remove a department that nobody serves and nobody waits for."""
    return await administer.remove(
        door, "department", find("department", (await door.ask(AskHouse())).departments, name)
    )


async def list_departments(door: Door) -> list[str]:
    """Every department, the preselected one first, with who serves it and when."""
    house = await door.ask(AskHouse())
    return table(
        ("NAME", "SERVED BY", "OPEN", "VISITORS"),
        ((d.name, ", ".join(_serving(house, d)) or "–", *_when_and_for_whom(d)) for d in house.departments),
        none="No department yet: “parlour department add NAME” adds one.",
    )


def chosen(house: House, names: Iterable[str]) -> tuple[DepartmentId, ...]:
    """The departments of these names. Raises `Declined`."""
    return tuple(DepartmentId(find("department", house.departments, name).id) for name in names)


def _hours(old: Hours | None, said: str | None, zone: str | None) -> Hours | None:
    if said is None and zone is None:
        return old
    if said is None:
        if old is None:
            raise CannotStart("A time zone alone says no hours: give --hours too.")
        said = opening_hours.say(old).rpartition(" (")[0]
    return opening_hours.parse(said, zone or (old.zone if old else None))


def _when_and_for_whom(department: HousePart) -> tuple[str, str]:
    return opening_hours.say(department.hours), "may choose it" if department.takes_part else "hidden"


def _serving(house: House, department: HousePart) -> list[str]:
    return [person.name for person in house.operators if department.name in person.more]
