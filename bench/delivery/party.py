"""What both load processes have in common: they speak by the phase's schedule, and keep their ledger.

It must not know over which sockets.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable

from bench.delivery.talk import Author, Ledger, Phase, schedule, write

Moment = tuple[float, str]  # when, and in which conversation


class Party:
    """One side of all conversations."""

    def __init__(self, me: Author) -> None:
        self.ledger = Ledger(me=me)
        self._numbers: Counter[str] = Counter()
        self._phase: Phase | None = None

    async def talk(self, phase: Phase) -> None:
        """Say what the phase asks for; returns at its end."""
        self._phase = phase
        for at, conversation in sorted(self._openings(phase) if phase.ping_pong else self._schedules(phase)):
            await asyncio.sleep(max(0.0, at - time.monotonic()))
            self.ledger.late.append((time.monotonic() - at) * 1e3)
            self._speak(conversation)
        await asyncio.sleep(max(0.0, phase.end - time.monotonic()))

    async def report(self) -> Ledger:
        """Everything sent and seen so far."""
        return self.ledger

    def conversations(self) -> list[str]:
        """All conversations, in the order of their beginning."""
        raise NotImplementedError

    def send(self, conversation: str, text: str) -> None:
        """Write into a conversation."""
        raise NotImplementedError

    def see(self, conversation: str, author: Author, text: str, now_ns: int) -> None:
        """Count an entry that has come, and answer it where the phase is a ping-pong."""
        key, phase = self.ledger.see(conversation, author, text, now_ns), self._phase
        if key is None or phase is None or not phase.ping_pong or author == self.ledger.me:
            return
        if time.monotonic() + phase.period < phase.end:
            asyncio.get_running_loop().call_later(phase.period, self._speak, conversation)

    def _speak(self, conversation: str) -> None:
        assert self._phase is not None  # noqa: S101 - nobody speaks before the first phase
        self._numbers[conversation] += 1
        number = self._numbers[conversation]
        self.ledger.sent.append(self.ledger.key(self._phase.name, conversation, number))
        self.send(conversation, write(self._phase.name, number, time.monotonic_ns()))

    def _openings(self, phase: Phase) -> Iterable[Moment]:
        """The first words of a ping-pong are the visitors', spread over one period."""
        if self.ledger.me == "operator":
            return []
        apart = phase.period / max(1, len(self.conversations()))
        return [(phase.start + place * apart, one) for place, one in enumerate(self.conversations())]

    def _schedules(self, phase: Phase) -> Iterable[Moment]:
        return [(at, one) for one in self.conversations() for at in schedule(phase, self.ledger.me, one)]
