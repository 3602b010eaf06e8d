"""Which questions have ended the process lately, asked from where: they wait there, and nothing else does.

Analysts share a key, so that they are told apart by where they are. A question is known by what it is made of, however
often that stands in it: whoever nests one deeper, or repeats it with other numbers, asks the same.
"""

import hashlib
import math
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from engine.analytics.last_word import note
from engine.wire.proxies import household

WINDOW = 600.0  # seconds for which it is held against a question
ENOUGH = 2  # ends of the process from which on it waits: the first may have been another's
SHORTEST = 30.0  # seconds that it waits at first; each further end doubles it
_TEXT, _PARTS = re.compile(r"'(?:[^']|'')*'"), re.compile(r"[^\W\d]\w*|[^\w\s]")


class End(NamedTuple):
    """An end of the process: when, and what was being asked from where."""

    at: float
    deed: str


def wait(ends: Iterable[End], deed: str, now: float) -> int:
    """Seconds until this may be done; 0: it may now. Pure."""
    lately = [end.at for end in ends if end.deed == deed and 0 <= now - end.at < WINDOW]
    if len(lately) < ENOUGH:
        return 0
    return math.ceil(max(0.0, max(lately) + min(WINDOW, SHORTEST * 2.0 ** (len(lately) - ENOUGH)) - now))


def deed_of(sql: str, address: str) -> str:
    """What a question is, and from where it is asked, as one line of which nobody reads what was asked."""
    made_of = " ".join(sorted(set(_PARTS.findall(_TEXT.sub("''", sql.lower())))))
    return f"{hashlib.sha256(made_of.encode('utf-8', 'replace')).hexdigest()} {household(address) or '-'}"


class Suspects:
    """The ends of earlier processes, from the file to which they are added as they come."""

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._path, self._clock = path, clock
        self._ends: list[End] = []
        self._read_at = 0
        self._forget_old()

    def wait(self, deed: str) -> int:
        """Seconds until this may be asked from there."""
        self._look()
        return wait(self._ends, deed, self._clock())

    def add(self, deed: str) -> None:
        """It ends this process."""
        note(self._path, deed)

    def _look(self) -> None:
        try:
            changed = self._path.stat().st_mtime_ns
        except FileNotFoundError:
            return
        if changed != self._read_at:
            self._read_at = changed
            self._ends = [end for line in self._path.read_text("utf-8").splitlines() if (end := _end(line))]

    def _forget_old(self) -> None:
        """At a start: what nobody has to wait for any more leaves the file."""
        self._look()
        if self._ends and all(self._clock() - end.at >= WINDOW for end in self._ends):
            self._path.unlink(missing_ok=True)


def _end(line: str) -> End | None:
    at, _, deed = line.partition(" ")
    try:
        return End(float(at), deed)
    except ValueError:
        return None  # half a line, of a disk that was full
