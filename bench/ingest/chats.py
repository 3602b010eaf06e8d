"""The load process of chats: many visitors who write, steadily or as fast as they are let, and wait for the acks."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

import msgspec

from bench.delivery.talk import write
from bench.figures import percentile
from bench.guest import Guest
from bench.house import Place
from engine.talk.entries import Entry
from engine.wire.descriptors import raise_limit
from widget import protocol

AT_A_TIME = 50  # visitors who come together
DRAIN = 10.0  # seconds after a phase in which its last acks must have come
LEAST_GAP = 0.55  # seconds between two messages of a visitor: the house takes 20 in ten seconds


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a phase; times in milliseconds.

    Attributes:
        acked_per_s: acks that came within the phase, by its seconds.
        unacked: sent, and neither acked nor refused when the drain was over.

    """

    sent: int
    acked: int
    acked_per_s: float
    p50: float
    p99: float
    late_p99: float
    unacked: int
    refused: dict[str, int]


class Chats:
    """All chats of the bench."""

    def __init__(self, place: Place) -> None:
        raise_limit()
        self._place = place
        self._guests: list[Guest] = []
        self._sent: dict[str, float] = {}  # when, by client id: what is not answered yet
        self._acks: list[tuple[float, float]] = []  # when each came, and after how many milliseconds
        self._refused: Counter[str] = Counter()
        self._late: list[float] = []
        self._overdue: set[str] = set()  # not answered when their phase was over
        self._answered = asyncio.Event()  # all that was sent
        self._count = self._serial = 0
        self._until = 0.0  # when whoever is acked writes no more at once

    async def open(self, departments: Sequence[str]) -> None:
        """Let a visitor come for each department named, and wait until each is served."""
        few = asyncio.Semaphore(AT_A_TIME)

        async def come(number: int, department: str) -> None:
            async with few:
                guest = Guest(self._place, number, self._take)
                await guest.come()
                await guest.call(department)
                self._guests.append(guest)

        await asyncio.gather(*(come(number, department) for number, department in enumerate(departments)))

    async def steady(self, start: float, seconds: float, rate: float) -> Told:
        """Let `rate` messages be written in a second from `start` (monotonic) on, each visitor in turn."""
        self._begin(0.0)
        for number in range(int(rate * seconds)):
            due = start + number / rate
            if (early := due - time.monotonic()) > 0.002:
                await asyncio.sleep(early)
            elif number % 20 == 0:
                await asyncio.sleep(0)  # what has come must be read
            self._late.append((time.monotonic() - due) * 1e3)
            self._say(self._guests[number % len(self._guests)])
        await asyncio.sleep(max(0.0, start + seconds - time.monotonic()))
        return await self._end(start, seconds)

    async def most(self, start: float, seconds: float) -> Told:
        """Let everybody write again as soon as they are acked, as fast as the house lets one visitor write."""
        await asyncio.sleep(max(0.0, start - time.monotonic()))
        self._begin(start + seconds)
        for number, guest in enumerate(self._guests):
            asyncio.get_running_loop().call_later(LEAST_GAP * number / len(self._guests), self._say, guest)
        await asyncio.sleep(seconds)
        return await self._end(start, seconds)

    async def count(self) -> int:
        """How many messages have been acked in all, late ones too."""
        return self._count

    async def close(self) -> None:
        """Let all go."""
        for guest in self._guests:
            guest.leave()

    def _begin(self, until: float) -> None:
        self._until = until
        self._acks, self._late, self._refused = [], [], Counter()

    async def _end(self, start: float, seconds: float) -> Told:
        end = start + seconds
        self._until = 0.0
        self._answered.clear()
        if self._sent:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._answered.wait(), max(0.0, end + DRAIN - time.monotonic()))
        unacked, waits = len(self._sent), [wait for _, wait in self._acks]
        self._overdue |= self._sent.keys()
        self._sent.clear()
        return Told(
            sent=len(waits) + sum(self._refused.values()) + unacked,
            acked=len(waits),
            acked_per_s=sum(start <= came <= end for came, _ in self._acks) / seconds,
            p50=percentile(waits or [0.0], 0.5),
            p99=percentile(waits or [0.0], 0.99),
            late_p99=percentile(self._late or [0.0], 0.99),
            unacked=unacked,
            refused=dict(self._refused),
        )

    def _say(self, guest: Guest) -> None:
        now = time.monotonic()
        self._serial += 1
        self._sent[guest.say(write("ingest", self._serial, time.monotonic_ns()))] = now

    def _take(self, guest: Guest, frame: protocol.Ack | Entry | protocol.Error) -> None:
        if isinstance(frame, Entry):
            return
        if frame.client_id in self._overdue:
            self._overdue.discard(frame.client_id)
            self._count += isinstance(frame, protocol.Ack)
        elif frame.client_id in self._sent:
            self._answer(guest, frame, frame.client_id)

    def _answer(self, guest: Guest, frame: protocol.Ack | protocol.Error, client_id: str) -> None:
        now = time.monotonic()
        sent = self._sent.pop(client_id)
        if not self._sent:
            self._answered.set()
        if isinstance(frame, protocol.Error):
            self._refused[frame.reason] += 1
        else:
            self._acks.append((now, (now - sent) * 1e3))
            self._count += 1
        if now < self._until:
            asyncio.get_running_loop().call_later(max(0.0, sent + LEAST_GAP - now), self._again, guest)

    def _again(self, guest: Guest) -> None:
        if time.monotonic() < self._until:
            self._say(guest)
