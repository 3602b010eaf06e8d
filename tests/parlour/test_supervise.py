"""The supervisor with small real children."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from parlour.data_dir import CannotStart
from parlour.supervise import KINDNESS, LONG_LIFE, Backoff, Program, Supervisor

# The children take --ready-fd=N as their last argument.
READY = "import os, sys; fd = int(sys.argv[-1].split('=')[1]); os.write(fd, b'ready\\n'); os.close(fd);"
LASTING = f"{READY} sys.stdin.read()"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {READY} signal.pause()"


def program(name: str, code: str) -> Program:
    return Program(name=name, command=(sys.executable, "-c", code))


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.01)


def alive(pid: int) -> bool:
    """Whether the process runs; one that only waits to be reaped by whoever adopted it does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except FileNotFoundError:
        return False


class Play:
    """A supervisor and what it said."""

    def __init__(self, logs: Path) -> None:
        self.said: list[str] = []
        self.processes: dict[str, int] = {}
        self.supervisor = Supervisor(logs, tell=self.said.append, changed=self._changed)

    def _changed(self, processes: dict[str, int]) -> None:
        self.processes = processes


def run(test: Callable[[Play], Coroutine[Any, Any, None]], logs: Path) -> Play:
    async def main() -> Play:
        play = Play(logs)
        async with play.supervisor:
            await test(play)
        return play

    return asyncio.run(main())


def test_a_child_is_ready_when_it_says_so_and_ends_with_the_supervisor(tmp_path: Path) -> None:
    pids: list[int] = []

    async def test(play: Play) -> None:
        play.supervisor.start(program("a", LASTING))
        play.supervisor.start(program("b", LASTING))
        await play.supervisor.ready("a", "b")
        assert sorted(play.processes) == ["a", "b"]
        pids.extend(play.processes.values())

    play = run(test, tmp_path)
    assert play.processes == {}
    assert not any(map(alive, pids))
    assert play.said == []


def test_a_killed_child_is_started_again_at_once_and_the_others_stay(tmp_path: Path) -> None:
    async def test(play: Play) -> None:
        play.supervisor.start(program("a", LASTING))
        play.supervisor.start(program("b", LASTING))
        await play.supervisor.ready("a", "b")
        before = dict(play.processes)
        os.kill(before["a"], signal.SIGKILL)
        await until(lambda: play.processes.get("a", before["a"]) != before["a"])
        await play.supervisor.ready("a")
        assert play.processes["b"] == before["b"]

    play = run(test, tmp_path)
    assert play.said == [f"a ended (signal 9) and is started again; see {tmp_path / 'a.log'}"]


def test_what_a_child_prints_is_in_its_log_and_a_long_log_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parlour.logs.LARGEST", 10)
    (tmp_path / "a.log").write_text("a long log of before\n")

    async def test(play: Play) -> None:
        play.supervisor.start(program("a", f"print('out', flush=True); {LASTING}"))
        await play.supervisor.ready("a")

    run(test, tmp_path)
    assert (tmp_path / "a.log").read_text() == "out\n"
    assert (tmp_path / "a.log.1").read_text() == "a long log of before\n"


def test_a_child_that_can_never_start_ends_the_parent_with_its_sentence(tmp_path: Path) -> None:
    async def test(play: Play) -> None:
        play.supervisor.start(program("b", LASTING))
        play.supervisor.start(program("a", "import sys; print('noise\\nPort 1 is taken.\\n'); sys.exit(2)"))
        await play.supervisor.ready("a")

    with pytest.raises(CannotStart, match=r"^Port 1 is taken\.$"):
        run(test, tmp_path)


def test_a_program_that_is_not_there_is_tried_again_and_said(tmp_path: Path) -> None:
    async def test(play: Play) -> None:
        play.supervisor.start(Program(name="a", command=("/nonexistent/program",)))
        await until(lambda: len(play.said) >= 3)

    assert "a cannot be started: " in run(test, tmp_path).said[0]


def test_a_stubborn_child_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parlour.supervise.KINDNESS", 0.1)
    pids: list[int] = []

    async def test(play: Play) -> None:
        play.supervisor.start(program("a", STUBBORN))
        await play.supervisor.ready("a")
        pids.extend(play.processes.values())

    run(test, tmp_path)
    assert not alive(*pids)


def test_a_supervisor_that_ends_while_its_child_waits_to_start_again_ends_at_once(tmp_path: Path) -> None:
    async def test(play: Play) -> None:
        play.supervisor.start(program("a", "raise SystemExit(1)"))
        await until(lambda: len(play.said) >= 3)

    run(test, tmp_path)


def test_children_end_when_the_parent_is_killed(tmp_path: Path) -> None:
    parent = f"""
import asyncio, sys
from pathlib import Path
from parlour.supervise import Program, Supervisor

async def main():
    async with Supervisor(Path(sys.argv[1]), changed=lambda p: print(*p.values(), flush=True)) as supervisor:
        supervisor.start(Program(name="a", command=(sys.executable, "-c", {LASTING!r})))
        await supervisor.ready("a")
        print("ready", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", parent, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        assert process.stdout.readline() == "ready\n"
        process.kill()
    asyncio.run(until(lambda: not alive(child)))


def test_restarts_come_at_once_then_slower_and_a_long_life_forgives() -> None:
    backoff = Backoff()
    assert [backoff.pause(1.0) for _ in range(8)] == [0, 0.2, 0.5, 1, 2, 5, 5, 5]
    assert backoff.pause(LONG_LIFE) == 0
    assert backoff.pause(1.0) == 0.2


def test_who_may_die_of_what_is_asked_is_back_at_once_however_often_once_it_was_ready(tmp_path: Path) -> None:
    backoff = Backoff()
    assert [backoff.pause(1.0, expected=True) for _ in range(8)] == [0] * 8
    assert [backoff.pause(1.0) for _ in range(3)] == [0.2, 0.5, 1]

    async def test(play: Play) -> None:
        dying = f"{READY} sys.exit(9)"
        for name, mortal, code in (
            ("mortal", True, dying),
            ("other", False, dying),
            ("never", True, "import sys; sys.exit(9)"),
        ):
            play.supervisor.start(Program(name=name, command=(sys.executable, "-c", code), mortal=mortal))
        await until(lambda: sum(said.startswith("mortal ended") for said in play.said) >= 12)

    play = run(test, tmp_path)
    deaths = {name: sum(said.startswith(f"{name} ended") for said in play.said) for name in ("other", "never")}
    assert max(deaths.values()) < 8, deaths


def test_all_is_ended_within_five_seconds() -> None:
    assert KINDNESS + 1 <= 5
