"""The bench's course: a shop full of visitors, dashboards that open one by one, then windows of updates."""

import asyncio
import statistics
import time
from dataclasses import dataclass

import msgspec

from bench.boards.browser import Looked, looks
from bench.boards.probe import Probe
from bench.boards.watchers import Watchers
from bench.cpu import Cpu
from bench.crowd import Crowd
from bench.figures import percentile
from bench.house import OwnDemo, own_demo
from bench.memory import kib
from bench.report import Run, Tell, each
from bench.staff import Hired, hire
from bench.worker import Worker

ROUNDS = 3
SETTLE = 2.0  # seconds after the openings, and between two windows
DASHBOARD = "dashboard"


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many dashboards with how many badges, how many changes a second, and the seconds of a window.

    Then with how many visitors a browser looks at the board, and how many of them view a page in a second.
    """

    sessions: int
    badges: int
    rate: float
    window: float
    rounds: int = ROUNDS
    looked_at: tuple[int, ...] = (200, 2_000)
    many_rate: float = 200.0


FULL = Size(sessions=30, badges=200, rate=5.0, window=20.0, looked_at=(200, 2_000, 10_000))
QUICK = Size(sessions=10, badges=200, rate=5.0, window=5.0)


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What came out.

    Attributes:
        updates_per_s: messages with changed badges that a dashboard got.
        core_share: of the whole dashboard process while they came.
        open_ms: from asking for the page to all badges there.
        open_loop_block_ms: the longest that the loop was late while dashboards opened.
        browser_longest_task_ms: of a browser's page while a board changes and one walks about in it, with any number of
            visitors; 0 where none took more than 50 ms.
        browser_core_share: the most that a page used of a core while its board changed.

    """

    sessions: int
    badges: int
    updates_per_s: float
    core_share: float
    loop_late_p99_ms: float
    open_ms: float
    open_loop_block_ms: float
    kib_each: float
    browser_longest_task_ms: float
    browser_core_share: float


class _Window(msgspec.Struct, frozen=True, kw_only=True):
    """Three stretches of equal length: nothing changes; badges change; they change and the loop is looked at."""

    silent: float
    share: float
    updates: float
    late: list[float]


class _Opening(msgspec.Struct, frozen=True, kw_only=True):
    times: list[float]
    late: list[float]
    kib_each: float
    first: tuple[float, float]


def measure(size: Size, tell: Tell) -> Run:
    """Do all of it. Raises `CannotStart`."""
    with own_demo() as demo:
        hired = asyncio.run(hire(demo.door, demo.data_dir, operators=size.sessions + 1, chats_each=1))
        port = int(demo.dashboard.rpartition(":")[2])
        with (
            Worker(Crowd, demo.place) as crowd,
            Worker(Watchers) as watchers,
            Worker(Probe, port, "/app/health") as probe,
        ):
            tell(f"{size.badges} visitors come, then {size.sessions} dashboards open")
            crowd.ask("open", size.badges)
            opening = _open(demo, (watchers, probe), hired, size)
            windows: list[_Window] = []
            for number in range(1, size.rounds + 1):
                tell(f"window {number} of {size.rounds}: {size.rate:g} updates a second")
                windows.append(_window(demo, (crowd, watchers, probe), size))
            watchers.ask("close")
            looked = _looked_at(demo, crowd, hired[0], size, tell)
            refused = crowd.ask("refused")
            crowd.ask("close")
    return _run(size, (opening, windows, looked), refused)


def _looked_at(demo: OwnDemo, crowd: Worker, who: Hired, size: Size, tell: Tell) -> list[Looked]:
    here = size.badges

    def change(visitors: int, seconds: float) -> None:
        nonlocal here
        if visitors > here:
            tell(f"{visitors:,} visitors for a browser")
            crowd.ask("open", visitors - here)
            here = visitors
        if seconds:
            crowd.ask("view", time.monotonic(), seconds, size.many_rate)

    return looks(demo.dashboard, who, size.looked_at, size.window, change)


