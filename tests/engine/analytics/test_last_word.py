"""Who speaks for a process that has died at once: a real one, killed."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.parlour.whole import until

pytestmark = pytest.mark.slow

WORKS = """
import signal, socket, sys
from contextlib import ExitStack
from pathlib import Path
from engine.analytics.last_word import LastWord
listening = socket.create_server(("127.0.0.1", 0))
word = LastWord(b"ask again", Path(sys.argv[1]))
print(listening.getsockname()[1], word._process.pid, flush=True)
waits, over, idle = (listening.accept()[0] for _ in range(3))
with ExitStack() as going:
    with word.waits(over.fileno()), word.does("what is over"):
        pass
    going.enter_context(word.waits(waits.fileno()))
    going.enter_context(word.does("what ended it"))
    over.sendall(b"answered")
    over.close()
    print("works", flush=True)
    sys.stdin.read()
word.close()
"""


def test_who_waits_is_answered_when_it_is_killed_and_nobody_else(tmp_path: Path) -> None:
    for end in (signal.SIGKILL, signal.SIGSEGV, None):
        deeds = tmp_path / f"deeds.{end}"
        command = [sys.executable, "-c", WORKS, str(deeds)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdin and process.stdout
            port, other = map(int, process.stdout.readline().split())
            waits, over, idle = (socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(3))
            assert process.stdout.readline() == "works\n"
            until(lambda: _heeds_no_sigterm(other), what="its start")  # noqa: B023 - called at once
            os.kill(other, signal.SIGTERM)
            if end is None:
                process.stdin.close()
            else:
                process.send_signal(end)
            assert _all(over) == b"answered"
            assert _all(idle) == b""
            assert _all(waits) == (b"" if end is None else b"ask again")
        said = deeds.read_text().splitlines() if deeds.exists() else []
        assert [line.partition(" ")[2] for line in said] == ([] if end is None else ["what ended it"])
        until(lambda: _is_over(other), what="the end of the other one")  # noqa: B023 - called at once


def _all(connection: socket.socket) -> bytes:
    with connection:
        came = b""
        while piece := connection.recv(1_000):
            came += piece
        return came


def _heeds_no_sigterm(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status").read_text()
    ignored = int(status.split("SigIgn:")[1].split()[0], 16)
    return bool(ignored & 1 << (signal.SIGTERM - 1))


def _is_over(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] in "ZX"
    except FileNotFoundError:
        return True
