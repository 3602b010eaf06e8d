"""Long work says how far it is: in one line on a terminal, now and then elsewhere, and by what was counted."""

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite3

from parlour.backup import back_up
from parlour.command_line.progress import ANEW, CLEAR, NOW_AND_THEN, Progress, words
from parlour.restore import restore
from tests.parlour.test_serve import parlour

MB = 1_000_000


class Terminal(io.StringIO):
    """A terminal, as far as who prints can tell."""

    def isatty(self) -> bool:
        return True


class Clock:
    """Time that goes on as a test says."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_what_is_said_is_counted_and_never_more_than_all() -> None:
    assert words("Copying journal.db", 0, 20 * MB) == "Copying journal.db: 0.0 of 20.0 MB (0 %)"
    assert words("Copying journal.db", 5 * MB, 20 * MB) == "Copying journal.db: 5.0 of 20.0 MB (25 %)"
    assert words("Writing journal.db", 21 * MB, 20 * MB) == "Writing journal.db: 20.0 of 20.0 MB (100 %)"
    assert words("Copying empty", 0, 0) == "Copying empty: 0.0 of 0.0 MB (100 %)"
    assert words("Looking through the journal", 0, None) == "Looking through the journal …"


def test_a_terminal_has_one_line_that_is_written_anew_and_is_gone_at_the_end() -> None:
    terminal, clock = Terminal(), Clock()
    with Progress(terminal, monotonic=clock) as progress:
        progress("A", 0, MB)
        progress("A", MB // 2, MB)  # at once: not shown
        clock.now += ANEW
        progress("A", MB, MB)
        progress("B", 0, None)  # another part is shown at once
    assert "\n" not in terminal.getvalue()
    shown = terminal.getvalue().split(CLEAR)
    assert shown == ["", "A: 0.0 of 1.0 MB (0 %)", "A: 1.0 of 1.0 MB (100 %)", "B …", ""]


def test_elsewhere_short_work_says_nothing_and_long_work_a_line_now_and_then() -> None:
    out, clock = io.StringIO(), Clock()
    with Progress(out, monotonic=clock) as progress:
        for second in range(25):
            progress("A", second * MB, 25 * MB)
            clock.now += 1
    assert out.getvalue().splitlines() == ["A: 10.0 of 25.0 MB (40 %)", "A: 20.0 of 25.0 MB (80 %)"]
    assert NOW_AND_THEN == 10


@pytest.fixture
def heavy(tmp_path: Path) -> Path:
    """A house whose secrets have 30 MB of something else in them, a third of it given free again."""
    folder = tmp_path / "data"
    assert parlour(folder, "site", "add", "Shop", "--origin", "https://shop.example")[0] == 0
    with sqlite3.connect(folder / "secrets.db") as database:
        database.execute("CREATE TABLE ballast (number INTEGER PRIMARY KEY, bytes BLOB)")
        database.executemany("INSERT INTO ballast VALUES (?, ?)", ((n, os.urandom(MB)) for n in range(30)))
        database.execute("DELETE FROM ballast WHERE number >= 20")
    database.close()
    return folder


@pytest.mark.slow
def test_each_part_of_a_backup_and_a_restore_is_counted_to_its_end(heavy: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []

    def tell(part: str, done: int, of: int | None) -> None:
        told.append((part, done, of))

    made = back_up(heavy, tmp_path / "copy", tell=tell)
    restore(tmp_path / "copy", tmp_path / "other", force=False, tell=tell)
    parts = list(dict.fromkeys(part for part, _, _ in told))
    assert parts[:2] == ["Writing secrets.db", "Writing journal.db"]
    assert {"Looking through the journal", "Checking secrets.db", "Copying secrets.db", "Copying journal.db"} <= {
        *parts
    }
    size = made.files["secrets.db"].size
    for part in ("Checking secrets.db", "Copying secrets.db"):
        steps = [(done, of) for one, done, of in told if one == part]
        assert steps[-1] == (size, size)
        assert len(steps) > size // MB // 2
    expected = {of for part, _, of in told if part == "Writing secrets.db"}
    assert expected == {size}  # what is free is not written out, and not counted


@pytest.mark.slow
def test_a_backup_on_a_terminal_shows_how_far_it_is_and_elsewhere_only_what_became_of_it(
    heavy: Path, tmp_path: Path
) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "parlour", "backup", str(tmp_path / "copy"), "--data-dir", str(heavy)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, text=True) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                shown += os.read(ours, 1 << 16)
            except OSError:  # it has ended
                break
        assert process.stdout is not None
        said = process.stdout.read()
    os.close(ours)
    assert process.returncode == 0
    assert re.fullmatch(r"Backed up \d+ events \([\d.]+ MB\) into .*\n", said)
    lines = shown.decode().split(CLEAR)
    assert re.fullmatch(r"Writing secrets\.db: 0\.0 of 2\d\.\d MB \(0 %\)", lines[1])
    assert any(line.startswith("Checking secrets.db: ") for line in lines)
    assert lines[-1] == ""
    code, quiet = parlour(heavy, "backup", str(tmp_path / "second"))
    assert (code, quiet.count("\n")) == (0, 0)
