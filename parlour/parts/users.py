"""Operators and their logins."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from engine.commands import SetPart
from engine.door.answers import HousePart
from engine.door.interface import Door
from engine.door.requests import AddPerson, AskHouse, EndSessions, SetPassword
from engine.events import DepartmentId, OperatorId, Role
from engine.events.parts import Operator
from parlour import administer
from parlour.administer import ask, check, find, table
from parlour.parts.departments import chosen


async def add_user(
    door: Door, login: str, password: str, *, name: str, role: Role, departments: Sequence[str]
) -> list[str]:
    """Add an operator with a login; no departments named means all there are."""
    house = await door.ask(AskHouse())
    serves = chosen(house, departments) if departments else tuple(DepartmentId(d.id) for d in house.departments)
    check(await door.ask(AddPerson(login=login, password=password, name=name, role=role, departments=serves)))
    said = ", ".join(d.name for d in house.departments if d.id in serves)
    return [f"Added {name} ({role}), who signs in as “{login.casefold()}” and serves {said or 'no department yet'}."]


async def change_user(
    door: Door,
    login: str,
    *,
    name: str | None = None,
    role: Role | None = None,
    departments: Sequence[str] = (),
    max_chats: int | None = None,
) -> list[str]:
    """Change what is said of somebody and leave the rest; `max_chats` 0: as the setting says."""
    house = await door.ask(AskHouse())
    old = find("user", house.operators, login)
    changes: dict[str, Any] = {}
    if role is not None:
        changes["role"] = role
    if departments:
        changes["departments"] = chosen(house, departments)
    if max_chats is not None:
        changes["max_chats"] = max_chats or None
    await ask(door, SetPart(part=replace(old.part, **changes), name=name, rests_on=old.version))
    new = find("user", (await door.ask(AskHouse())).operators, old.key or old.name)
    most = _most(new)
    return [f"{new.name} ({new.role}) serves {', '.join(new.more) or 'no department'}{f', {most}' if most else ''}."]


async def disable_user(door: Door, login: str) -> list[str]:
    """Sign somebody out at once, and let them in no more: their chats wait for others."""
    person = await _set(door, login, disabled=True)
    return [f"{person.name} is signed out and may not sign in."]


async def enable_user(door: Door, login: str) -> list[str]:
    """Let somebody in again, with the password they had."""
    person = await _set(door, login, disabled=False)
    return [f"{person.name} may sign in."]


async def set_password(door: Door, login: str, password: str) -> list[str]:
    """Give somebody another password, and sign them out everywhere: who knew the one before is out."""
    person = find("user", (await door.ask(AskHouse())).operators, login)
    check(await door.ask(SetPassword(operator=OperatorId(person.id), password=password)))
    return [f"{person.name} has another password, and is signed out everywhere."]


async def end_sessions(door: Door, login: str) -> list[str]:
    """Sign somebody out everywhere; they may sign in again."""
    person = find("user", (await door.ask(AskHouse())).operators, login)
    check(await door.ask(EndSessions(operator=OperatorId(person.id))))
    return [f"{person.name} is signed out everywhere, and may sign in again."]


async def remove_user(door: Door, login: str) -> list[str]:
    """Sign somebody out at once, and forget their login and password; what they did stays."""
    return await administer.remove(door, "user", find("user", (await door.ask(AskHouse())).operators, login))


async def list_users(door: Door) -> list[str]:
    """Everybody, with login, role and departments, and what is special."""
    people = (await door.ask(AskHouse())).operators
    rows = (
        (
            p.key or "–",
            p.name,
            p.role or "–",
            ", ".join(p.more) or "–",
            _most(p),
            "disabled" if _is_disabled(p) else "may",
        )
        for p in people
    )
    none = "Nobody yet: open the one-time address that “parlour serve” prints, or “parlour user add LOGIN --name NAME”."
    return table(("LOGIN", "NAME", "ROLE", "DEPARTMENTS", "CHATS", "SIGN-IN"), rows, none=none)


async def _set(door: Door, login: str, *, disabled: bool) -> HousePart:
    person = find("user", (await door.ask(AskHouse())).operators, login)
    await ask(door, SetPart(part=replace(person.part, disabled=disabled), rests_on=person.version))
    return person


def _most(person: HousePart) -> str:
    most = person.part.max_chats if isinstance(person.part, Operator) else None
    return "" if most is None else f"at most {most} chat{'' if most == 1 else 's'}"


def _is_disabled(person: HousePart) -> bool:
    return isinstance(person.part, Operator) and person.part.disabled
