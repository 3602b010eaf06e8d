"""The demo's robot operator: its planner alone, and the robot against a real main, with time passing fast."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.commands import Refused, SwitchLiveHelp
from engine.door.interface import DoorError, Frame
from engine.door.remote import RemoteDoor
from engine.door.requests import Who
from engine.ids import draw_id
from engine.views import AnyView, Operators, Rings
from parlour.demo.robot.operator import Manners, Robot
from parlour.demo.robot.plan import Close, Message, Write, next_move, topic_of, wait
from parlour.demo.robot.process import NotLetIn, come_in
from parlour.demo.robot.words import GENERAL, GREETINGS, NAME, REPLIES, STILL_HERE, WELCOMES
from parlour.demo.seed import seed_robot
from parlour.demo.visitors.topics import TOPICS, Topic
from parlour.reach import connected
from tests.running import ROBOT_KEY, SECRETS, SHOP_KEY, Running, Socket, eventually, running

FAST = Manners(patience=0.0, pace=0.01)


def visitor(text: str) -> Message:
    return Message(author="visitor", text=text)


def robot(text: str) -> Message:
    return Message(author="operator", text=text)


def answer(*said: Message) -> str:
    move = next_move("one", said)
    assert isinstance(move, Write)
    return move.text


# --- the planner -----------------------------------------------------------------------------------------------------


def test_while_a_person_is_available_a_request_is_theirs_for_fifteen_seconds() -> None:
    assert wait("r", rung=0, alone=None) == 15
    assert wait("r", rung=14.5, alone=None) == 0.5
    assert wait("r", rung=60, alone=None) == 0


def test_where_no_person_is_available_it_is_taken_in_one_to_three_seconds() -> None:
    waits = [wait(str(ring), rung=0, alone=1000) for ring in range(50)]
    assert all(1 <= one <= 3 for one in waits)
    assert max(waits) - min(waits) > 1
    assert wait("r", rung=8, alone=0) == wait("r", rung=0, alone=8)  # the last person has just left
    assert wait("r", rung=9, alone=9) == 0


def test_every_topic_of_the_visitors_has_a_reply_to_each_of_their_messages() -> None:
    assert [topic.subject for topic in TOPICS] == list(REPLIES)
    for topic in TOPICS:
        said = [robot(GREETINGS[0]), *map(visitor, topic.opening)]
        for text in (*topic.answers, topic.thanks):
            reply = answer(*said)
            assert reply == REPLIES[topic.subject][1][sum(one.text not in GREETINGS for one in said if is_reply(one))]
            said += [robot(reply), visitor(text)]
        assert answer(*said) in WELCOMES


def is_reply(said: Message) -> bool:
    return said.author == "operator"


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: str(topic.subject))
def test_a_topic_is_known_by_its_words_too(topic: Topic) -> None:
    assert topic_of([topic.opening[0] + " Please help."]) == topic.subject


def test_a_question_of_another_kind_gets_general_answers_and_never_none() -> None:
    said = [robot(GREETINGS[0])]
    for number in range(6):
        said.append(visitor("Quo vadis?"))
        assert answer(*said) == GENERAL[min(number, len(GENERAL) - 1)]
        said.append(robot(answer(*said)))
    assert answer(*said[:-1], visitor("Hello?")) in STILL_HERE


def test_it_greets_first_answers_then_waits_and_ends_after_a_long_silence() -> None:
    assert answer() in GREETINGS
    greeted = [robot(GREETINGS[0])]
    assert next_move("one", greeted) == Close(after=180)
    assert next_move("one", [*greeted, visitor("Thanks"), robot(WELCOMES[0])]) == Close(after=45)


def test_writing_takes_a_believable_time_and_the_same_history_gives_the_same_move() -> None:
    for topic in TOPICS:
        said = [robot(GREETINGS[0]), visitor(topic.opening[0])]
        move = next_move("one", said)
        assert 2 <= move.after <= 12
        assert move == next_move("one", list(said))
        assert move != next_move("another", said)


# --- the robot in a house --------------------------------------------------------------------------------------------


@asynccontextmanager
async def at_work(house: Running, manners: Manners = FAST) -> AsyncIterator[None]:
    """The robot, signed in and at work."""
    await seed_robot(house.house.door, SECRETS["robot"]["robot"])
    async with RemoteDoor(house.door_url, ROBOT_KEY) as door:
        await connected(door, 5)
        work = asyncio.create_task(Robot(door, await come_in(door), manners).work())
        try:
            yield
            assert not work.done()
        finally:
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work
            await door.ask(Who(session=""))  # what was watched is no more; no frame is on its way when the door closes


class Person:
    """An operator who looks on, and is available if asked to be."""

    def __init__(self, house: Running, session: str) -> None:
        self.house, self.session = house, session
        self.rows: dict[str, dict[str, Any]] = {}
        for view in (Operators(), Rings()):
            self._see(view)

    def _see(self, view: AnyView) -> None:
        def take(frame: Frame) -> None:
            body = msgspec.json.decode(frame.body)
            self.rows.update({row["id"]: row for row in (*body.get("all", ()), *body.get("set", ()))})

        self.house.house.door.watch(view, session=self.session).subscribe(take)

    async def be_available(self) -> None:
        self.house.house.door.open_tab(session=self.session, tab="tab")
        await eventually(lambda: any(row.get("here") and row["name"] == "Anna" for row in self.rows.values()))
        command = SwitchLiveHelp(on=True)
        said = await self.house.house.door.act(command, session=self.session, client_id=draw_id())
        assert not isinstance(said, Refused)
        await eventually(lambda: self.state_of("Anna") == "available")

    def state_of(self, name: str) -> str | None:
        states = [row["state"] for row in self.rows.values() if row.get("name") == name and "state" in row]
        return states[0] if states else None


@asynccontextmanager
async def asking(house: Running) -> AsyncIterator[Socket]:
    """A visitor who has just asked for help."""
    async with house.chat() as chat:
        await chat.send({"t": "hello", "site": SHOP_KEY})
        await chat.until("welcome")
        await chat.send({"t": "ask", "client_id": draw_id(), "name": "Mira"})
        await chat.until("entry", lambda entry: entry["what"] == "asked")
        yield chat


async def heard(chat: Socket) -> str:
    """The operator's next message."""
    entry = await chat.until("entry", lambda entry: entry["what"] == "message" and entry["author"] == "operator")
    return "".join(span["text"] for span in entry["spans"])


