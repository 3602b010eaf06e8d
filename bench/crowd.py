"""The load process of pages: so many visitors with a page open, who look on if they are told to."""

import asyncio
import time
from collections import Counter

from bench.guest import Guest
from bench.house import Place
from engine.talk.entries import Entry
from engine.wire.descriptors import raise_limit
from widget import protocol

AT_A_TIME = 100  # sockets that are being opened


class Crowd:
    """Visitors with a page each."""

    def __init__(self, place: Place) -> None:
        raise_limit()
        self._place = place
        self._guests: list[Guest] = []
        self._refused: Counter[str] = Counter()
        self._next = 0

    async def open(self, count: int) -> float:
        """Let so many more come; the seconds until the last was welcomed."""
        began, few = time.monotonic(), asyncio.Semaphore(AT_A_TIME)

        async def come(number: int) -> None:
            async with few:
                guest = Guest(self._place, number, self._take)
                self._guests.append(guest)
                await guest.come()

        await asyncio.gather(*map(come, range(len(self._guests), len(self._guests) + count)))
        return time.monotonic() - began

    async def view(self, start: float, seconds: float, rate: float) -> tuple[int, float]:
        """Let them view `rate` pages a second from `start` (monotonic) on, in turn: how many, the latest's lateness."""
        most = 0.0
        for number in range(int(rate * seconds)):
            late = time.monotonic() - (start + number / rate)
            most = max(most, late)
            if late < -0.002:
                await asyncio.sleep(-late)
            elif number % 50 == 0:
                await asyncio.sleep(0)  # what has come must be read
            self._next = (self._next + 1) % len(self._guests)
            self._guests[self._next].view(f"page/{number % 40}")
        await asyncio.sleep(max(0.0, start + seconds - time.monotonic()))
        return int(rate * seconds), most

    async def held(self) -> tuple[int, int]:
        """How many are connected now, and how often one was lost."""
        return sum(one.page.welcomed_at is not None for one in self._guests), sum(
            one.page.losses for one in self._guests
        )

    async def refused(self) -> dict[str, int]:
        """What was refused, by reason."""
        return dict(self._refused)

    async def close(self) -> None:
        """Let all go."""
        for guest in self._guests:
            guest.leave()
        self._guests.clear()

    def _take(self, _guest: Guest, frame: protocol.Ack | Entry | protocol.Error) -> None:
        if isinstance(frame, protocol.Error):
            self._refused[frame.reason] += 1
