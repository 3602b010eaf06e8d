"""Who may do what at the door: every row of the registry, with every caller, about one's own conversation or not."""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from engine import views
from engine.commands import Done, LeaveMessage, MarkLeftMessage, Refused, SetPart, SwitchLiveHelp
from engine.door import requests as asked
from engine.door.in_process import InProcessDoor
from engine.door.interface import Door, DoorError
from engine.door.registry import ACTS, REQUESTS, VIEWS
from engine.door.remote import RemoteDoor
from engine.door.requests import Request, answer_of, kinds
from engine.events import ConversationId, DepartmentId
from engine.events.parts import Department
from engine.ids import draw_id
from tests.engine.door.doors import Seen, comes_to_work, visitor_asks, visitor_comes
from tests.running import DASHBOARD_KEY, SECRET, SECRETS, Running, Socket, eventually, running
from tests.security.table import ASKED, DONE, PROCESSES, ROLES, WATCHED, new_person

pytestmark = pytest.mark.slow


def test_every_row_has_its_case() -> None:
    assert set(REQUESTS) == set(kinds()) == set(ASKED)
    assert set(VIEWS) == set(get_args(views.AnyView)) == set(WATCHED)
    assert set(ACTS) == set(DONE)


def test_a_handler_answers_what_its_request_says() -> None:
    for kind, row in REQUESTS.items():
        hints = get_type_hints(row.handler)
        assert hints["return"] == (answer_of(kind) or type(None)), kind
        assert hints["request" if "request" in hints else "_request"] is kind


class Everybody:
    """A house with a person of each role who serves Support, and a conversation of Support and one of Sales."""

    def __init__(self, house: Running) -> None:
        self.house = house
        self.sessions: dict[str, str] = {}
        self.talks: dict[str, ConversationId] = {}

    async def come(self) -> "Everybody":
        for role in ROLES:
            self.sessions[role] = await self.house.person(role, "Support", role=role)
        for name in ("Support", "Sales"):
            self.talks[name] = await leaves_message(self.house, name, "Where is my tent?")
        self.talks["none"] = ConversationId(draw_id())
        return self

    def callers(self) -> Iterable[tuple[str, InProcessDoor, str | None]]:
        """Everybody by name, with their door and session."""
        door = self.house.house.door
        yield from ((role, door.for_process("dashboard"), session) for role, session in self.sessions.items())
        yield from ((process, door.for_process(process), None) for process in PROCESSES)


async def leaves_message(house: Running, department: str, text: str) -> ConversationId:
    visitor = await visitor_comes(house)
    left = LeaveMessage(
        visitor=visitor,
        site=next(iter(house.house.views.directory.sites)),
        conversation=ConversationId(draw_id()),
        department=house.departments[department],
        email="vera@example.org",
        text=text,
    )
    assert isinstance(await house.house.core.send(left, sender=visitor), Done)
    return left.conversation