def test_nobody_else_there_it_makes_the_button_live_takes_the_request_and_helps(tmp_path: Path) -> None:
    async def play() -> None:
        async with running(tmp_path) as house, at_work(house):
            anna = Person(house, await house.person("anna"))
            await eventually(lambda: anna.state_of(NAME) == "available")
            async with asking(house) as chat:
                accepted = await chat.until("entry", lambda entry: entry["what"] == "accepted")
                assert accepted["operator"] == NAME
                assert await heard(chat) in GREETINGS
                topic = TOPICS[7]
                await chat.send({"t": "say", "client_id": draw_id(), "text": topic.opening[0]})
                assert await heard(chat) == REPLIES[topic.subject][1][0]
                await chat.send({"t": "end", "client_id": draw_id()})
                await chat.until("entry", lambda entry: entry["what"] == "ended")
            await eventually(lambda: all(row["chats"] == 0 for row in anna.rows.values() if "chats" in row))

    asyncio.run(play())


def test_a_person_who_is_available_is_left_the_time_to_take_it(tmp_path: Path) -> None:
    async def play() -> None:
        patience = 1.0
        async with running(tmp_path) as house, at_work(house, Manners(patience=patience, pace=0.01)):
            anna = Person(house, await house.person("anna"))
            await anna.be_available()
            await eventually(lambda: anna.state_of(NAME) == "available")
            async with asking(house) as chat:
                began = asyncio.get_running_loop().time()
                accepted = await chat.until("entry", lambda entry: entry["what"] == "accepted")
                assert patience - 0.2 < asyncio.get_running_loop().time() - began < patience + 1
                assert accepted["operator"] == NAME
                (ring,) = (row for row in anna.rows.values() if "closed" in row)
                await eventually(lambda: anna.rows[ring["id"]]["closed"] == "taken")

    asyncio.run(play())


def test_it_goes_on_after_main_was_away_and_after_it_was_away_itself(tmp_path: Path) -> None:
    async def play() -> None:
        async with running(tmp_path) as house:
            port = house.port
            async with at_work(house), asking(house) as chat:
                greeting = await heard(chat)
                key = next(frame for frame in chat.seen if frame["t"] == "welcome")
        async with running(tmp_path, port=port) as house, at_work(house), house.chat() as chat:
            await chat.send({"t": "hello", "site": SHOP_KEY, "visitor": key["visitor"], "secret": key["secret"]})
            assert await heard(chat) == greeting
            await chat.send({"t": "say", "client_id": draw_id(), "text": TOPICS[0].opening[0]})
            assert await heard(chat) == REPLIES[TOPICS[0].subject][1][0]

    asyncio.run(play())


def test_it_becomes_an_operator_once_and_is_let_in_by_the_door_s_key_only(tmp_path: Path) -> None:
    async def play() -> None:
        async with running(tmp_path) as house:
            door = house.house.door.for_process("robot")
            await seed_robot(house.house.door, SECRETS["robot"]["robot"])
            await seed_robot(house.house.door, SECRETS["robot"]["robot"])
            first, second = await come_in(door), await come_in(door)
            assert first.person.operator == second.person.operator
            assert first.person.role == "operator"
            assert len(first.person.departments) == 2
            with pytest.raises(DoorError, match="forbidden"):
                await come_in(house.house.door.for_process("dashboard"))


def test_it_is_not_let_in_with_another_password(tmp_path: Path) -> None:
    async def play() -> None:
        async with running(tmp_path) as house:
            await seed_robot(house.house.door, "another password")
            with pytest.raises(NotLetIn, match="bad-login"):
                await come_in(house.house.door.for_process("robot"))

    asyncio.run(play())
