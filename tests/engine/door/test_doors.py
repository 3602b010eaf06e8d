"""The door, by both its implementations: the same tests, the same answers."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.commands import (
    AcceptRequest,
    ChangeSetting,
    DeclineRequest,
    Done,
    EndConversation,
    Refused,
    SetPart,
    SwitchLiveHelp,
    WriteMessage,
)
from engine.door.answers import House, SignedIn
from engine.door.interface import Door, DoorError
from engine.door.remote import RemoteDoor
from engine.door.requests import Administer, AskHouse, AskUnset, SetFirstPassword, SignIn, SignOut, Who
from engine.events import (
    ByOperator,
    DepartmentId,
)
from engine.events.parts import Department
from engine.ids import draw_id
from engine.views import ConversationEntries, Mine, Operators, Rings, Visit, Visitors
from tests.engine.door.doors import Scenario, Seen, comes_to_work, visitor_asks
from tests.running import PASSWORD, SECRET, Running, eventually, running, session_of

pytestmark = pytest.mark.slow


def test_signing_in_and_out(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        await house.person("ann")
        signed_in = await door.ask(SignIn(login="ann", password=PASSWORD, address="10.0.0.1"))
        assert isinstance(signed_in, SignedIn)
        assert signed_in.person.name == "Ann"
        assert len(signed_in.session) >= 22  # 128 bits and more
        assert await door.ask(Who(session=signed_in.session)) == signed_in.person
        await door.ask(SignOut(session=signed_in.session))
        assert await door.ask(Who(session=signed_in.session)) is None

    play(scenario)


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        await house.person("ann")
        wrong = await door.ask(SignIn(login="ann", password="not the password", address="10.0.0.1"))
        assert (
            wrong
            == await door.ask(SignIn(login="nobody", password=PASSWORD, address="10.0.0.1"))
            == Refused(reason="bad-login")
        )

    play(scenario)


def test_without_a_session_nothing_may_be_sent_or_seen(play: Callable[[Scenario], None]) -> None:
    async def scenario(_house: Running, door: Door) -> None:
        said = await door.act(SwitchLiveHelp(on=True), session="guessed", client_id="a")
        assert said == Refused(reason="signed-out")
        seen = Seen(door.watch(Visitors(), session="guessed"))
        await eventually(lambda: seen.errors)
        assert isinstance(seen.errors[0], DoorError)
        assert seen.errors[0].reason == "signed-out"

    play(scenario)


def test_signing_out_ends_what_is_watched(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        session = await house.person("ann")
        seen = Seen(door.watch(Visitors(), session=session))
        await eventually(lambda: seen.got)
        await door.ask(SignOut(session=session))
        await eventually(lambda: seen.errors)
        assert getattr(seen.errors[0], "reason", "") == "signed-out"

    play(scenario)


def test_signing_out_in_one_browser_leaves_the_other_available(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        first = await comes_to_work(house, door, "ann")
        second = await session_of(door, "ann")
        close = door.open_tab(session=second, tab="another browser's tab")
        (operator,) = house.desk.operators.values()
        await eventually(lambda: len(house.house.door._inside.tabs._attendance._open[operator.id]) == 2)
        await door.ask(SignOut(session=first))
        assert operator.live_help
        said = await door.act(SwitchLiveHelp(on=False), session=second, client_id="off")
        assert isinstance(said, Done)
        await door.ask(SignOut(session=second))
        assert not operator.present
        close()

    play(scenario)


def test_a_tab_makes_its_operator_present_and_live_help_makes_them_available(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        session = await comes_to_work(house, door, "ann")
        seen = Seen(door.watch(Operators(), session=session))
        await eventually(lambda: [row["state"] for row in seen.rows.values()] == ["available"])
        await door.act(SwitchLiveHelp(on=False), session=session, client_id="off")
        await eventually(lambda: [row["state"] for row in seen.rows.values()] == ["not-available"])

    play(scenario)


def test_a_call_rings_is_taken_talked_through_and_ended(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        ann, bob = await comes_to_work(house, door, "ann"), await comes_to_work(house, door, "bob")
        rings = {name: Seen(door.watch(Rings(), session=session)) for name, session in (("ann", ann), ("bob", bob))}
        mine = Seen(door.watch(Mine(), session=ann))
        _, chat = await visitor_asks(house)
        await eventually(lambda: chat in rings["ann"].rows and chat in rings["bob"].rows)
        both = (
            door.act(AcceptRequest(conversation=chat), session=ann, client_id="a"),
            door.act(AcceptRequest(conversation=chat), session=bob, client_id="b"),
        )
        first, second = await asyncio.gather(*both)
        assert isinstance(first, Done)
        assert second == Refused(reason="taken", by="Ann")
        await eventually(lambda: rings["bob"].rows[chat]["closed"] == "taken")
        await eventually(lambda: chat in mine.rows)
        told = Seen(door.watch(ConversationEntries(conversation=chat), session=ann))
        await door.act(WriteMessage(conversation=chat, text="Hello"), session=ann, client_id="c")
        await eventually(lambda: told.entries[-1:] and told.entries[-1]["what"] == "message")
        assert told.entries[-1]["client_id"] == "c"
        await door.act(EndConversation(conversation=chat), session=ann, client_id="d")
        await eventually(lambda: chat not in mine.rows)
        await eventually(lambda: told.entries[-1]["state"] == "ended")
        assert [entry["number"] for entry in told.entries] == list(range(1, len(told.entries) + 1))

    play(scenario)


def test_the_same_client_id_is_kept_once_and_answered_alike(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        session = await comes_to_work(house, door, "ann")
        _, chat = await visitor_asks(house)
        await door.act(AcceptRequest(conversation=chat), session=session, client_id="a")
        say = WriteMessage(conversation=chat, text="Once")
        said = await asyncio.gather(*(door.act(say, session=session, client_id="m") for _ in range(5)))
        assert len(set(map(repr, said))) == 1
        told = Seen(door.watch(ConversationEntries(conversation=chat), session=session))
        await eventually(lambda: [entry["what"] for entry in told.entries].count("message") == 1)

    play(scenario)


def test_a_conversation_goes_on_after_its_token(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        session = await comes_to_work(house, door, "ann")
        _, chat = await visitor_asks(house)
        told = Seen(door.watch(ConversationEntries(conversation=chat), session=session))
        await eventually(lambda: len(told.got) >= 2)
        token = told.got[1].token
        await door.act(DeclineRequest(conversation=chat), session=session, client_id="a")
        more = Seen(door.watch(ConversationEntries(conversation=chat), session=session, after=token))
        await eventually(lambda: len(more.entries) == 2)
        assert [entry["number"] for entry in more.entries] == [3, 4]

    play(scenario)


def test_foreign_text_is_refused_by_name(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        session = await comes_to_work(house, door, "ann")
        _, chat = await visitor_asks(house)
        await door.act(AcceptRequest(conversation=chat), session=session, client_id="a")
        for text, refused in [
            ("x" * 10_001, Refused(reason="too-long", limit=10_000)),
            (" ", Refused(reason="empty")),
            ("a\x00", Refused(reason="bad-text")),
            ("\ud800", Refused(reason="bad-text")),
            ("漢" * 40_000, Refused(reason="too-long", limit=10_000)),
        ]:
            say = WriteMessage(conversation=chat, text=text)
            assert await door.act(say, session=session, client_id=draw_id()) == refused
        assert isinstance(await door.ask(AskHouse()), House)  # the connection that all operators share is still there

    play(scenario)


def test_an_operator_cannot_speak_for_another(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        ann, bob = await comes_to_work(house, door, "ann"), await comes_to_work(house, door, "bob")
        _, chat = await visitor_asks(house)
        await door.act(AcceptRequest(conversation=chat), session=ann, client_id="a")
        owner = house.desk.conversations[chat].operator
        assert owner is not None
        say = WriteMessage(conversation=chat, text="I am Ann", author=ByOperator(operator=owner))
        assert await door.act(say, session=bob, client_id="b") == Refused(reason="not-yours")

    play(scenario)


def test_a_visitors_visit_is_watched_by_its_key(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        session = await comes_to_work(house, door, "ann")
        visitor, _ = await visitor_asks(house)
        visit = Seen(door.watch(Visit(visitor=visitor), session=session))
        await eventually(lambda: visit.bodies and visit.bodies[-1]["value"])
        assert visit.bodies[-1]["value"]["pages"][0]["title"] == "Shop"

    play(scenario)


def test_the_house_is_administered(play: Callable[[Scenario], None]) -> None:
    async def scenario(_house: Running, door: Door) -> None:
        def department(name: str) -> Administer:
            return Administer(command=SetPart(part=Department(id=DepartmentId(draw_id()), name=name)))

        added = await door.ask(department("Returns"))
        assert isinstance(added, Done)
        bad = await door.ask(department("bad\x07name"))
        assert bad == Refused(reason="bad-text", detail="name")
        again = await door.ask(department("returns"))
        assert again == Refused(reason="exists")
        unknown = await door.ask(Administer(command=ChangeSetting(name="volume", value=11)))
        assert isinstance(unknown, Refused)
        assert unknown.reason == "unknown-setting"
        await door.ask(Administer(command=ChangeSetting(name="max_chats", value=2)))
        house = await door.ask(AskHouse())
        assert [one.name for one in house.departments] == ["Support", "Sales", "Returns"]
        assert house.settings.max_chats == 2

    play(scenario)


def test_the_first_password_needs_the_one_time_code(play: Callable[[Scenario], None]) -> None:
    async def scenario(house: Running, door: Door) -> None:
        code = await house.house.accounts.setup_code()
        assert code
        assert await door.ask(SetFirstPassword(code="guessed", name="Ada", login="admin", password=PASSWORD)) == (
            Refused(reason="bad-code")
        )
        assert await door.ask(AskUnset())
        for unfit in ({"password": "short"}, {"name": " \u200b"}, {"name": "A\nB"}, {"name": "A" * 81}, {"login": "ä"}):
            fields = {"name": "Ada", "login": "admin", "password": PASSWORD, **unfit}
            assert isinstance(await door.ask(SetFirstPassword(code=code, **fields)), Refused), unfit
        first = SetFirstPassword(code=code, name=" Ada  Novak ", login="admin", password=PASSWORD)
        assert await door.ask(first) is None  # none of those used it up
        assert not await door.ask(AskUnset())
        assert await door.ask(SetFirstPassword(code=code, name="Eve", login="again", password=PASSWORD)) == (
            Refused(reason="bad-code")
        )
        session = await session_of(door, "admin")
        person = await door.ask(Who(session=session))
        assert person is not None
        assert (person.role, person.name) == ("administrator", "Ada  Novak")

    play(scenario)


def test_a_wrong_secret_opens_nothing(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as house, RemoteDoor(house.door_url, "guessed") as door:
            connected = Seen(door.connected())
            await asyncio.sleep(0.3)
            assert True not in connected.got
            with pytest.raises(DoorError):
                await door.ask(AskHouse())

    asyncio.run(scenario())


def test_a_lost_connection_loses_the_tabs_and_comes_back_by_itself(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as house, RemoteDoor(house.door_url, SECRET) as door:
            connected = Seen(door.connected())
            await eventually(lambda: connected.got[-1:] == [True])
            session = await comes_to_work(house, door, "ann")
            operator = next(iter(house.desk.operators.values()))
            seen = Seen(door.watch(Operators(), session=session))
            await eventually(lambda: seen.rows)
            assert door._socket is not None
            door._socket.close()
            await eventually(lambda: operator.lost_at is not None or connected.got.count(True) == 2)
            await eventually(lambda: connected.got.count(True) == 2 and operator.lost_at is None)
            pictures = sum("all" in body for body in seen.bodies)
            await eventually(lambda: sum("all" in body for body in seen.bodies) >= 2 or pictures >= 2)

    asyncio.run(scenario())


def test_what_is_asked_before_the_loss_is_noticed_is_disconnected_and_what_is_watched_goes_on_later(
    tmp_path: Path,
) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as house, RemoteDoor(house.door_url, SECRET) as door:
            connected = Seen(door.connected())
            await eventually(lambda: connected.got[-1:] == [True])
            session = await comes_to_work(house, door, "ann")
            assert door._socket is not None
            door._socket.protocol.stream.close()  # type: ignore[union-attr]
            outcome = await door.act(SwitchLiveHelp(on=True), session=session, client_id="on")
            assert outcome == Refused(reason="disconnected")
            seen = Seen(door.watch(Operators(), session=session))
            door.open_tab(session=session, tab="another")()
            await eventually(lambda: connected.got.count(True) == 2)
            await eventually(lambda: seen.rows)

    asyncio.run(scenario())