def _open(demo: OwnDemo, workers: tuple[Worker, Worker], hired: list[Hired], size: Size) -> _Opening:
    watchers, probe = workers
    pid = demo.processes[DASHBOARD]
    probe.ask("begin")
    first: list[float] = watchers.ask("open", demo.dashboard, hired[:1], size.badges)  # it loads what is all others'
    first_late: list[float] = probe.ask("end")
    time.sleep(SETTLE)
    before = kib(pid)
    probe.ask("begin")
    times: list[float] = watchers.ask("open", demo.dashboard, hired[1:], size.badges)
    late: list[float] = probe.ask("end")
    time.sleep(SETTLE)
    kib_each = (kib(pid) - before) / size.sessions
    return _Opening(times=times, late=late, kib_each=kib_each, first=(first[0], max(first_late)))


def _window(demo: OwnDemo, workers: tuple[Worker, Worker, Worker], size: Size) -> _Window:
    crowd, watchers, probe = workers
    process = {DASHBOARD: demo.processes[DASHBOARD]}

    def used(work: Worker | None) -> float:
        before, began = Cpu.read(process), time.monotonic()
        if work is not None:
            work.ask("view", began, size.window, size.rate)
        else:
            time.sleep(size.window)
        spent = Cpu.read(process).by_process[DASHBOARD] - before.by_process[DASHBOARD]
        return spent / (time.monotonic() - began)

    silent = used(None)
    watchers.ask("updates")
    share = used(crowd)
    updates = statistics.median(watchers.ask("updates")) / size.window
    probe.ask("begin")
    used(crowd)
    return _Window(silent=silent, share=share, updates=updates, late=probe.ask("end"))


def _run(size: Size, seen: tuple[_Opening, list[_Window], list[Looked]], refused: dict[str, int]) -> Run:
    opening, windows, looked = seen
    late = [moment for window in windows for moment in window.late]
    figures = Figures(
        sessions=size.sessions,
        badges=size.badges,
        updates_per_s=round(statistics.median(one.updates for one in windows), 2),
        core_share=round(statistics.median(one.share for one in windows), 3),
        loop_late_p99_ms=round(statistics.median(percentile(one.late, 0.99) for one in windows), 2),
        open_ms=round(statistics.median(opening.times), 1),
        open_loop_block_ms=round(max(opening.late), 1),
        kib_each=round(opening.kib_each, 0),
        browser_longest_task_ms=round(max(one.longest for one in looked), 1),
        browser_core_share=round(max(one.core_share for one in looked), 3),
    )
    notes = {
        "core, nothing changing": each([one.silent for one in windows], "of one"),
        "core, badges changing": each([one.share for one in windows], "of one, the whole process"),
        "loop while they change": f"p50 {percentile(late, 0.5):.2f} ms, most {max(late):.1f} ms of {len(late):,} looks",
        "loop while opening": f"p50 {percentile(opening.late, 0.5):.2f}, p99 {percentile(opening.late, 0.99):.1f} ms",
        "one more, the first": f"opened in {opening.first[0]:,.0f} ms, loop late by at most {opening.first[1]:.0f} ms",
        "opened in": f"{min(opening.times):,.0f} to {max(opening.times):,.0f} ms, one after the other",
        "updates a dashboard got": f"{size.rate:g} asked for; {each([one.updates for one in windows], 'a second')}",
        "page views refused": str(sum(refused.values())),
    } | {f"a browser, {one.visitors:,} visitors": _told(one) for one in looked}
    return Run(figures=figures, notes=notes)


def _told(looked: Looked) -> str:
    def longest(tasks: list[float]) -> str:
        return f"{max(tasks):.0f} ms of {len(tasks)}" if tasks else "none"

    return (
        f"{looked.core_share:.1%} of a core; tasks over 50 ms while it changes: {longest(looked.changing)}, by keys: "
        f"{longest(looked.walking)}, while it opens: {longest(looked.opening)}"
    )
