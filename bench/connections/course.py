"""The bench's course: a house and its idle visitors, then a bare server and as many, three times."""

import statistics
import time
from dataclasses import dataclass

import msgspec

from bench.connections.bare import Bare, Callers
from bench.cpu import Cpu
from bench.crowd import Crowd
from bench.house import own_demo
from bench.memory import kib
from bench.report import Run, Tell, each
from bench.worker import Worker

ROUNDS = 3
SETTLE = 1.0  # seconds


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many sockets, and for how many seconds they are held; main pings each every ten."""

    sockets: int
    hold: float
    rounds: int = ROUNDS


FULL = Size(sockets=10_000, hold=30.0)
QUICK = Size(sockets=2_000, hold=11.0)


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What came out: the least held in any round; KiB of main for each, and of the bare server; opened in a second."""

    held: int
    kib_each: float
    tornado_bare_kib_each: float
    connects_per_s: float


class _Round(msgspec.Struct, frozen=True, kw_only=True):
    held: int
    losses: int
    kib_each: float
    per_s: float
    cpu: str


def measure(size: Size, tell: Tell) -> Run:
    """Do all of it. Raises `CannotStart`."""
    rounds: list[_Round] = []
    bare: list[float] = []
    for number in range(1, size.rounds + 1):
        tell(f"round {number}: {size.sockets:,} visitors, then as many bare sockets")
        rounds.append(_visitors(size))
        bare.append(_bare(size))
    figures = Figures(
        held=min(one.held for one in rounds),
        kib_each=round(statistics.median(one.kib_each for one in rounds), 1),
        tornado_bare_kib_each=round(statistics.median(bare), 1),
        connects_per_s=round(statistics.median(one.per_s for one in rounds), 1),
    )
    notes = {
        "wanted": f"{size.sockets:,} sockets, held for {size.hold:g} s",
        "lost meanwhile": str(sum(one.losses for one in rounds)),
        "each, by round": each([one.kib_each for one in rounds], "KiB"),
        "bare, by round": each(bare, "KiB"),
        "times the bare": f"{figures.kib_each / figures.tornado_bare_kib_each:.2f} (must be ≤ 2.5)",
        "opened a second, by round": each([one.per_s for one in rounds], "sockets"),
        "cores used while held": rounds[-1].cpu,
    }
    return Run(figures=figures, notes=notes)


def _visitors(size: Size) -> _Round:
    with own_demo() as demo, Worker(Crowd, demo.place) as crowd:
        main = demo.processes["main"]
        crowd.ask("open", 10)  # what is loaded at the first visitor is no visitor's
        time.sleep(SETTLE)
        before = kib(main)
        seconds = crowd.ask("open", size.sockets)
        time.sleep(SETTLE)
        used = Cpu.read({"main": main})
        time.sleep(size.hold)
        cpu = used.until(Cpu.read({"main": main}), size.hold)
        held, losses = crowd.ask("held")
        after = kib(main)
        crowd.ask("close")
    each_kib = (after - before) / size.sockets
    return _Round(held=held - 10, losses=losses, kib_each=each_kib, per_s=size.sockets / seconds, cpu=cpu)


def _bare(size: Size) -> float:
    with Worker(Bare) as server:
        port = server.ask("listen")
        with Worker(Callers, port) as callers:
            callers.ask("open", 10)
            before = kib(server.pid)
            callers.ask("open", size.sockets)
            time.sleep(SETTLE)
            after = kib(server.pid)
            callers.ask("close")
    return (after - before) / size.sockets
