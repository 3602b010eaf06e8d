"""Logs that turn over while their processes run: a real child under the real supervisor."""

import asyncio
import sys
from pathlib import Path

import pytest

from parlour import child, logs
from parlour.options import Options
from parlour.supervise import Program, Supervisor
from tests.parlour.whole import until

# It writes as our processes do: through logging, by print, and past Python; numbered, to the end.
BABBLER = """
from parlour import child
import asyncio, dataclasses, logging, os, sys, types

async def run(options, stop, ready):
    ready()
    number = 0
    while not stop.is_set():
        logging.info("%d of the log", number)
        print(f"x {number + 1} printed", flush=True)
        os.write(2, f"x {number + 2} past Python\\n".encode())
        number += 3
        await asyncio.sleep(0.001)

sys.modules["parlour.babbler"] = types.SimpleNamespace(run=run)
child.PROCESSES["main"] = dataclasses.replace(child.PROCESSES["main"], module="parlour.babbler")
child.main()
"""
LARGEST = 20_000  # bytes


def numbers(files: list[Path]) -> list[int]:
    """The numbers in logs, the oldest first."""
    words = [line.split() for file in reversed(files) for line in file.read_text().splitlines()]
    return [
        int(line[line.index("root:") + 1] if "root:" in line else line[1])
        for line in words
        if "x" in line[:1] or "root:" in line
    ]


def test_logs_turn_over_while_their_process_runs_and_no_line_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "LARGEST", LARGEST)
    monkeypatch.setattr(logs, "LOOK", 0.05)
    log = logs.log_of(tmp_path / "logs", "main")
    (tmp_path / "logs").mkdir()
    options = child.command("main", Options(data_dir=tmp_path))[-1]
    most = len(list(logs.all_of(log))) + 1 + logs.KEPT
    largest: list[int] = []
    kept: list[Path] = []

    def turned() -> bool:
        kept[:] = list(logs.all_of(log))
        largest.extend(file.stat().st_size for file in kept if file.exists())
        return len(kept) == most and 0 not in numbers(kept)  # so many were put aside that the first is gone

    async def scenario() -> None:
        async with Supervisor(tmp_path / "logs") as supervisor:
            supervisor.start(Program(name="main", command=(sys.executable, "-c", BABBLER, "main", options)))
            await supervisor.ready("main")
            await asyncio.to_thread(until, turned, 20.0, what="enough logs")

    asyncio.run(scenario())
    told = numbers(list(logs.all_of(log)))
    assert told == list(range(told[0], told[0] + len(told)))
    assert len(list(logs.all_of(log))) == 1 + logs.KEPT
    assert max(largest) < 5 * LARGEST
    assert {file.name for file in (tmp_path / "logs").iterdir()} == {"main.log", *(f"main.log.{n}" for n in (1, 2, 3))}


def test_a_log_that_cannot_be_put_aside_goes_on_as_it_is(tmp_path: Path) -> None:
    assert not logs.turn_over(tmp_path / "nowhere" / "main.log")
    logs.go_on_in(tmp_path / "nowhere" / "main.log")  # and the outputs of this process stay as they are
