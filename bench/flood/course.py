"""The bench's course: a house with a few chats that go on, and one flood after the other beside them."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
from pysqlite3 import dbapi2 as sqlite3

from bench.cpu import Cpu
from bench.crew import Crew
from bench.flood.flooder import KINDS, Brought, Flooder
from bench.house import OwnDemo, own_demo
from bench.ingest.chats import Chats, Told
from bench.report import Run, Tell
from bench.staff import hire
from bench.worker import Worker

CHATS, RATE = 20, 32.0  # of others, and the messages that they write in a second
LEAD, SETTLE = 0.5, 1.5  # seconds from the order to a phase's begin, and after a flood


@dataclass(frozen=True, kw_only=True)
class Size:
    """For how many seconds others are measured alone and beside each flood, in each of the rounds."""

    alone: float
    beside: float
    rounds: int
    kinds: Sequence[str] = tuple(KINDS)


FULL = Size(alone=15.0, beside=30.0, rounds=3)
QUICK = Size(alone=2.5, beside=10.0, rounds=1)


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one flood; each the median of the rounds.

    Attributes:
        case: the kind of flood.
        others_p50_ms: from a message of others to its ack, beside the flood; `alone_…` just before it.
        main_core_share: of one core, others' share included.
        journal_kib_s: by how much the journal grew in a second, less what others alone made it grow.

    """

    case: str
    others_p50_ms: float
    others_p99_ms: float
    main_core_share: float
    journal_kib_s: float
    alone_p50_ms: float
    alone_p99_ms: float
    alone_core_share: float


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Of each flood its own."""

    cases: tuple[Case, ...]


class _Phase(msgspec.Struct, frozen=True, kw_only=True):
    told: Told
    core: float
    kib_s: float


@dataclass(kw_only=True)
class _Stage:
    demo: OwnDemo
    size: Size
    others: Worker
    flooder: Worker
    tell: Tell
    brought: dict[str, Brought] = field(default_factory=dict)

    def phase(self, seconds: float, kind: str | None = None, number: int = 0) -> _Phase:
        """Others write for so long; `kind` of flood beside them, from an address that has not flooded before."""
        start = time.monotonic() + LEAD
        if kind is not None:
            self.flooder.begin("flood", kind, number, LEAD + seconds)
        self.others.begin("steady", start, seconds, RATE)
        time.sleep(max(0.0, start - time.monotonic()))
        main, before, size = {"main": self.demo.processes["main"]}, time.monotonic(), self._journal()
        cpu = Cpu.read(main)
        time.sleep(seconds)
        used = Cpu.read(main).by_process["main"] - cpu.by_process["main"]
        took, grown = time.monotonic() - before, self._journal() - size
        told: Told = self.others.result(takes=seconds)
        if kind is not None:
            self.brought[kind] = self.flooder.result(takes=seconds)
            time.sleep(SETTLE)
        return _Phase(told=told, core=used / took, kib_s=grown / 1024 / took)

    def _journal(self) -> int:
        """Bytes of it, those not yet moved from its write-ahead log included."""
        db = sqlite3.connect(f"file:{self.demo.data_dir / 'journal.db'}?mode=ro", uri=True)
        try:
            (pages,), (page,) = db.execute("PRAGMA page_count").fetchone(), db.execute("PRAGMA page_size").fetchone()
        finally:
            db.close()
        return int(pages * page)


def measure(size: Size, tell: Tell) -> Run:
    """Do all of it. Raises `CannotStart`."""
    phases: dict[str, list[tuple[_Phase, _Phase]]] = {kind: [] for kind in size.kinds}
    with own_demo() as demo:
        (operator,) = asyncio.run(hire(demo.door, demo.data_dir, operators=1, chats_each=CHATS))
        with (
            Worker(Crew, demo.door, str(demo.data_dir)) as crew,
            Worker(Chats, demo.place) as others,
            Worker(Flooder, demo.place, demo.dashboard) as flooder,
        ):
            crew.ask("open", [operator], False)
            others.ask("open", [operator.department] * CHATS)
            stage = _Stage(demo=demo, size=size, others=others, flooder=flooder, tell=tell)
            stage.phase(1.0)  # what is loaded at the first message is no message's
            for number in range(size.rounds * len(size.kinds)):
                kind = size.kinds[number % len(size.kinds)]
                tell(f"round {number // len(size.kinds) + 1}: others alone, then beside {kind}")
                phases[kind].append((stage.phase(size.alone), stage.phase(size.beside, kind, number)))
            for worker in (others, crew):
                worker.ask("close")
    figures = Figures(cases=tuple(_case(kind, rounds) for kind, rounds in phases.items()))
    return Run(figures=figures, notes=_notes(size, phases, stage.brought, figures))


def _case(kind: str, rounds: list[tuple[_Phase, _Phase]]) -> Case:
    alone, beside = [one for one, _ in rounds], [one for _, one in rounds]
    grown = [one.kib_s - before.kib_s for before, one in rounds]
    return Case(
        case=kind,
        others_p50_ms=_median([one.told.p50 for one in beside]),
        others_p99_ms=_median([one.told.p99 for one in beside]),
        main_core_share=_median([one.core for one in beside], 3),
        journal_kib_s=_median(grown, 1),
        alone_p50_ms=_median([one.told.p50 for one in alone]),
        alone_p99_ms=_median([one.told.p99 for one in alone]),
        alone_core_share=_median([one.core for one in alone], 3),
    )


def _notes(
    size: Size, phases: dict[str, list[tuple[_Phase, _Phase]]], brought: dict[str, Brought], figures: Figures
) -> dict[str, str]:
    told = [one.told for rounds in phases.values() for pair in rounds for one in pair]
    short = [one.case for one in figures.cases if one.others_p99_ms > 3 * one.alone_p99_ms or one.journal_kib_s > 50]
    return {
        "others": f"{CHATS} chats, {RATE:g} messages/s, {size.alone:g} s alone and {size.beside:g} s beside each",
        "of others": f"{sum(one.acked for one in told)} acked, {sum(one.unacked for one in told)} not, refused "
        f"{sum(sum(one.refused.values()) for one in told)}",
        "short of it": ", ".join(short) or "none",
        **{f"brought, {kind}": one.words() for kind, one in brought.items()},
    }


def _median(values: Sequence[float], digits: int = 2) -> float:
    return round(statistics.median(values), digits)
