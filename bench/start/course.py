"""The bench's course: a journal, a snapshot of it before its tail, and main started on it three times."""

import asyncio
import os
import re
import select
import signal
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bench.house import free_port
from bench.start.journal import write
from engine.journal import Journal
from engine.saved import recover
from parlour import child
from parlour.data_dir import CannotStart
from parlour.keys import analyst_key, door_key
from parlour.options import Options
from parlour.snapshots import EVENTS as TAIL
from parlour.snapshots import snapshot_of

QUICK, FULL = 1_000_000, 10_000_000  # events
STARTS = 3
PATIENCE = 120.0  # seconds
Tell = Callable[[str], None]


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What came out: the journal's events, and the seconds from main's start as a process until it is ready."""

    events: int
    start_s: float


@dataclass(frozen=True, kw_only=True)
class Run:
    """The figures, and what there is to say beside them."""

    figures: Figures
    notes: dict[str, str]


def measure(events: int, *, tell: Tell) -> Run:
    """Do all of it. Raises `CannotStart`."""
    with tempfile.TemporaryDirectory(prefix="parlour-bench-", ignore_cleanup_errors=True) as folder:
        data_dir = Path(folder)
        (data_dir / "logs").mkdir()
        write(data_dir / "journal.db", events, tell=tell)
        (data_dir / "secrets.db").touch()  # nobody has a login there, and it is known
        tell(f"reading {events - TAIL:,} events for a snapshot")
        began = time.monotonic()
        size = asyncio.run(_save(data_dir / "journal.db", events - TAIL))
        read_s = time.monotonic() - began
        starts = [_start(data_dir) for _ in range(STARTS)]
        notes = {
            "journal": f"{(data_dir / 'journal.db').stat().st_size / 1e6:,.0f} MB",
            "snapshot": f"{size / 1e6:.1f} MB, {TAIL:,} events after it",
            "starts": ", ".join(f"{seconds:.2f} s" for seconds, _ in starts),
            "main's memory": f"{starts[0][1]:,.0f} MB at most",
            "without a snapshot": f"{read_s / max(1, events - TAIL) * 1e6:.1f} s a million events",
        }
    return Run(figures=Figures(events=events, start_s=round(statistics.median(s for s, _ in starts), 3)), notes=notes)


async def _save(path: Path, upto: int) -> int:
    """Put a snapshot into the journal, as main does; its size in bytes."""
    journal = Journal(path)
    journal.start(on_commit=lambda units: None, on_dead=lambda error: None)
    snapshot = snapshot_of(recover(journal, last=upto).known)
    await journal.keep(snapshot)
    await journal.close()
    return len(snapshot.state)


def _start(data_dir: Path) -> tuple[float, float]:
    """Start main, and kill it when it is ready; the seconds it took, and its memory's peak in MB."""
    options = Options(data_dir=data_dir, port=free_port())
    door_key(data_dir)
    analyst_key(data_dir)
    hears, says = os.pipe()
    with (data_dir / "logs" / "main.log").open("ab") as log:
        began = time.monotonic()
        process = subprocess.Popen(  # noqa: S603 - our own program
            [*child.command("main", options), f"--ready-fd={says}"],
            pass_fds=(says,),
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
        )
    os.close(says)
    try:
        ready = bool(select.select([hears], [], [], PATIENCE)[0]) and os.read(hears, 64)
        seconds = time.monotonic() - began
        if not ready:
            raise CannotStart(f"Main did not start: {(data_dir / 'logs' / 'main.log').read_text()}")
        return seconds, _peak(process.pid)
    finally:
        os.close(hears)
        process.send_signal(signal.SIGKILL)  # an end in order would leave a snapshot without a tail
        process.communicate()  # and closes its input


def _peak(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0
