"""What `parlour user|site|department|set` do, over a door; each gives back the lines to print.

It must not know whether a server runs, nor how a command line is read.
"""

import html
import secrets
from collections.abc import Iterable, Sequence

import uuid_utils

from engine.commands import AddDepartment, AddSite, ChangeSetting, Outcome, Refused
from engine.door.interface import Door, House, HousePart
from engine.events import DepartmentId, Role, SiteId
from parlour.options import origin

SENTENCES = {
    "bad-text": "That is no text that can be taken",
    "bad-value": "That value is out of bounds",
    "busy": "The server is too busy, try again",
    "disconnected": "The server does not answer",
    "empty": "Something is empty that must not be",
    "exists": "There is one of that name already",
    "too-long": "That is too long",
    "unknown-department": "There is no such department",
    "unknown-setting": "There is no such setting",
}


class Declined(Exception):
    """The house refused, in one sentence; the command ends with exit code 1."""


async def add_user(
    door: Door, login: str, password: str, *, name: str, role: Role, departments: Sequence[str]
) -> list[str]:
    """Add an operator with a login; no departments named means all there are."""
    house = await door.house()
    chosen = _departments(house, departments) if departments else tuple(DepartmentId(d.id) for d in house.departments)
    check(await door.add_person(login, password, name=name, role=role, departments=chosen))
    serves = ", ".join(d.name for d in house.departments if d.id in chosen)
    return [f"Added {name} ({role}), who signs in as “{login.casefold()}” and serves {serves or 'no department yet'}."]


async def list_users(door: Door) -> list[str]:
    """Everybody, with login, role and departments."""
    return _table(
        (p.key or "–", p.name, p.role or "–", ", ".join(p.more) or "–") for p in (await door.house()).operators
    )


async def add_site(door: Door, name: str, *, origins: Sequence[str], key: str | None, gateway: str) -> list[str]:
    """Let a site embed the widget; the line to put on its pages comes back."""
    known = key or secrets.token_hex(8)
    site = AddSite(site=SiteId(_draw()), key=known, name=name, origins=tuple(dict.fromkeys(map(origin, origins))))
    check(await door.administer(site))
    tag = f'<script async src="{gateway}/widget.js" data-site="{html.escape(known)}"></script>'
    return [f"Added the site “{name}”. Put this on its pages:", tag]


async def list_sites(door: Door) -> list[str]:
    """Every site, with its key and origins."""
    return _table((s.key or "–", s.name, " ".join(s.more)) for s in (await door.house()).sites)


async def add_department(door: Door, name: str, *, hidden: bool) -> list[str]:
    """Add a department; a hidden one does not take part in communication."""
    check(await door.administer(AddDepartment(department=DepartmentId(_draw()), name=name, takes_part=not hidden)))
    return [f"Added the department “{name}”{', which takes no part in communication' if hidden else ''}."]


async def list_departments(door: Door) -> list[str]:
    """Every department, the preselected one first, with who serves it."""
    house = await door.house()
    return _table((d.name, ", ".join(_serving(house, d)) or "–") for d in house.departments)


async def change_setting(door: Door, name: str, value: int) -> list[str]:
    """Give a setting of the desk a value."""
    check(await door.administer(ChangeSetting(name=name, value=value)))
    return [f"{name} is {value}."]


async def list_settings(door: Door) -> list[str]:
    """Every setting with its value."""
    return _table((name, str(value)) for name, value in (await door.house()).settings.items())


def check(outcome: Outcome | None) -> None:
    """Raise `Declined` where something was refused."""
    if not isinstance(outcome, Refused):
        return
    limit = f"at most {outcome.limit} characters" if outcome.reason == "too-long" and outcome.limit else None
    more = ": ".join(part for part in (outcome.detail, limit) if part)
    raise Declined(f"{SENTENCES.get(outcome.reason, f'Refused ({outcome.reason})')}{f': {more}' if more else ''}.")


def _departments(house: House, names: Iterable[str]) -> tuple[DepartmentId, ...]:
    by_name = {part.name.casefold(): DepartmentId(part.id) for part in house.departments}
    unknown = [name for name in names if name.casefold() not in by_name]
    if unknown:
        there = ", ".join(part.name for part in house.departments) or "none yet"
        raise Declined(f"There is no department “{unknown[0]}” (there are: {there}).")
    return tuple(by_name[name.casefold()] for name in names)


def _serving(house: House, department: HousePart) -> list[str]:
    return [person.name for person in house.operators if department.name in person.more]


def _table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = list(rows)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in lines]


def _draw() -> str:
    return str(uuid_utils.uuid7())
