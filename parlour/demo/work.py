"""What a process of the demo does for as long as it runs. It must not know what the work is."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


async def work_until(
    stop: asyncio.Event, work: Coroutine[Any, Any, None], *, name: str, ready: Callable[[], None]
) -> None:
    """Do `work` until `stop`; it is ready once it has begun. Raises what ends the work by itself."""
    working = asyncio.create_task(work, name=name)
    stopping = asyncio.create_task(stop.wait(), name="stop")
    ready()
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    working.cancel()
    stopping.cancel()
    results = await asyncio.gather(working, stopping, return_exceptions=True)
    if isinstance(results[0], Exception):
        raise results[0]
