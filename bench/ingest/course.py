"""The bench's course: in each round the disk alone, then phases of messages, page views, and both, on one house."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from bench.cpu import Cpu
from bench.crew import Crew
from bench.crowd import Crowd
from bench.house import OwnDemo, own_demo
from bench.ingest.analysts import Analysts, Looked
from bench.ingest.chats import Chats, Told
from bench.ingest.disk import Disk
from bench.ingest.sums import Phase, Round, Totals, run_of
from bench.report import Run, Tell
from bench.staff import hire
from bench.worker import Worker
from parlour.keys import analyst_key

CHATS_EACH = 100
READS = 10.0  # seconds between two times an operator has read a conversation
LEAD = 0.5  # seconds from the order to a phase's begin
ANALYSTS = 4


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many people, what they bring in a second, and for how long (seconds) in each of the rounds."""

    chats: int
    pages: int
    messages_per_s: float
    views_per_s: float
    steady: float
    other: float
    rows: int
    rounds: int = 3


FULL = Size(chats=4_000, pages=1_500, messages_per_s=2_000, views_per_s=5_000, steady=200.0, other=20.0, rows=100_000)
QUICK = Size(chats=2_000, pages=1_500, messages_per_s=2_000, views_per_s=5_000, steady=4.0, other=3.0, rows=20_000)


@dataclass(frozen=True, kw_only=True)
class _Stage:
    """The house and its load processes."""

    demo: OwnDemo
    size: Size
    chats: Worker
    crowd: Worker
    analysts: Worker
    tell: Tell

    def phase(self, name: str, *, messages: str | None, views: bool, analysts: int | None, seconds: float) -> Phase:
        """Let what is named happen at the same time, and say what came of it."""
        self.tell(f"  {name} for {seconds:g} s")
        start, began = time.monotonic() + LEAD, time.time() + LEAD
        processes = {name: pid for name, pid in self.demo.processes.items() if name in {"main", "analytics"}}
        before = Cpu.read(processes | {"client": self.chats.pid})
        asked: list[tuple[Worker, Callable[[], None]]] = []
        if messages == "steady":
            asked.append((self.chats, lambda: self.chats.begin("steady", start, seconds, self.size.messages_per_s)))
        elif messages == "most":
            asked.append((self.chats, lambda: self.chats.begin("most", start, seconds)))
        if views:
            asked.append((self.crowd, lambda: self.crowd.begin("view", start, seconds, self.size.views_per_s)))
        if analysts is not None:
            asked.append((self.analysts, lambda: self.analysts.begin("watch", seconds, analysts)))
        for _, begin in asked:
            begin()
        answers = {worker: worker.result(takes=seconds) for worker, _ in asked}
        cpu = before.until(Cpu.read(processes | {"client": self.chats.pid}), time.time() - began + LEAD)
        told: Told | None = answers.get(self.chats)
        looked: Looked | None = answers.get(self.analysts)
        viewed: int = self.analysts.ask("viewed", began, began + seconds) if views else 0
        sent_views = answers[self.crowd][0] if views else 0
        return Phase(
            name=name, told=told, looked=looked, views=viewed / seconds, views_sent=sent_views, cpu=cpu, seconds=seconds
        )

    def round(self) -> list[Phase]:
        """All phases, one after the other."""
        size = self.size
        return [
            self.phase("steady", messages="steady", views=False, analysts=0, seconds=size.steady),
            self.phase("analysts", messages="steady", views=False, analysts=ANALYSTS, seconds=size.other),
            self.phase("most", messages="most", views=False, analysts=None, seconds=size.other),
            self.phase("pages", messages=None, views=True, analysts=None, seconds=size.other),
            self.phase("both", messages="steady", views=True, analysts=None, seconds=size.other),
        ]


def measure(size: Size, tell: Tell) -> Run:
    """Do all of it. Raises `CannotStart`."""
    rounds: list[Round] = []
    with own_demo() as demo:
        staff = -(-size.chats // CHATS_EACH) + 1
        hired = asyncio.run(hire(demo.door, demo.data_dir, operators=staff, chats_each=CHATS_EACH))
        with (
            Worker(Disk) as disk,
            Worker(Crew, demo.door, str(demo.data_dir)) as crew,
            Worker(Chats, demo.place) as chats,
            Worker(Crowd, demo.place) as crowd,
            Worker(Analysts, demo.analytics, analyst_key(demo.data_dir), demo.place) as analysts,
        ):
            tell(f"{size.chats:,} visitors come for a chat, {size.pages:,} to look")
            crew.ask("open", hired, False)
            departments = [one.department for one in hired[:-1] for _ in range(CHATS_EACH)]
            chats.ask("open", list(islice(departments, size.chats)))
            crowd.ask("open", size.pages)
            analysts.ask("open", hired[-1].department)
            crew.ask("begin", READS, 0.0)
            stage = _Stage(demo=demo, size=size, chats=chats, crowd=crowd, analysts=analysts, tell=tell)
            for number in range(1, size.rounds + 1):
                tell(f"round {number}: the disk alone, then the house")
                journal, bare = disk.ask("journal", size.rows), disk.ask("bare", size.rows)
                rounds.append(Round(journal=journal, bare=bare, phases=stage.round()))
            totals = _totals(stage)
            for worker in (chats, crowd, analysts, crew):
                worker.ask("close")
    return run_of(rounds, totals)


def _totals(stage: _Stage) -> Totals:
    acked: int = stage.chats.ask("count")
    rows, different = stage.analysts.ask("kept", acked)
    return Totals(
        acked=acked, kept=different, doubled=rows - different, views_refused=sum(stage.crowd.ask("refused").values())
    )
