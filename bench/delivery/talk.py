"""What is said in the bench and how it is counted: numbered messages, each with the moment of its sending. Pure.

Every message must arrive exactly once at both parties: at the other one, and as its own entry at who wrote it.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

MARK = "bench"
FILLER = "Thank you, I have looked into the parcel and found the label at last."

Author = Literal["visitor", "operator"]


class Key(NamedTuple):
    """A message: the phase it belongs to, its conversation, who wrote it, and its number among theirs."""

    phase: str
    conversation: str
    author: Author
    number: int


@dataclass(frozen=True, kw_only=True)
class Phase:
    """What is to be said, from `start` for `seconds` (both on the monotonic clock).

    Attributes:
        period: seconds between two messages of one author in a steady phase; the pause before an answer in ping-pong.
        ping_pong: the visitor begins and each answers the other; else both write on their own schedules.

    """

    name: str
    start: float
    seconds: float
    period: float
    ping_pong: bool = False

    @property
    def end(self) -> float:
        """When nothing more is sent."""
        return self.start + self.seconds


@dataclass(kw_only=True)
class Ledger:
    """What one party's sockets sent and saw.

    Attributes:
        delays: milliseconds from the other party's sending to our socket.
        echoes: milliseconds from our own sending to its entry at the socket it was sent on.
        late: milliseconds by which we ourselves sent later than scheduled.
        refused: answers that said no.

    """

    me: Author
    sent: list[Key] = field(default_factory=list)
    seen: Counter[Key] = field(default_factory=Counter)
    delays: dict[str, list[float]] = field(default_factory=dict)
    echoes: dict[str, list[float]] = field(default_factory=dict)
    late: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def key(self, phase: str, conversation: str, number: int) -> Key:
        """The key of a message of our own."""
        return Key(phase, conversation, self.me, number)

    def see(self, conversation: str, author: Author, text: str, now_ns: int) -> Key | None:
        """Count an entry that has just come; its key, or None where it is none of the bench's."""
        said = read(text)
        if said is None:
            return None
        phase, number, sent_ns = said
        key = Key(phase, conversation, author, number)
        self.seen[key] += 1
        times = self.echoes if author == self.me else self.delays
        times.setdefault(phase, []).append((now_ns - sent_ns) / 1e6)
        return key


def write(phase: str, number: int, now_ns: int) -> str:
    """The text of a message, sent now."""
    return f"{MARK} {phase} {number} {now_ns} {FILLER}"


def read(text: str) -> tuple[str, int, int] | None:
    """Phase, number and moment of sending of a text; None where it is none of ours."""
    parts = text.split(" ", 4)
    if len(parts) < 4 or parts[0] != MARK or not (parts[2] + parts[3]).isdigit():
        return None
    return parts[1], int(parts[2]), int(parts[3])


def schedule(phase: Phase, author: Author, conversation: str) -> Iterator[float]:
    """The moments at which an author writes in a steady phase: one in each period, at a moment drawn for it."""
    dice = random.Random(f"{phase.name}/{author}/{conversation}")  # noqa: S311 - a load, not a secret
    for period in range(int(phase.seconds / phase.period)):
        yield phase.start + (period + dice.random()) * phase.period


def lost(ledgers: Iterable[Ledger]) -> set[Key]:
    """Messages that one of the parties did not see."""
    parties = list(ledgers)
    sent = {key for ledger in parties for key in ledger.sent}
    return {key for key in sent if any(ledger.seen[key] == 0 for ledger in parties)}


def doubled(ledgers: Iterable[Ledger]) -> set[Key]:
    """Messages that one of the parties saw more than once."""
    return {key for ledger in ledgers for key, times in ledger.seen.items() if times > 1}
