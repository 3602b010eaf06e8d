"""How the command line reaches a house: through the running server's door, or by opening the house itself."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from engine.counters import Counters
from engine.door.interface import Door, DoorError
from engine.door.remote import RemoteDoor
from engine.door.requests import AskCounters
from engine.room import LEAST
from parlour import lost_secrets
from parlour.data_dir import CannotStart, Holder, claim, holder
from parlour.keys import door_key
from parlour.options import Options

SOON = 2.0  # seconds for one that is known to run
PATIENCE = 10.0  # seconds for a server that is just starting, or restarting main


@asynccontextmanager
async def reach(path: Path, *, make: bool = True, least_room: int = LEAST) -> AsyncIterator[Door]:
    """The door of the house in the folder `path`; without `make` the folder must be there. Raises `CannotStart`."""
    running = holder(path)
    if running is not None and running.port is not None:
        async with _through(path, running) as door:
            yield door
        return
    if not make and running is None and not (path / "lock").exists():
        raise CannotStart(f"There is no data folder {path}.")
    with claim(path, least_room=least_room):
        from parlour.first_start import furnish
        from parlour.main_process import open_house

        lost_secrets.check(path)
        async with open_house(path) as house:
            await furnish(house.core, house.views)
            yield house.door


def counted(options: Options) -> Counters | None:
    """What the main that runs with these options has counted; None if it does not say so soon."""

    async def asked() -> Counters:
        async with RemoteDoor(options.door_url, door_key(options.data_dir)) as door:
            await connected(door, SOON)
            return await door.ask(AskCounters())

    try:
        return asyncio.run(asked())
    except (TimeoutError, DoorError, OSError):
        return None


@asynccontextmanager
async def _through(path: Path, running: Holder) -> AsyncIterator[Door]:
    async with RemoteDoor(f"ws://127.0.0.1:{running.port}/door", door_key(path)) as door:
        try:
            await connected(door, PATIENCE)
        except TimeoutError:
            raise CannotStart(f"The server (process {running.pid}, port {running.port}) does not answer.") from None
        yield door


async def connected(door: Door, patience: float) -> None:
    """Wait until main answers. Raises `TimeoutError` after `patience` seconds."""
    answers = asyncio.Event()
    watching = door.connected().subscribe(lambda yes: answers.set() if yes else None)
    try:
        await asyncio.wait_for(answers.wait(), patience)
    finally:
        watching.dispose()
