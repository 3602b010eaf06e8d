"""What the log says of who signs in, and of who asks for what they may not: nothing that opens anything."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.commands import EndConversation
from engine.door.answers import SignedIn
from engine.door.interface import Door, DoorError
from engine.door.requests import AskHouse, AskStory, SetPassword, SignIn, SignOut
from engine.events import ConversationId, OperatorId
from tests.engine.door.doors import Scenario, comes_to_work, visitor_asks
from tests.running import PASSWORD, Running, running

HERE = "198.51.100.7"


def test_each_sign_in_and_end_is_said_without_secrets(
    play: Callable[[Scenario], None], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "engine.door")

    async def scenario(house: Running, door: Door) -> None:
        await house.person("ann")
        caplog.clear()
        signed_in = await door.ask(SignIn(login="Ann", password=PASSWORD, address=HERE))
        assert isinstance(signed_in, SignedIn)
        await door.ask(SignIn(login="ann", password="a guess of hers", address=HERE))
        await door.ask(SignIn(login="typed a password\nhere", password="x", address="no address\nat all" * 20))
        await door.ask(SignOut(session=signed_in.session))
        (ann,) = [one for one in (await door.ask(AskHouse())).operators if one.key == "ann"]
        await door.ask(SetPassword(operator=OperatorId(ann.id), password="another password"))
        said = [record.getMessage() for record in caplog.records]
        assert said[:2] == [f"sign-in of ann from {HERE!r}", f"sign-in of ann from {HERE!r} was refused"]
        assert said[2].startswith("sign-in of an unknown login from ")
        assert said[3] == "a session of ann is over"
        assert f"the password of operator {ann.id} was set by house" in said
        for secret in (PASSWORD, "a guess", "typed a", "another password", signed_in.session):
            assert not [line for line in said if secret in line]
        assert not [line for line in said if "\n" in line or len(line) > 200]

    play(scenario)


def test_beyond_the_limit_nothing_fills_the_log(
    play: Callable[[Scenario], None], caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario(house: Running, door: Door) -> None:
        await house.person("ann")
        caplog.clear()
        for number in range(30):
            await door.ask(SignIn(login="ann", password=f"guess {number}", address=HERE))
        assert len([record for record in caplog.records if "refused" in record.getMessage()]) == 10

    play(scenario)


def test_who_asks_for_what_they_may_not_is_said(
    play: Callable[[Scenario], None], caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario(house: Running, door: Door) -> None:
        session = await comes_to_work(house, door, "ann")
        (ann,) = [one.id for one in (await door.ask(AskHouse())).operators if one.key == "ann"]
        foreign = ConversationId("no such one\n" * 50)
        caplog.clear()
        with pytest.raises(DoorError, match="forbidden"):
            await door.ask(AskHouse(), session=session)
        assert await door.act(EndConversation(conversation=foreign), session=session, client_id="x")
        said = [record.getMessage() for record in caplog.records if record.name == "engine.door.registry"]
        assert said[0] == f"{ann} may not ask for AskHouse"
        assert not [line for line in said if session in line or len(line) > 200]

    play(scenario)


def test_a_conversation_of_another_department_is_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def scenario() -> None:
        async with running(tmp_path) as house:
            await house.person("bob")
            sam = await house.person("sam", "Sales")
            _, chat = await visitor_asks(house)
            caplog.clear()
            with pytest.raises(DoorError, match="forbidden"):
                await house.house.door.ask(AskStory(conversation=chat), session=sam)
            (said,) = [record.getMessage() for record in caplog.records if record.name == "engine.door.registry"]
            assert said.endswith(f" may not ask for AskStory of conversation {chat}")

    asyncio.run(scenario())
