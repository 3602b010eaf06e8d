"""What the log says of who signs in: that they did or were refused, from where, and nothing that opens anything."""

import logging
from collections.abc import Callable

import pytest

from engine.door.answers import SignedIn
from engine.door.interface import Door
from engine.door.requests import AskHouse, SetPassword, SignIn, SignOut
from engine.events import OperatorId
from tests.engine.door.doors import Scenario
from tests.running import PASSWORD, Running

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
