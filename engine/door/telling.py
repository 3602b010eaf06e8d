"""How a worker tells main what it has counted, so that one who asks main hears of every process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec

from engine.background import Background
from engine.counters import Browsers
from engine.door.interface import Door, DoorError
from engine.door.requests import TellCounters

EVERY_S = 1.0  # between two looks at whether there is something new to tell


@asynccontextmanager
async def telling(door: Door, counted: Browsers, *, every: float = EVERY_S) -> AsyncIterator[None]:
    """Keep main told what stands in `counted`: once it answers, whenever it has begun anew, and after each change."""
    told: bytes | None = None

    def main_is(there: bool) -> None:
        nonlocal told
        told = told if there else None  # it may be another one that comes back

    async def keep_telling() -> None:
        nonlocal told
        while True:
            now = msgspec.json.encode(counted)
            if now != told:
                told = now
                try:
                    await door.ask(TellCounters(counted=counted))
                except DoorError:
                    told = None
            await asyncio.sleep(every)

    watching, background = door.connected().subscribe(main_is), Background()
    background.run(keep_telling(), name="tell main what is counted")
    try:
        yield
    finally:
        watching.dispose()
        background.cancel()
