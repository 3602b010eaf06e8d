"""How far long work is, on standard error: on a terminal in one line that is written anew, else a line now and then.

What is said was counted. It must not know which work it is.
"""

import sys
import time
from collections.abc import Callable
from typing import Literal, TextIO

ANEW = 0.2  # seconds between two looks of a terminal's line
NOW_AND_THEN = 10.0  # seconds between two lines where there is no terminal; shorter work says nothing there
CLEAR = "\r\x1b[K"
Unit = Literal["bytes", "events"]


class Progress:
    """What is done of a part of the work, as it is told; as a context it leaves no half line and then ends."""

    def __init__(
        self, out: TextIO | None = None, *, counts: Unit = "bytes", monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._counts: Unit = counts
        self._over = False
        self._out, self._monotonic = out or sys.stderr, monotonic
        self._on_terminal = self._out.isatty()
        self._said_at = monotonic() - (ANEW if self._on_terminal else 0.0)
        self._part = ""
        self._shown = False

    def __call__(self, part: str, done: int, of: int | None) -> None:
        """So many bytes or events of a part are done; `of`: None where nobody knows of how many."""
        if self._over:
            return
        now, another = self._monotonic(), part != self._part
        self._part = part
        if self._on_terminal and (another or now - self._said_at >= ANEW):
            self._say(f"{CLEAR}{words(part, done, of, self._counts)}", now)
            self._shown = True
        elif not self._on_terminal and now - self._said_at >= NOW_AND_THEN:
            self._say(f"{words(part, done, of, self._counts)}\n", now)

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self._over = True
        if self._shown:
            self._out.write(CLEAR)
            self._out.flush()

    def _say(self, text: str, now: float) -> None:
        self._out.write(text)
        self._out.flush()
        self._said_at = now


def words(part: str, done: int, of: int | None, counts: Unit = "bytes") -> str:
    """What a person reads: megabytes or events, and the share of them; more than was expected is no more than all."""
    if of is None:
        return f"{part} …"
    done = min(done, of)
    share = 100 * done // of if of else 100
    if counts == "events":
        return f"{part}: {done:,} of {of:,} events ({share} %)"
    return f"{part}: {done / 1e6:,.1f} of {of / 1e6:,.1f} MB ({share} %)"