def test_every_request_with_every_caller(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as house:
            people = await Everybody(house).come()
            for kind, case in ASKED.items():
                for talk, conversation in people.talks.items():
                    for caller, door, session in people.callers():
                        got_in = await gets_in(door, case.make(conversation), session)
                        assert got_in == case.lets_in(caller, talk), (kind.__name__, caller, talk)

    asyncio.run(scenario())


async def gets_in(door: Door, request: Request[Any], session: str | None) -> bool:
    try:
        await door.ask(request, session=session)
    except DoorError as refused:
        return refused.reason != "forbidden"
    return True


def test_every_view_with_every_role(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as house:
            people = await Everybody(house).come()
            for kind, case in WATCHED.items():
                for talk, conversation in people.talks.items():
                    for caller, session in people.sessions.items():
                        seen = Seen(house.house.door.watch(case.make(conversation), session=session))
                        if talk == "none" and case.about and caller in case.may:
                            await asyncio.sleep(0)  # what is not there is no secret, and has no entries
                            assert not seen.errors
                        else:
                            await eventually(lambda seen=seen: seen.got or seen.errors)  # type: ignore[misc] # bound at once
                            refused = [getattr(error, "reason", "") for error in seen.errors]
                            may = case.lets_in(caller, talk)
                            assert refused == ([] if may else ["forbidden"]), (kind.__name__, caller, talk)
                        seen.leave()

    asyncio.run(scenario())


def test_every_act_with_every_role(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as house:
            people = await Everybody(house).come()
            for kind, case in DONE.items():
                for talk, conversation in people.talks.items():
                    for caller, session in people.sessions.items():
                        act = case.make(conversation)
                        said = await house.house.door.act(act, session=session, client_id=draw_id())
                        got_in = not (isinstance(said, Refused) and said.reason == "forbidden")
                        assert got_in == case.lets_in(caller, talk), (kind.__name__, caller, talk)

    asyncio.run(scenario())


# --- over the real sockets ------------------------------------------------------------------------------------------


def test_another_departments_conversation_is_forbidden_over_the_socket(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as house, RemoteDoor(house.door_url, DASHBOARD_KEY) as door:
            await eventually(lambda: door._connected.value)
            ann = await comes_to_work(house, door, "ann")
            sam = await house.person("sam", "Sales")
            _, chat = await visitor_asks(house)  # of Support
            left = await leaves_message(house, "Support", "Where is my tent?")
            for talk in (chat, left):
                told = Seen(door.watch(views.ConversationEntries(conversation=talk), session=sam))
                await eventually(lambda told=told: told.errors)  # type: ignore[misc] # bound at once
                assert [getattr(error, "reason", "") for error in told.errors] == ["forbidden"]
                assert not told.got
                with pytest.raises(DoorError, match="forbidden"):
                    await door.ask(asked.AskStory(conversation=talk), session=sam)
                assert await door.ask(asked.AskStory(conversation=talk), session=ann)
            mark = MarkLeftMessage(conversation=left, state="answered")
            assert await door.act(mark, session=sam, client_id="a") == Refused(reason="forbidden")
            assert isinstance(await door.act(mark, session=ann, client_id="b"), Done)
            assert await door.ask(asked.FindMessages(text="tent"), session=sam) == ()
            assert len(await door.ask(asked.FindMessages(text="tent"), session=ann)) == 1
            pages = Seen(door.watch(views.Visitors(), session=sam))
            await eventually(lambda: len(pages.rows) == 2)  # that they are there, everybody may see

    asyncio.run(scenario())


def test_what_an_administrator_may_is_forbidden_to_others_and_to_the_dashboard_itself(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as house, RemoteDoor(house.door_url, DASHBOARD_KEY) as door:
            await eventually(lambda: door._connected.value)
            ann, ada = await house.person("ann"), await house.person("ada", role="administrator")
            command = SetPart(part=Department(id=DepartmentId(draw_id()), name="Returns"))
            change = asked.Administer(command=command)
            for request in (change, new_person(ConversationId("")), asked.AskHouse()):
                for session in (ann, None):
                    with pytest.raises(DoorError, match="forbidden"):
                        await door.ask(request, session=session)
            first = await door.ask(change, session=ada)
            assert isinstance(first, Done)
            assert await door.ask(change, session=ada) == first  # a retry doubles nothing
            names = [one.name for one in (await door.ask(asked.AskHouse(), session=ada)).departments]
            assert names.count("Returns") == 1

    asyncio.run(scenario())


def test_a_process_is_told_its_own_secrets_by_name_and_no_other(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as house, RemoteDoor(house.door_url, DASHBOARD_KEY) as door:
            await eventually(lambda: door._connected.value)
            assert await door.ask(asked.AskSecret(name="analyst")) == SECRETS["dashboard"]["analyst"]
            session = await house.person("ada", role="administrator")
            for name, asking in (("robot", None), ("analyst", session)):
                with pytest.raises(DoorError, match="forbidden"):
                    await door.ask(asked.AskSecret(name=name), session=asking)
        async with running(tmp_path) as house, RemoteDoor(house.door_url, SECRET) as own:
            await eventually(lambda: own._connected.value)
            with pytest.raises(DoorError, match="forbidden"):
                await own.ask(asked.AskSecret(name="analyst"))

    asyncio.run(scenario())


def test_an_unknown_key_or_none_opens_nothing(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as house:
            for frame, code in (
                ({"r": "Hello", "id": 1, "key": "guessed"}, 4403),
                ({"r": "Ask", "id": 1, "request": {"request": "AskHouse"}}, 4403),
                ({"r": "Ask", "id": 1, "request": {"request": "AskNothing"}}, 1003),
            ):
                async with Socket(house.door_url, "") as socket:
                    await socket.send(frame)
                    assert await socket.closed() == code

    asyncio.run(scenario())


def test_a_search_goes_on_past_what_may_not_be_read(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as house:
            sam, ada = await house.person("sam", "Sales"), await house.person("ada", role="supervisor")
            own = [await leaves_message(house, "Sales", f"A tent, {number}") for number in range(2)]
            for number in range(60):
                await leaves_message(house, "Support", f"Another tent, {number}")
            door = house.house.door
            found = await door.ask(asked.FindMessages(text="tent"), session=sam)
            assert [one.conversation for one in found] == own[::-1]
            everything = await door.ask(asked.FindMessages(text="tent"), session=ada)
            assert len(everything) == 50

    asyncio.run(scenario())


def test_who_analyses_alone_is_never_present(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as house:
            door, cleo = house.house.door, await house.person("cleo", role="analyst")
            door.open_tab(session=cleo, tab="a tab")
            said = await door.act(SwitchLiveHelp(on=True), session=cleo, client_id="on")
            assert said == Refused(reason="forbidden")
            await comes_to_work(house, door, "ann")  # whose tab was opened later
            assert [one.name for one in house.desk.operators.values() if one.present] == ["Ann"]

    asyncio.run(scenario())
