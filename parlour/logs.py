"""The logs of the processes: one file each, put aside when it is long, of which some are kept.

The parent puts a file aside while its process runs, and says so on the process's standard input; that one goes on in a
new file. No line is lost, whoever wrote it: a library, or the interpreter itself. It must not know what is written.
"""

import logging
import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

LARGEST = 5 * 1024 * 1024  # bytes of one file
KEPT = 3  # of those that were put aside: `….log.1` is the youngest
LOOK = 1.0  # seconds between two looks at how long they are
OUTPUTS = (1, 2)  # the descriptors of what a process prints
FORM = "%(asctime)sZ %(levelname)s %(name)s: %(message)s"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class OneLine(logging.Formatter):
    """Each message is one line, in UTC, whatever of others' stands in it; what follows of a fault is indented."""

    converter = staticmethod(time.gmtime)

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line."""
        record.message = _CONTROL.sub(lambda found: ascii(found[0])[1:-1], record.message)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:
        """What follows."""
        return "\n".join(f"  {line}" for line in super().formatException(ei).splitlines())


def speak(level: int) -> None:
    """Let this process log what is of this level or worse."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine(FORM))
    logging.basicConfig(level=level, handlers=[handler])


def log_of(logs: Path, name: str) -> Path:
    """The log of a process in the folder of them all."""
    return logs / f"{name}.log"


def all_of(log: Path) -> Iterator[Path]:
    """A log and those of before that are kept, the youngest first."""
    return (path for path in (log, *(_aside(log, number) for number in range(1, KEPT + 1))) if path.exists())


def open_log(path: Path) -> IO[bytes]:
    """A log to go on with."""
    turn_over(path)
    return path.open("ab")


def turn_over(path: Path) -> bool:
    """Put a log aside that is too long; whether it was."""
    try:
        if path.stat().st_size <= LARGEST:
            return False
        for number in range(KEPT, 0, -1):
            with suppress(FileNotFoundError):
                (path if number == 1 else _aside(path, number - 1)).replace(_aside(path, number))
    except OSError:  # it is not there, or cannot be moved: it goes on as it is
        return False
    return True


def go_on_in(path: Path) -> None:
    """Print into this file from now on; what is printed already stays where it is."""
    try:
        fresh = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    except OSError:  # no room, or no descriptor: the one that was put aside goes on
        return
    try:
        for output in OUTPUTS:
            os.dup2(fresh, output)
    finally:
        os.close(fresh)


def _aside(path: Path, number: int) -> Path:
    return path.with_suffix(f".log.{number}")
