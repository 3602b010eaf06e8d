"""The life of a child process, with small processes in the place of main and the dashboard."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from parlour import child, collector
from parlour.options import Options

PROCESS = """
from parlour import child
import dataclasses, errno, sys, types

async def run(options, stop, ready):
    {body}

sys.modules["parlour.fake"] = types.SimpleNamespace(run=run)
child.PROCESSES["main"] = dataclasses.replace(child.PROCESSES["main"], module="parlour.fake")
child.LAST_GRACE = 0.2
child.main()
"""


@contextmanager
def started(body: str) -> Iterator[subprocess.Popen[str]]:
    listening, speaking = os.pipe()
    options = child.command("main", Options(port=9000))[-1]
    process = subprocess.Popen(
        [sys.executable, "-c", PROCESS.format(body=body), "main", options, f"--ready-fd={speaking}"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        pass_fds=[speaking],
    )
    os.close(speaking)
    with process, os.fdopen(listening) as pipe:
        try:
            assert pipe.readline() in {"ready\n", ""}
            yield process
        finally:
            process.kill()


def test_a_child_lives_until_it_is_asked_to_end() -> None:
    with started("ready(); await stop.wait(); assert options.port == 9000") as process:
        process.terminate()
        assert process.wait(10) == 0


def test_what_a_child_begins_with_is_not_looked_through_by_the_collector_again() -> None:
    seen = "ready(); import gc; print(gc.get_freeze_count(), gc.get_threshold(), file=sys.stderr)"
    with started(seen) as process:
        assert process.stderr is not None
        frozen, rest = process.stderr.readline().split(" ", 1)
        assert int(frozen) > 10_000
        assert rest.strip() == str(collector.BACKSTOP)


def test_dead_cycles_of_a_child_are_gone_soon_without_many_new_objects() -> None:
    body = (
        "ready(); import asyncio, weakref; Node = type('Node', (), {}); keep = [[] for _ in range(5_000)]; "
        "one = Node(); one.itself = one; seen = weakref.ref(one); del one; "
        "began = asyncio.get_running_loop().time()\n"
        "    while seen() is not None and asyncio.get_running_loop().time() < began + 20: await asyncio.sleep(0.02)\n"
        "    print(seen() is None, file=sys.stderr)"
    )
    with started(body) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "True\n"


def test_a_child_ends_when_its_standard_input_does() -> None:
    with started("ready(); await stop.wait()") as process:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 0


def test_a_child_that_hangs_is_ended_all_the_same() -> None:
    with started("ready(); import time; time.sleep(60)") as process:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 1


def test_ctrl_c_is_left_to_the_parent() -> None:
    with started("ready(); await stop.wait()") as process:
        process.send_signal(2)
        process.terminate()
        assert process.wait(10) == 0


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("raise child.CannotStart('No, never.')", "No, never.\n"),
        ("raise OSError(errno.EADDRINUSE, 'in use')", "A port of main is taken by another program.\n"),
    ],
)
def test_a_child_that_can_never_start_says_why_and_ends_with_2(body: str, sentence: str) -> None:
    with started(body) as process:
        assert process.wait(10) == 2
        assert process.stderr is not None
        assert process.stderr.read() == sentence


def test_the_command_of_a_child_names_it_and_holds_no_secret(tmp_path: Path) -> None:
    command = child.command("dashboard", Options(data_dir=tmp_path))
    assert command[:4] == [sys.executable, "-m", "parlour.child", "dashboard"]
    assert json.loads(command[4]) == {
        "data_dir": str(tmp_path),
        "host": "127.0.0.1",
        "port": 8700,
        "origins": [],
        "proxies": [],
        "allowed_hosts": [],
        "least_room": 512,
    }
