"""The program as people start it: real processes on free ports, ended with the test."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from parlour.data_dir import Holder, holder

STARTING, ENDING = 30.0, 5.0  # seconds that a start and an end may take


class Parent:
    """A running `parlour serve` or `parlour demo`."""

    def __init__(self, process: subprocess.Popen[str], data_dir: Path, said: Path) -> None:
        self.process = process
        self.data_dir = data_dir
        self._said = said

    @property
    def out(self) -> str:
        """What it said on standard output so far."""
        return self._said.read_text()

    @property
    def children(self) -> dict[str, int]:
        """Its children's process ids by name."""
        had = holder(self.data_dir)
        assert isinstance(had, Holder)
        return had.processes

    def end(self) -> int:
        """Ask it to end; its exit code. No process of it is left."""
        children = self.children
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(ENDING)
        assert [name for name, pid in children.items() if alive(pid)] == []
        return code


@contextmanager
def started(
    data_dir: Path, command: str, port: int, *options: str, within: Sequence[str] = (), starting: float = STARTING
) -> Iterator[Parent]:
    """`parlour COMMAND` on the folder, ready: it has printed its one line. `within`: the command that runs it."""
    said = data_dir.with_name(f"{data_dir.name}.out")
    arguments = [sys.executable, "-m", "parlour", command, "--data-dir", str(data_dir), "--port", str(port), *options]
    with said.open("w") as out, subprocess.Popen([*within, *arguments], stdout=out, text=True) as process:
        parent = Parent(process, data_dir, said)
        try:
            until(lambda: parent.out.endswith("\n") or process.poll() is not None, starting)
            assert process.poll() is None
            yield parent
        finally:
            process.kill()


def free_port() -> int:
    """A port that is free with the three after it."""
    while True:
        port = random.randrange(20_000, 32_000)
        if all(is_free(port + n) for n in range(4)):
            return port


def is_free(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) != 0


def fetch(url: str) -> str:
    """The page at an address of ours, which answers 200."""
    with urlopen(url, timeout=5) as answer:  # noqa: S310 - http, and our own
        assert answer.status == 200
        return str(answer.read().decode())


def alive(pid: int) -> bool:
    """Whether the process runs; one that only waits to be reaped by whoever adopted it does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except FileNotFoundError:
        return False


def worked(pid: int) -> float:
    """The seconds of a processor that a process has taken."""
    times = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")


def until(true: Callable[[], object], within: float = 5.0, *, what: str = "it") -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, f"{what} did not come true in {within} s"
        time.sleep(0.02)
