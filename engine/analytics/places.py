"""How many may be at something at once: in a place, for which nobody waits, or in a slot, for which some do.

It must not know what they do there.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from engine.analytics import errors


class Gone(Exception):
    """Whoever asked has gone."""


class Places:
    """So many at once, and nobody waits."""

    def __init__(self, count: int) -> None:
        self.free = count

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold a place. Raises `Refusal` where there is none."""
        if not self.free:
            raise errors.busy()
        self.free -= 1
        try:
            yield
        finally:
            self.free += 1


class Slots:
    """So many at once; at most `most` more wait, each for `patience` seconds. `waiting` is how many do."""

    def __init__(self, count: int, *, most: int, patience: float) -> None:
        self._free = asyncio.Semaphore(count)
        self._most, self._patience = most, patience
        self.waiting = 0

    @asynccontextmanager
    async def taken(self, gone: asyncio.Event) -> AsyncIterator[None]:
        """Hold a slot. Raises `Refusal` where none comes free in time, `Gone` where `gone` is set before."""
        if self._free.locked() and self.waiting >= self._most:
            raise errors.busy()
        self.waiting += 1
        try:
            await self._enter(gone)
        finally:
            self.waiting -= 1
        try:
            yield
        finally:
            self._free.release()

    async def _enter(self, gone: asyncio.Event) -> None:
        entering, left = asyncio.ensure_future(self._free.acquire()), asyncio.ensure_future(gone.wait())
        await asyncio.wait({entering, left}, timeout=self._patience, return_when=asyncio.FIRST_COMPLETED)
        left.cancel()
        if not entering.done():
            entering.cancel()
            raise Gone if gone.is_set() else errors.busy()
