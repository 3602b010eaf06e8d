"""The process of the demo's robot operator, restarted like any other; it comes in through the door."""

import asyncio
import base64
import hashlib
import hmac
import logging
from collections.abc import Callable

from engine.door.interface import Door, DoorError, SignedIn
from engine.door.remote import RemoteDoor
from engine.events import DepartmentId
from parlour.demo.people import DEPARTMENTS
from parlour.demo.robot.operator import Manners, Robot, SignedOut
from parlour.demo.robot.words import NAME
from parlour.demo.work import work_until
from parlour.keys import door_key
from parlour.options import DemoOptions
from parlour.reach import connected

log = logging.getLogger(__name__)
LOGIN = "robot"
PATIENCE = 30.0  # seconds for main to answer, before it is asked again
PAUSE = 1.0  # seconds before it comes in again
LONG_PAUSE = 60.0  # the same after it was not let in, so that it does not look like somebody who guesses


async def run(options: DemoOptions, stop: asyncio.Event, ready: Callable[[], None]) -> None:
    """Serve visitors until `stop`."""
    await work_until(stop, _come(options), name="robot", ready=ready)


async def _come(options: DemoOptions) -> None:
    secret = door_key(options.data_dir)
    async with RemoteDoor(options.door_url, secret) as door:
        while True:
            try:
                await connected(door, PATIENCE)
                await Robot(door, await come_in(door, secret), Manners()).work()
            except (SignedOut, DoorError, TimeoutError) as reason:
                log.info("comes in again: %r", reason)
                await asyncio.sleep(PAUSE)
            except NotLetIn as reason:
                log.warning("the robot is not let in: %s", reason)
                await asyncio.sleep(PAUSE if str(reason) == "disconnected" else LONG_PAUSE)


class NotLetIn(Exception):
    """The house did not let the robot in."""


async def come_in(door: Door, secret: str) -> SignedIn:
    """Sign in; at the first time, become an operator of the demo's departments. Raises `NotLetIn`."""
    password = _password(secret)
    house = await door.house()
    if all(person.key != LOGIN for person in house.operators):
        departments = tuple(DepartmentId(one.id) for one in house.departments if one.name in DEPARTMENTS)
        await door.add_person(LOGIN, password, name=NAME, role="operator", departments=departments)
    answer = await door.sign_in(LOGIN, password, address=LOGIN)
    if not isinstance(answer, SignedIn):
        raise NotLetIn(answer.reason)
    return answer


def _password(secret: str) -> str:
    """The robot's own: nobody knows it who does not hold the door's key."""
    return base64.urlsafe_b64encode(hmac.digest(secret.encode(), b"parlour robot", hashlib.sha256)).decode()
