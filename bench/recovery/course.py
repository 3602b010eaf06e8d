"""The bench's course: visitors and operators talk, main is killed again and again, then the books are compared."""

import asyncio
import os
import signal
import statistics
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, repeat

import msgspec

from bench.crew import Crew
from bench.delivery.talk import Key, Ledger, doubled, lost
from bench.house import OwnDemo, own_demo
from bench.recovery.people import People
from bench.report import Run, Tell, each
from bench.staff import hire
from bench.worker import Worker
from parlour.supervise import LONG_LIFE, PAUSES

CHATS_EACH = 50
UNDER_LOAD = 3.0  # seconds of talk before each kill
PATIENCE = 90.0  # seconds for all to be back, and for the last entries to come
LOOK = 0.05  # seconds between two looks
READS = 5.0  # seconds between two times an operator has read a conversation


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is killed and how many there are.

    Attributes:
        chats: how many of the visitors have a chat.
        period: seconds between two messages of one side of a chat.
        apart: least seconds between two kills; sooner than the supervisor's `LONG_LIFE` it pauses before a start.

    """

    kills: int
    visitors: int
    chats: int
    period: float
    apart: float


FULL = Size(kills=5, visitors=10_000, chats=500, period=5.0, apart=LONG_LIFE + 1)
QUICK = Size(kills=3, visitors=500, chats=100, period=2.0, apart=0.0)


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What came out: acked messages of both sides; medians of the seconds from the kill to the first answer, and until
    the last socket was welcomed.
    """

    kills: int
    acked: int
    lost: int
    doubled: int
    start_s: float
    all_back_s: float


def measure(size: Size, tell: Tell) -> Run:
    """Do all of it. Raises `CannotStart`, or `RuntimeError` where not all come back."""
    with own_demo() as demo:
        staff = -(-size.chats // CHATS_EACH)
        hired = asyncio.run(hire(demo.door, demo.data_dir, operators=staff, chats_each=CHATS_EACH))
        with Worker(Crew, demo.door, str(demo.data_dir)) as crew, Worker(People, demo.place) as people:
            crew.ask("open", hired, True)
            tell(f"{size.visitors:,} visitors come, {size.chats} of them for a chat")
            departments = [one.department for one in hired for _ in range(CHATS_EACH)]
            people.ask("open", size.visitors, list(islice(departments, size.chats)))
            people.ask("begin", size.period)
            crew.ask("begin", READS, size.period)
            times = [_round(demo, people, size, tell) for _ in repeat(None, size.kills)]
            people.ask("rest")
            crew.ask("rest")
            books = _books(people, crew)
            people.ask("close")
            crew.ask("close")
    return _run(books, size, times)


def _round(demo: OwnDemo, people: Worker, size: Size, tell: Tell) -> tuple[float, float]:
    """Kill main; the seconds until something answered, and until all were back."""
    time.sleep(UNDER_LOAD)
    killed = time.monotonic()
    os.kill(demo.processes["main"], signal.SIGKILL)
    answered = _first_answer(demo) - killed
    while True:
        wanted, welcomed, latest = people.ask("back", killed)
        if welcomed == wanted:
            break
        if time.monotonic() - killed > PATIENCE:
            raise RuntimeError(f"{wanted - welcomed} of {wanted} sockets did not come back in {PATIENCE:g} s")
        time.sleep(LOOK)
    tell(f"answers after {answered:.2f} s, all {wanted:,} sockets back after {latest - killed:.2f} s")
    time.sleep(max(0.0, killed + size.apart - UNDER_LOAD - time.monotonic()))
    return answered, latest - killed


def _first_answer(demo: OwnDemo) -> float:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with suppress(OSError, urllib.error.URLError):
            urllib.request.urlopen(f"{demo.gateway}/health", timeout=5).close()  # noqa: S310 - our own server
            return time.monotonic()
        time.sleep(0.005)
    raise RuntimeError("main did not come back")


Books = tuple[list[Ledger], set[Key]]


def _books(people: Worker, crew: Worker) -> Books:
    """Both ledgers, and what was acked; as soon as nothing is missing, or when it is too late."""
    deadline = time.monotonic() + PATIENCE
    while True:
        reports: list[tuple[Ledger, set[Key]]] = [worker.ask("report") for worker in (people, crew)]
        ledgers, acked = [ledger for ledger, _ in reports], set().union(*(keys for _, keys in reports))
        if not lost(ledgers) or time.monotonic() > deadline:
            return ledgers, acked
        time.sleep(LOOK)


def _run(books: Books, size: Size, times: list[tuple[float, float]]) -> Run:
    ledgers, acked = books
    missing, sent = lost(ledgers), sum(len(ledger.sent) for ledger in ledgers)
    figures = Figures(
        kills=len(times),
        acked=len(acked),
        lost=len(missing & acked),
        doubled=len(doubled(ledgers)),
        start_s=round(statistics.median(answered for answered, _ in times), 3),
        all_back_s=round(statistics.median(back for _, back in times), 2),
    )
    refused = Counter(reason for ledger in ledgers for reason in ledger.refused)
    pauses = ", ".join(f"{pause:g}" for pause in PAUSES[: len(times)]) if size.apart < LONG_LIFE else "0 each"
    notes = {
        "visitors": f"{size.visitors:,}, {size.chats} with a chat: {size.visitors + size.chats:,} sockets",
        "jitter": "the widget's: a page anywhere in 0 to 20 s, a chat 0 to 0.4 s × 2ⁿ, at most 5 s",
        "the supervisor's pauses": f"{pauses} s before a start (part of start_s)",
        "first answer": each([answered for answered, _ in times], "s"),
        "all back": each([back for _, back in times], "s"),
        "sent": f"{sent:,}, of which {sent - len(acked)} were never acked",
        "not seen though never acked": str(len(missing - acked)),
        "refused": ", ".join(f"{times} × {reason}" for reason, times in refused.items()) or "none",
    }
    return Run(figures=figures, notes=notes)
