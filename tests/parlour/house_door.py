"""A house in memory behind the part of the door that the command line uses."""

from typing import Any, cast

from engine.commands import (
    AddDepartment,
    AddSite,
    ChangeDepartment,
    ChangeSetting,
    ChangeSite,
    Done,
    HouseCommand,
    Outcome,
    Refused,
)
from engine.door.interface import Door, DoorError, House, HousePart
from engine.events import ConversationId, DepartmentId, Role, SiteId
from engine.story import Step


class HouseDoor:
    """Remembers what was asked for, and refuses what is there already."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.sites: dict[str, HousePart] = {}
        self.departments: dict[str, HousePart] = {}
        self.operators: dict[str, HousePart] = {}
        self.stories: dict[str, tuple[Step, ...]] = {}
        self.settings = {"response_timeout": 30}

    @property
    def door(self) -> Door:
        return cast("Door", self)

    async def administer(self, command: HouseCommand) -> Outcome:
        self.asked.append(command)
        match command:
            case AddSite(site=id, key=key, name=name, origins=origins):
                return self._add(self.sites, HousePart(id=id, name=name, key=key, more=origins), key)
            case ChangeSite(site=id, name=name, origins=origins):
                key = next(key for key, site in self.sites.items() if site.id == id)
                self.sites[key] = HousePart(id=id, name=name, key=key, more=origins)
            case AddDepartment(department=id, name=name):
                return self._add(self.departments, HousePart(id=id, name=name), name)
            case ChangeDepartment(department=id, name=name, takes_part=takes_part, hours=hours):
                old = next(key for key, part in self.departments.items() if part.id == id)
                del self.departments[old]
                self.departments[name] = HousePart(id=id, name=name, takes_part=takes_part, hours=hours)
            case ChangeSetting(name=name, value=value):
                if name not in self.settings:
                    return Refused(reason="unknown-setting", detail="one of response_timeout")
                self.settings[name] = value
        return Done()

    async def add_person(
        self, login: str, password: str, *, name: str, role: Role, departments: tuple[DepartmentId, ...]
    ) -> Outcome:
        self.asked.append((login, password))
        if len(password) > 200:
            return Refused(reason="too-long", detail="password", limit=200)
        names = tuple(part.name for part in self.departments.values() if part.id in departments)
        return self._add(self.operators, HousePart(id=login, name=name, key=login, role=role, more=names), login)

    async def site_secret(self, site: SiteId) -> str:
        return f"the secret of {next(part.name for part in self.sites.values() if part.id == site)}"

    async def story(self, conversation: ConversationId, *, session: str | None) -> tuple[Step, ...]:
        assert session is None
        if conversation not in self.stories:
            raise DoorError("unknown-conversation")
        return self.stories[conversation]

    async def house(self) -> House:
        return House(
            sites=tuple(self.sites.values()),
            departments=tuple(self.departments.values()),
            operators=tuple(self.operators.values()),
            settings=dict(self.settings),
        )

    def _add(self, there: dict[str, HousePart], part: HousePart, key: str) -> Outcome:
        if key in there:
            return Refused(reason="exists")
        there[key] = part
        return Done()
