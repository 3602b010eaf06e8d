"""When Python looks through its objects for dead cycles: by the clock, so that each look is a short one.

A look stands the whole process still, the longer the more objects there are. Left to itself it comes when so many are
new: either often, which takes a sixth of main where most pages are viewed, or for long: with every 50,000 it was 30 ms
of living objects, and 190 ms of closed connections, which are cycles. It must not know what the objects are.
"""

import asyncio
import gc

EVERY = 0.25  # seconds
FEW = 2_000  # new objects that are not worth a look
SOME = 15_000  # new objects until what the looks at the youngest left is looked through too
ALL = 2_000_000  # new objects until all are: with 500 chats that takes 0.3 to 0.5 s, and finds next to nothing
OLDEST = 2  # generation
BACKSTOP = (50_000, 1_000_000, 1_000_000)  # of what comes between two looks, the youngest alone


def begin() -> None:
    """What is here at the start stays anyway (modules, the journal's state), and is looked through no more."""
    gc.freeze()
    gc.set_threshold(*BACKSTOP)


class Collector:
    """The looks of a process."""

    def __init__(self) -> None:
        self._of_all = self._of_some = 0  # new objects since the last look at all, or at more than the youngest

    async def keep_looking(self) -> None:
        """Look, now and then, for ever."""
        while True:
            await asyncio.sleep(EVERY)
            self.look()

    def look(self) -> int | None:
        """Look through what is due; the oldest generation that was, or None where little is new."""
        young, *_ = gc.get_count()
        if young < FEW:
            return None
        self._of_all += young
        self._of_some += young
        due = OLDEST if self._of_all >= ALL else int(self._of_some >= SOME)
        gc.collect(due)
        if due:
            self._of_some = 0
        if due == OLDEST:
            self._of_all = 0
        return due
