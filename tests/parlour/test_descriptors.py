"""Doors that hold where the process has no descriptors left, from outside: real servers with few of them."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.parlour.whole import Parent, fetch, free_port, started, until, worked

pytestmark = pytest.mark.slow

IDLE = 300  # connections that say nothing
WATCHED = 3.0  # seconds
SAYS = "takes no new connections"
ADDRESSES = {"main": (0, "/health"), "dashboard": (1, "/app/health"), "analytics": (2, "/health")}


@contextmanager
def idle(port: int, number: int) -> Iterator[list[socket.socket]]:
    """So many connections of people who say nothing."""
    sockets = [socket.socket() for _ in range(number)]
    try:
        for one in sockets:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        yield sockets
    finally:
        for one in sockets:
            one.close()


def share(pid: int) -> float:
    """How much of a processor a process takes."""
    before, began = worked(pid), time.monotonic()
    time.sleep(WATCHED)
    return (worked(pid) - before) / (time.monotonic() - began)


def log(parent: Parent, name: str) -> str:
    return (parent.data_dir / "logs" / f"{name}.log").read_text()


def answers(url: str) -> bool:
    try:
        return bool(fetch(url))
    except OSError:
        return False


@pytest.mark.parametrize("name", ADDRESSES)
def test_without_descriptors_it_rests_says_so_once_and_goes_on(tmp_path: Path, name: str) -> None:
    port = free_port()
    offset, path = ADDRESSES[name]
    with started(tmp_path / "data", "serve", port, within=("prlimit", "--nofile=200:200"), starting=90) as parent:
        pid, before = parent.children[name], len(log(parent, name))
        with idle(port + offset, IDLE):
            until(lambda: len(log(parent, name)) > before, what="a word in the log")
            assert share(pid) < 0.3
            assert len(log(parent, name)) - before < 2_000
            assert log(parent, name).count(SAYS) == 1
        until(lambda: answers(f"http://127.0.0.1:{port + offset}{path}"), 5.0, what="a newcomer's answer")
        assert parent.children[name] == pid
        assert parent.end() == 0


def test_the_limit_is_raised_as_far_as_the_system_lets_it(tmp_path: Path) -> None:
    port = free_port()
    with started(tmp_path / "data", "serve", port, within=("prlimit", "--nofile=200:1000"), starting=90) as parent:
        for pid in (parent.process.pid, *parent.children.values()):
            limits = Path(f"/proc/{pid}/limits").read_text()
            assert next(line for line in limits.splitlines() if line.startswith("Max open files")).split()[3] == "1000"
        with idle(port, IDLE):
            for _ in range(20):
                assert fetch(f"http://127.0.0.1:{port}/health")
        assert parent.end() == 0
