"""The visitors' load process: pages, some of them with a chat whose visitor writes numbered messages."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence

from bench.delivery.talk import Key, Ledger, read, write
from bench.guest import Guest
from bench.house import Place
from bench.line import Line
from engine.talk.entries import Entry, plain
from engine.wire.descriptors import raise_limit
from widget import protocol

AT_A_TIME = 50  # visitors who come together


class People:
    """All visitors of the bench."""

    def __init__(self, place: Place) -> None:
        raise_limit()
        self.ledger = Ledger(me="visitor")
        self._place = place
        self._guests: list[Guest] = []
        self._talking: list[Guest] = []
        self._numbers: Counter[Guest] = Counter()
        self._keys: dict[str, Key] = {}  # by client id: what is not acked yet
        self._acked: set[Key] = set()
        self._work: asyncio.Task[None] | None = None

    async def open(self, visitors: int, departments: Sequence[str]) -> None:
        """Let so many come; one for each department named asks for help there, and is served."""
        few = asyncio.Semaphore(AT_A_TIME)

        async def come(number: int) -> None:
            async with few:
                guest = Guest(self._place, number, self._take)
                self._guests.append(guest)
                await guest.come()
                if number < len(departments):
                    await guest.call(departments[number])
                    self._talking.append(guest)

        await asyncio.gather(*map(come, range(visitors)))

    async def begin(self, period: float) -> None:
        """From now on write into each chat all `period` seconds, connected or not."""
        self._work = asyncio.create_task(self._write(period), name="the visitors' writing")

    async def rest(self) -> None:
        """Write no more."""
        if self._work is not None:
            self._work.cancel()

    async def back(self, since: float) -> tuple[int, int, float]:
        """How many sockets there are, how many of them were welcomed after `since`, and when the latest was."""
        moments = [line.welcomed_at for line in self._lines()]
        welcomed = [moment for moment in moments if moment is not None and moment > since]
        return len(moments), len(welcomed), max(welcomed, default=since)

    async def report(self) -> tuple[Ledger, set[Key]]:
        """What was sent and seen, and what of it was acked."""
        return self.ledger, self._acked

    async def close(self) -> None:
        """Let all go."""
        for guest in self._guests:
            guest.leave()

    def _lines(self) -> list[Line]:
        return [*(guest.page for guest in self._guests), *(guest.chat for guest in self._talking)]

    async def _write(self, period: float) -> None:
        while True:
            for guest in self._talking:
                self._speak(guest)
                await asyncio.sleep(period / len(self._talking))

    def _speak(self, guest: Guest) -> None:
        self._numbers[guest] += 1
        number = self._numbers[guest]
        key = self.ledger.key("load", str(guest.conversation), number)
        self.ledger.sent.append(key)
        self._keys[guest.say(write("load", number, time.monotonic_ns()))] = key

    def _take(self, _guest: Guest, frame: protocol.Ack | Entry | protocol.Error) -> None:
        match frame:
            case protocol.Ack() if frame.client_id in self._keys:
                self._acked.add(self._keys.pop(frame.client_id))
            case protocol.Error():
                self.ledger.refused.append(frame.reason)
            case Entry(what="message") if frame.author is not None:
                text = plain(frame)
                if read(text) is not None:
                    self.ledger.see(frame.conversation, frame.author, text, time.monotonic_ns())
