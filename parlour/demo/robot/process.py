"""The process of the demo's robot operator, restarted like any other; it comes in through the door."""

import asyncio
import logging
from collections.abc import Callable

from engine.door.answers import SignedIn
from engine.door.interface import Door, DoorError
from engine.door.remote import RemoteDoor
from engine.door.requests import AskSecret, SignIn
from parlour.demo.robot.operator import Manners, Robot, SignedOut
from parlour.demo.robot.words import LOGIN
from parlour.demo.work import work_until
from parlour.keys import door_key
from parlour.options import DemoOptions
from parlour.reach import connected

log = logging.getLogger(__name__)
PATIENCE = 30.0  # seconds for main to answer, before it is asked again
PAUSE = 1.0  # seconds before it comes in again
LONG_PAUSE = 60.0  # the same after it was not let in, so that it does not look like somebody who guesses


async def run(options: DemoOptions, stop: asyncio.Event, ready: Callable[[], None]) -> None:
    """Serve visitors until `stop`."""
    await work_until(stop, _come(options), name="robot", ready=ready)


async def _come(options: DemoOptions) -> None:
    async with RemoteDoor(options.door_url, door_key(options.data_dir, "robot")) as door:
        while True:
            try:
                await connected(door, PATIENCE)
                await Robot(door, await come_in(door), Manners()).work()
            except (SignedOut, DoorError, TimeoutError) as reason:
                log.info("comes in again: %r", reason)
                await asyncio.sleep(PAUSE)
            except NotLetIn as reason:
                log.warning("the robot is not let in: %s", reason)
                await asyncio.sleep(PAUSE if str(reason) == "disconnected" else LONG_PAUSE)


class NotLetIn(Exception):
    """The house did not let the robot in."""


async def come_in(door: Door) -> SignedIn:
    """Sign in with the password that main tells the robot alone. Raises `NotLetIn`."""
    password = await door.ask(AskSecret(name="robot"))
    answer = await door.ask(SignIn(login=LOGIN, password=password, address=LOGIN))
    if not isinstance(answer, SignedIn):
        raise NotLetIn(answer.reason)
    return answer
