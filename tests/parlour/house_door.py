"""A house in memory behind the part of the door that the command line uses."""

from typing import Any, TypeVar, cast

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
from engine.door.answers import House, HousePart
from engine.door.interface import Door, DoorError
from engine.door.requests import AddPerson, Administer, AskHouse, AskSiteSecret, AskStory, Request
from engine.story import Step

T = TypeVar("T")


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

    async def ask(self, request: Request[T], *, session: str | None = None) -> T:
        assert session is None
        return cast("T", self._answer(request))

    def _answer(self, request: Request[Any]) -> Any:
        match request:
            case Administer(command=command):
                return self._administer(command)
            case AddPerson():
                return self._add_person(request)
            case AskSiteSecret(site=site):
                return f"the secret of {next(part.name for part in self.sites.values() if part.id == site)}"
            case AskStory(conversation=conversation):
                if conversation not in self.stories:
                    raise DoorError("unknown-conversation")
                return self.stories[conversation]
            case AskHouse():
                return self._house()
        raise NotImplementedError(type(request).__name__)

    def _administer(self, command: HouseCommand) -> Outcome:
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

    def _add_person(self, request: AddPerson) -> Outcome:
        self.asked.append((request.login, request.password))
        if len(request.password) > 200:
            return Refused(reason="too-long", detail="password", limit=200)
        login, serves = request.login, request.departments
        names = tuple(part.name for part in self.departments.values() if part.id in serves)
        part = HousePart(id=login, name=request.name, key=login, role=request.role, more=names)
        return self._add(self.operators, part, login)

    def _house(self) -> House:
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
