"""A demo to be tested: the program itself, started, ended and killed as one does from a shell."""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PARLOUR = str(Path(sys.executable).parent / "parlour")
READY_S, END_S = 60.0, 5.0  # beside other load, too


@dataclass
class Demo:
    """A running `parlour demo`."""

    process: subprocess.Popen[str]
    line: dict[str, Any]
    data_dir: Path
    port: int

    @property
    def site(self) -> str:
        return str(self.line["site"])

    @property
    def dashboard(self) -> str:
        return str(self.line["dashboard"])

    def operator(self, number: int) -> dict[str, Any]:
        found: dict[str, Any] = self.line["operators"][number]
        return found

    def pids(self) -> dict[str, int]:
        """The parent's and its children's processes by name, from the lock file."""
        holder = json.loads((self.data_dir / "lock").read_text())
        return {"parent": int(holder["pid"]), **holder["processes"]}

    def kill(self, name: str) -> None:
        """Kill a process with -9."""
        os.kill(self.pids()[name], signal.SIGKILL)

    def kill_all(self) -> None:
        """Kill the parent and every child with -9."""
        for pid in self.pids().values():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(END_S)

    def set(self, name: str, value: int) -> None:
        """Change a desk setting from the command line."""
        parlour("set", name, str(value), "--data-dir", str(self.data_dir))

    def end(self) -> None:
        """End it in order."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(END_S)
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()


def parlour(*words: str) -> None:
    """Run the command line."""
    subprocess.run([PARLOUR, *words], check=True, timeout=30, capture_output=True)


def start_demo(data_dir: Path, port: int, *more: str, visitors: int = 0) -> Demo:
    """Start the demo, with more options, and wait for its line."""
    command = [PARLOUR, "demo", "--port", str(port), "--data-dir", str(data_dir)]
    command += ["--visitors", str(visitors), "--no-robot", *more]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stderr is not None
    errors: list[str] = []
    threading.Thread(target=lambda: errors.extend(process.stderr or ()), daemon=True).start()
    killer = threading.Timer(READY_S, process.kill)
    killer.start()
    line = process.stdout.readline()
    killer.cancel()
    if not line:
        process.kill()
        process.wait()
        pytest.fail(f"the demo did not get ready: {errors}")
    return Demo(process, json.loads(line), data_dir, port)
