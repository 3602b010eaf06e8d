"""The bench's course: a house, people, eight quiet chats, then the load, then the books are compared."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, repeat

import msgspec

from bench.cpu import Cpu
from bench.delivery.operators import Operators
from bench.delivery.talk import Ledger, Phase, doubled, lost
from bench.delivery.visitors import Visitors
from bench.figures import percentile
from bench.house import OwnDemo, own_demo
from bench.report import Run, Tell
from bench.staff import Hired, hire
from bench.worker import Worker

QUIET_CHATS, QUIET_TABS, QUIET_PERIOD = 8, 2, 2.0  # a message each two seconds in each: four a second in all
RATE = 200  # messages a second in all, half of them each way
DRAIN = 5.0  # seconds after the last sending in which everything must have come
EACH_PERSON = 20  # people of an office: what one visitor of the bench brings
SETTLE = 1.0  # seconds between the last opening and the first measured message


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is measured; times in seconds."""

    dashboards: int
    chats_each: int
    quiet: float
    load: float

    @property
    def chats(self) -> int:
        """Under load, in all."""
        return self.dashboards * self.chats_each


FULL = Size(dashboards=25, chats_each=20, quiet=30.0, load=60.0)
QUICK = Size(dashboards=5, chats_each=20, quiet=8.0, load=12.0)


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What came out; times in milliseconds from one socket to the other, both ways taken together."""

    quiet_p50_ms: float
    p50_ms: float
    p99_ms: float
    messages_per_s: float
    chats: int
    dashboards: int
    lost: int
    doubled: int


def measure(size: Size, tell: Tell) -> Run:
    """Do all of it. Raises `CannotStart`, or `RuntimeError` where the house does not do its work."""
    with own_demo() as demo:
        crew = hire(
            demo.door,
            demo.data_dir,
            operators=size.dashboards,
            chats_each=size.chats_each,
            address_people=EACH_PERSON * size.chats,  # they all come from this machine's one address
        )
        operators = asyncio.run(crew)
        with (
            Worker(Operators) as dashboards,
            Worker(Visitors, demo.gateway, demo.shop, demo.site_key) as browsers,
        ):
            stage = _Stage(demo=demo, operators=operators, dashboards=dashboards, browsers=browsers, tell=tell)
            stage.open(tabs=QUIET_TABS, chats=QUIET_CHATS)
            stage.talk(name="quiet", seconds=size.quiet, period=QUIET_PERIOD, ping_pong=True)
            stage.open(tabs=size.dashboards, chats=size.chats)
            stage.talk(name="load", seconds=size.load, period=2 * size.chats / RATE)
            ledgers = stage.books()
            stage.close()
    return _run(ledgers, size, stage.cpu)


@dataclass(kw_only=True)
class _Stage:
    """The two load processes, and how far they have come."""

    demo: OwnDemo
    operators: Sequence[Hired]
    dashboards: Worker
    browsers: Worker
    tell: Tell
    tabs: int = 0
    chats: int = 0
    cpu: dict[str, str] = field(default_factory=dict)

    def open(self, *, tabs: int, chats: int) -> None:
        """Open dashboards and chats up to these numbers, the same number of chats for each dashboard."""
        self.tell(f"opening {tabs} dashboards and {chats} chats")
        new = self.operators[self.tabs : tabs]
        self.dashboards.ask("open", self.demo.dashboard, [(one.login, one.password) for one in new])
        self.browsers.ask("open", self._departments(tabs, chats))
        self.dashboards.ask("serving", chats)
        self.tabs, self.chats = tabs, chats
        time.sleep(SETTLE)

    def _departments(self, tabs: int, chats: int) -> list[str]:
        """Whom each further visitor asks."""
        each = chats // tabs
        had = Counter({one.department: self.chats // self.tabs for one in self.operators[: self.tabs]})
        wanted = (repeat(one.department, each - had[one.department]) for one in self.operators[:tabs])
        return list(islice(chain.from_iterable(wanted), chats))

    def talk(self, *, name: str, seconds: float, period: float, ping_pong: bool = False) -> None:
        """Let both sides talk for a phase."""
        self.tell(f"{name}: {self.chats} chats on {self.tabs} dashboards for {seconds:g} s")
        phase = Phase(name=name, start=time.monotonic() + 0.5, seconds=seconds, period=period, ping_pong=ping_pong)
        loaders = {"dashboards' client": self.dashboards.pid, "visitors' client": self.browsers.pid}
        processes = self.demo.processes | loaders
        before = Cpu.read(processes)
        for worker in (self.dashboards, self.browsers):
            worker.begin("talk", phase)
        for worker in (self.dashboards, self.browsers):
            worker.result()
        self.cpu[f"cores used, {name}"] = before.until(Cpu.read(processes), seconds + 0.5)

    def books(self) -> list[Ledger]:
        """Both ledgers, as soon as nothing is missing, or after the drain."""
        deadline = time.monotonic() + DRAIN
        while True:
            ledgers: list[Ledger] = [worker.ask("report") for worker in (self.dashboards, self.browsers)]
            if not lost(ledgers) or time.monotonic() > deadline:
                return ledgers
            time.sleep(0.2)

    def close(self) -> None:
        """Close all sockets."""
        for worker in (self.browsers, self.dashboards):
            worker.ask("close")


def _run(ledgers: Sequence[Ledger], size: Size, cpu: dict[str, str]) -> Run:
    by_operators, by_visitors = ledgers
    to_operator, to_visitor = by_operators.delays, by_visitors.delays
    load = [*to_operator["load"], *to_visitor["load"]]
    figures = Figures(
        quiet_p50_ms=_median([*to_operator["quiet"], *to_visitor["quiet"]]),
        p50_ms=_median(load),
        p99_ms=round(percentile(load, 0.99), 2),
        messages_per_s=round(len(load) / size.load, 1),
        chats=size.chats,
        dashboards=size.dashboards,
        lost=len(lost(ledgers)),
        doubled=len(doubled(ledgers)),
    )
    late = [moment for ledger in ledgers for moment in ledger.late]
    refused = Counter(reason for ledger in ledgers for reason in ledger.refused)
    notes = {
        "visitor → dashboard": _ways(to_operator),
        "dashboard → visitor": _ways(to_visitor),
        "visitor → own window": _ways(by_visitors.echoes),
        "dashboard → own page": _ways(by_operators.echoes),
        "senders late": f"p50 {percentile(late, 0.5):.2f} ms, p99 {percentile(late, 0.99):.2f} ms",
        "refused": ", ".join(f"{times} × {reason}" for reason, times in refused.items()) or "none",
        **cpu,
    }
    return Run(figures=figures, notes=notes)


def _median(values: Sequence[float]) -> float:
    return round(percentile(values, 0.5), 2)


def _ways(delays: dict[str, list[float]]) -> str:
    return "; ".join(
        f"{phase} {len(values)} messages, p50 {_median(values):g}, p99 {percentile(values, 0.99):.2f}, "
        f"most {max(values):.2f} ms"
        for phase, values in delays.items()
    )
