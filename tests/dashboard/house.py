"""The house behind the dashboard in its tests: all of main, in this process, in a folder of its own.

Support is its one department, the shop its site; Ann is an operator, Bob an administrator. Its clock goes as the
machine's, until a test lets time pass.
"""

import atexit
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from engine.clock import Clock
from engine.commands import ChangeSetting, Done, HouseCommand, LoseVisitor, SetPart
from engine.desk import DeskState
from engine.door.answers import Person, SignedIn
from engine.door.requests import AddPerson, Administer, SignIn, Who
from engine.events import Role, VisitorId
from engine.events.parts import Department, Site
from engine.settings import DEFAULTS
from engine.talk import UNCLOSED
from parlour import main_process
from tests.dashboard.doorway import Doorway
from tests.dashboard.people import GRACE, IDS, SALES, SHOP, SUPPORT, Guest, Staff

PASSWORD = "correct horse"
STAFF: dict[str, Role] = {"ann": "operator", "bob": "administrator"}
FURNISHED_BEFORE = timedelta(days=1)


class House:
    """A running house; made by `opened`."""

    def __init__(self, *, ahead: timedelta = timedelta(), furnished: bool = True) -> None:
        self.ahead = ahead
        self._furnished = furnished
        self.main: main_process.House
        self.door: Doorway
        self.staff: dict[str, Staff] = {}

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["House"]:
        """Open, and leave nothing behind."""
        with TemporaryDirectory(prefix="house") as folder:
            if self._furnished:
                made = await _furnished_once()
                shutil.copytree(made.folder, folder, dirs_exist_ok=True)
                self.staff = {login: Staff(self, login, session) for login, session in made.sessions.items()}
            async with self._over(Path(folder)):
                yield self

    @asynccontextmanager
    async def _over(self, folder: Path) -> AsyncIterator[None]:
        clock = Clock(wall=lambda: datetime.now(UTC) + self.ahead)
        async with main_process.open_house(folder, clock=clock) as self.main:
            self.door = Doorway(self.main.door)
            yield

    @property
    def desk(self) -> DeskState:
        """What the desk knows."""
        return self.main.core.known(self.main.views.states).desk

    # --- people ----------------------------------------------------------------------------------------------------

    async def comes(self, name: str | None = None, *, known: bool = False, **page: str) -> Guest:
        """A visitor comes to the cart, or to another page; `known`: the site says what they are called."""
        guest = Guest(self, name)
        await guest.views(**page)
        if known:
            await guest.is_known(name)
        return guest

    async def asks(self, name: str | None = None) -> Guest:
        """A visitor comes and asks for help."""
        guest = await self.comes(name)
        await guest.asks()
        return guest

    async def leaves(self, name: str, text: str = "Where is my parcel?") -> Guest:
        """A visitor comes, leaves a message, and goes."""
        guest = await self.comes(name)
        await guest.leaves(text)
        await guest.goes()
        return guest

    async def rings(self, name: str | None = None) -> Guest:
        """A visitor asks for help while Ann is available."""
        await self.ann.switches(on=True)
        return await self.asks(name)

    async def serves(self, name: str | None = None, *, by: str = "ann") -> Guest:
        """A visitor comes, asks, and is served by who is there."""
        guest = await self.asks(name)
        await self.staff[by].accepts(guest)
        return guest

    @property
    def ann(self) -> Staff:
        """Ann, as she acts elsewhere than in the test's browser."""
        return self.staff["ann"]

    @property
    def bob(self) -> Staff:
        """Bob, likewise."""
        return self.staff["bob"]

    async def person(self, login: str) -> Person:
        """Who somebody is."""
        who = await self.main.door.ask(Who(session=self.staff[login].session))
        assert who
        return who

    async def changes(self, command: HouseCommand) -> None:
        """The house is changed."""
        said = await self.main.door.ask(Administer(command=command))
        assert isinstance(said, Done), said

    async def set(self, name: str, value: int) -> None:
        """Change a setting."""
        await self.changes(ChangeSetting(name=name, value=value))

    async def adds_sales(self) -> None:
        """There is another department, which nobody serves."""
        await self.changes(SetPart(part=Department(id=SALES, name="Sales")))

    # --- time ------------------------------------------------------------------------------------------------------

    async def passes(self, seconds: float) -> None:
        """Time passes, with all that is due in it."""
        self.ahead += timedelta(seconds=seconds)
        await self.main.core.send(LoseVisitor(visitor=VisitorId("nobody")), sender="time")

    async def clear(self) -> None:
        """Everybody goes and messages are closed; settings are as at first. Whose browser is open stays signed in."""
        self.door.clear()
        for staff in self.staff.values():
            if self.desk.operators[staff.id].live_help:
                await staff.switches(on=False)
        for talk in list(self.desk.conversations.values()):
            if talk.state in UNCLOSED:
                await self.ann.marks(talk.id, "closed")
        for visitor in list(self.desk.visitors.values()):
            await self.main.core.send(LoseVisitor(visitor=visitor.id), sender=visitor.id)
        for staff in self.staff.values():
            await staff.closes()
        await self.passes(GRACE)
        for name, value in msgspec.structs.asdict(DEFAULTS).items():
            if getattr(self.desk.settings, name) != value:
                await self.set(name, value)


class _Furnished:
    """A house's folder as all begin with it, and a sign-in of each operator."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sessions: dict[str, str] = {}


_made: list[_Furnished] = []


async def _furnished_once() -> _Furnished:
    """Furnish a house the day before, once for all tests of this process: passwords take their time."""
    if not _made:
        folder = TemporaryDirectory(prefix="furnished")
        atexit.register(folder.cleanup)
        made = _Furnished(Path(folder.name))
        house = House(ahead=-FURNISHED_BEFORE)
        async with house._over(made.folder):
            await _furnish(house)
            for login in STAFF:
                said = await house.main.door.ask(SignIn(login=login, password=PASSWORD, address="127.0.0.1"))
                assert isinstance(said, SignedIn)
                made.sessions[login] = said.session
        _made.append(made)
    return _made[0]


async def _furnish(house: House) -> None:
    await house.changes(SetPart(part=Department(id=SUPPORT, name="Support")))
    await house.changes(SetPart(part=Site(id=SHOP, key="shop", name="shop", origins=("http://localhost",))))
    for login, role in STAFF.items():
        person = AddPerson(
            login=login, password=PASSWORD, name=login.title(), role=role, departments=(SUPPORT,),
            operator=IDS[login],
        )  # fmt: skip
        assert isinstance(await house.main.door.ask(person), Done)
