"""A start says how far it is: the child on its pipe, the server on a terminal."""

import asyncio
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bench.start import journal as long_journal
from parlour.command_line.progress import CLEAR, words
from parlour.starting import Starting, hear
from tests.parlour.whole import free_port

EVENTS = 12_000


async def heard(*said: bytes) -> tuple[list[tuple[str, int, int]], bool]:
    """What the parent hears of what comes on the pipe, piece by piece, until its end."""
    listening, speaking = os.pipe()
    told: list[tuple[str, int, int]] = []
    ready = asyncio.Event()
    hearing = asyncio.create_task(hear(listening, ready, lambda *step: told.append(step)))
    for piece in said:
        os.write(speaking, piece)
        await asyncio.sleep(0.01)
    os.close(speaking)
    await asyncio.wait_for(hearing, 5)
    return told, ready.is_set()


def test_lines_in_any_pieces_are_steps_and_the_last_one_says_that_it_is_ready() -> None:
    steps = [("Reading the journal", 5_000, 12_000), ("Reading the journal", 12_000, 12_000)]
    text = b"5000 12000 Reading the journal\n12000 12000 Reading the journal\nready\n"
    for cut in range(1, len(text), 7):
        assert asyncio.run(heard(text[:cut], text[cut:])) == (steps, True)


def test_a_child_that_dies_while_it_starts_is_not_ready() -> None:
    assert asyncio.run(heard(b"1 2 Reading\n", b"rea")) == ([("Reading", 1, 2)], False)
    assert asyncio.run(heard()) == ([], False)


def test_a_child_speaks_until_it_is_ready() -> None:
    listening, speaking = os.pipe()
    done: list[str] = []
    starting = Starting(speaking, lambda: done.append("ready"))
    starting.tell("Reading the journal", 1, 3)
    assert done == []
    starting()
    assert done == ["ready"]
    assert os.read(listening, 100) == b"1 3 Reading the journal\nready\n"
    assert os.read(listening, 100) == b""  # its end is closed
    os.close(listening)


def test_events_are_counted_as_such() -> None:
    assert words("Reading the journal", 5_000, 12_000, "events") == "Reading the journal: 5,000 of 12,000 events (41 %)"


@pytest.mark.slow
def test_a_server_with_a_long_journal_says_on_a_terminal_how_far_it_has_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_journal, "VISITS", 400)
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    long_journal.write(data_dir / "journal.db", EVENTS, tell=lambda line: None)
    (data_dir / "secrets.db").touch()  # nobody has a login there, and it is known
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "parlour", "serve", "--data-dir", str(data_dir), "--port", str(free_port())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, text=True) as process:
        os.close(theirs)
        shown = b""
        while b"Dashboard:" not in shown:
            shown += os.read(ours, 1 << 16)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    os.close(ours)
    before, after = shown.decode().split("Open the address")
    assert re.search(rf"Reading the journal: \d+,\d+ of {EVENTS:,} events \(\d+ %\)", before)
    assert before.endswith(CLEAR)  # no half line is left
    assert "Reading" not in after
