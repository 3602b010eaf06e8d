"""A house in memory behind the part of the door that the command line uses."""

from typing import Any, TypeVar, cast

from msgspec.structs import replace

from engine.commands import ChangeSetting, Done, HouseCommand, Outcome, Refused, RemovePart, SetPart
from engine.door.answers import House, HousePart
from engine.door.interface import Door, DoorError
from engine.door.requests import AddPerson, Administer, AskHouse, AskSiteSecret, AskStory, Request
from engine.events import Part
from engine.events.parts import Department, Operator, Site
from engine.settings import FIELDS, Settings
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
        self.settings = Settings()

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
            case SetPart(rests_on=0, part=Site() as site):
                return self._add(self.sites, self._part(site), site.key)
            case SetPart(rests_on=0, part=Department() as department):
                return self._add(self.departments, self._part(department), department.name)
            case SetPart():
                return self._change(command)
            case RemovePart():
                there, key = self._where(command.id)
                del there[key]
            case ChangeSetting(name=name, value=value):
                if name not in FIELDS:
                    return Refused(reason="unknown-setting", detail=f"one of {', '.join(FIELDS)}")
                self.settings = replace(self.settings, **{name: value})
        return Done()

    def _change(self, command: SetPart) -> Outcome:
        there, key = self._where(command.part.id)
        old = there[key]
        if command.rests_on != old.version:
            return Refused(reason="changed", by="Bob")
        new = self._part(command.part, login=old.key, name=command.name or old.name, version=old.version + 1)
        del there[key]
        there[new.name if isinstance(command.part, Department) else key] = new
        return Done()

    def _where(self, id: str) -> tuple[dict[str, HousePart], str]:
        everything = (self.sites, self.departments, self.operators)
        return next((there, key) for there in everything for key, part in there.items() if part.id == id)

    def _part(self, part: Part, *, login: str | None = None, name: str | None = None, version: int = 1) -> HousePart:
        match part:
            case Site(id=id, name=called, key=key, origins=origins):
                return HousePart(id=id, name=called, part=part, version=version, key=key, more=origins)
            case Department(id=id, name=called, takes_part=takes, hours=hours):
                return HousePart(id=id, name=called, part=part, version=version, takes_part=takes, hours=hours)
            case Operator(id=id, role=role, departments=departments):
                names = tuple(one.name for one in self.departments.values() if one.id in departments)
                return HousePart(id=id, name=name or "", part=part, version=version, key=login, role=role, more=names)

    def _add_person(self, request: AddPerson) -> Outcome:
        self.asked.append((request.login, request.password))
        if len(request.password) > 200:
            return Refused(reason="too-long", detail="password", limit=200)
        part = Operator(id=request.operator, role=request.role, departments=request.departments)
        return self._add(self.operators, self._part(part, login=request.login, name=request.name), request.login)

    def _house(self) -> House:
        return House(
            sites=tuple(self.sites.values()),
            departments=tuple(self.departments.values()),
            operators=tuple(self.operators.values()),
            settings=self.settings,
        )

    def _add(self, there: dict[str, HousePart], part: HousePart, key: str) -> Outcome:
        if key in there:
            return Refused(reason="exists")
        there[key] = part
        return Done()
