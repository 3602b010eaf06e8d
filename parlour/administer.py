"""What `parlour user|site|department|set|story` do, over a door; each gives back the lines to print.

It must not know whether a server runs, nor how a command line is read.
"""

import html
import secrets
from collections.abc import Iterable, Sequence

import uuid_utils

from engine.commands import AddDepartment, AddSite, ChangeDepartment, ChangeSetting, Outcome, Refused
from engine.door.answers import House, HousePart
from engine.door.interface import Door, DoorError
from engine.door.requests import AddPerson, Administer, AskHouse, AskSiteSecret, AskStory
from engine.events import ConversationId, DepartmentId, Hours, Role, SiteId
from parlour import opening_hours
from parlour.data_dir import CannotStart
from parlour.options import origin
from parlour.story_lines import story_lines

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
    house = await door.ask(AskHouse())
    chosen = _departments(house, departments) if departments else tuple(DepartmentId(d.id) for d in house.departments)
    check(await door.ask(AddPerson(login=login, password=password, name=name, role=role, departments=chosen)))
    serves = ", ".join(d.name for d in house.departments if d.id in chosen)
    return [f"Added {name} ({role}), who signs in as “{login.casefold()}” and serves {serves or 'no department yet'}."]


async def list_users(door: Door) -> list[str]:
    """Everybody, with login, role and departments."""
    return _table(
        (p.key or "–", p.name, p.role or "–", ", ".join(p.more) or "–") for p in (await door.ask(AskHouse())).operators
    )


async def add_site(door: Door, name: str, *, origins: Sequence[str], key: str | None, gateway: str) -> list[str]:
    """Let a site embed the widget; the line to put on its pages comes back."""
    known = key or secrets.token_hex(8)
    site = AddSite(site=SiteId(_draw()), key=known, name=name, origins=tuple(dict.fromkeys(map(origin, origins))))
    check(await door.ask(Administer(command=site)))
    tag = f'<script async src="{gateway}/widget.js" data-site="{html.escape(known)}"></script>'
    return [f"Added the site “{name}”. Put this on its pages:", tag]


async def site_secret(door: Door, name: str) -> list[str]:
    """What the site's server signs its users' ids with, so that the widget may trust who they are."""
    sites = (await door.ask(AskHouse())).sites
    found = [site for site in sites if name.casefold() in {site.name.casefold(), (site.key or "").casefold()}]
    if len(found) != 1:
        there = ", ".join(site.name for site in sites) or "none yet"
        many = "several sites are called" if found else "there is no site"
        raise Declined(f"{many.capitalize()} “{name}” (there are: {there}); its key names one for certain.")
    return [await door.ask(AskSiteSecret(site=SiteId(found[0].id)))]


async def tell_story(door: Door, conversation: str) -> list[str]:
    """Why a conversation is as it is."""
    try:
        return story_lines(await door.ask(AskStory(conversation=ConversationId(conversation))))
    except DoorError as error:
        if error.reason != "unknown-conversation":
            raise
        raise Declined(f"There is no conversation {conversation}.") from None


async def list_sites(door: Door) -> list[str]:
    """Every site, with its key and origins."""
    return _table((s.key or "–", s.name, " ".join(s.more)) for s in (await door.ask(AskHouse())).sites)


async def add_department(door: Door, name: str, *, hidden: bool) -> list[str]:
    """Add a department; a hidden one does not take part in communication."""
    check(
        await door.ask(
            Administer(command=AddDepartment(department=DepartmentId(_draw()), name=name, takes_part=not hidden))
        )
    )
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
    house = await door.ask(AskHouse())
    (key,) = _departments(house, [name])
    old = next(part for part in house.departments if part.id == key)
    changed = ChangeDepartment(
        department=key,
        name=new_name or old.name,
        takes_part=old.takes_part if takes_part is None else takes_part,
        hours=_hours(old.hours, hours, zone),
    )
    check(await door.ask(Administer(command=changed)))
    part = "" if changed.takes_part else ", and takes no part in communication"
    return [f"The department “{changed.name}” is open {opening_hours.say(changed.hours)}{part}."]


def _hours(old: Hours | None, said: str | None, zone: str | None) -> Hours | None:
    if said is None and zone is None:
        return old
    if said is None:
        if old is None:
            raise CannotStart("A time zone alone says no hours: give --hours too.")
        said = opening_hours.say(old).rpartition(" (")[0]
    return opening_hours.parse(said, zone or (old.zone if old else None))


async def list_departments(door: Door) -> list[str]:
    """Every department, the preselected one first, with who serves it and when."""
    house = await door.ask(AskHouse())
    return _table((d.name, ", ".join(_serving(house, d)) or "–", *_what_is_special(d)) for d in house.departments)


async def change_setting(door: Door, name: str, value: int) -> list[str]:
    """Give a setting of the desk a value."""
    check(await door.ask(Administer(command=ChangeSetting(name=name, value=value))))
    return [f"{name} is {value}."]


async def list_settings(door: Door) -> list[str]:
    """Every setting with its value."""
    return _table((name, str(value)) for name, value in (await door.ask(AskHouse())).settings.items())


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


def _what_is_special(department: HousePart) -> tuple[str, str]:
    hours = opening_hours.say(department.hours) if department.hours else ""
    return hours, "" if department.takes_part else "hidden"


def _serving(house: House, department: HousePart) -> list[str]:
    return [person.name for person in house.operators if department.name in person.more]


def _table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = list(rows)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in lines]


def _draw() -> str:
    return str(uuid_utils.uuid7())
