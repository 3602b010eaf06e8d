"""Operators for a bench's house, with a department each, so that each gets their own share of the visitors."""

import secrets
from pathlib import Path

import msgspec

from engine.commands import ChangeSetting, SetPart
from engine.door.remote import RemoteDoor
from engine.door.requests import AddPerson, Administer
from engine.events import DepartmentId
from engine.events.parts import Department
from engine.ids import draw_id
from engine.limits.table import OFFICE
from parlour.administer import check
from parlour.keys import door_key
from parlour.reach import connected


class Hired(msgspec.Struct, frozen=True, kw_only=True):
    """An operator's login, and the department that is theirs alone."""

    login: str
    password: str
    department: str


async def hire(
    door_url: str, data_dir: Path, *, operators: int, chats_each: int, address_people: int = OFFICE
) -> list[Hired]:
    """Add so many operators to a running house, who may serve `chats_each` visitors at once.

    `address_people`: how many visitors there may be behind one address.
    """
    people: list[Hired] = []
    async with RemoteDoor(door_url, door_key(data_dir)) as door:
        await connected(door, 10)
        for setting, value in (("max_chats", chats_each), ("address_people", address_people)):
            check(await door.ask(Administer(command=ChangeSetting(name=setting, value=value))))
        for number in range(1, operators + 1):
            login, password, department = f"bench{number}", secrets.token_urlsafe(12), DepartmentId(draw_id())
            added = SetPart(part=Department(id=department, name=f"Bench {number}"))
            check(await door.ask(Administer(command=added)))
            name = f"Operator {number}"
            check(
                await door.ask(
                    AddPerson(login=login, password=password, name=name, role="operator", departments=(department,))
                )
            )
            people.append(Hired(login=login, password=password, department=department))
    return people
