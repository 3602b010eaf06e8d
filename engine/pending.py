"""A unit on its way to the journal, and who waits until it is kept. It must not know what is in it."""

import asyncio

from engine.events import Tick
from engine.journal import Unit

Key = tuple[str, str]  # a sender and their client id


class Stopped(Exception):
    """The engine has stopped; nothing more is kept."""


class Pending:
    """A unit on its way to the journal, and who waits for it."""

    __slots__ = ("dead", "key", "over", "tick", "unit", "waiters")

    def __init__(self, unit: Unit, *, key: Key | None = None, tick: Tick | None = None) -> None:
        self.unit, self.key, self.tick = unit, key, tick
        self.waiters: list[asyncio.Future[bool]] = []
        self.over = False
        self.dead: Stopped | None = None

    async def kept(self) -> bool:
        """Wait until it is; False where the disk is full, and it is only later. Raises `Stopped`.

        Who waits no longer takes nothing from others who do.
        """
        kept = True
        if not self.over:
            self.waiters.append(asyncio.get_running_loop().create_future())
            kept = await self.waiters[-1]
        if self.dead is not None:
            raise self.dead
        return kept

    def tell(self, dead: Stopped | None = None) -> None:
        """Let those go on who wait: it is kept, or nothing will be any more."""
        if self.over:
            return
        self.over, self.dead = True, dead
        self._let_go(kept=True)

    def put_off(self) -> None:
        """Let those go on who wait: nobody knows when it is kept."""
        self._let_go(kept=False)

    def _let_go(self, *, kept: bool) -> None:
        waiters, self.waiters = self.waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(kept)
