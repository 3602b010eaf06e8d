"""A small process beside this one, which speaks when this one has died at once: it answers who waits, and says of what.

What kills a process (a stack that is full, memory that is not there, kill -9) leaves it no last word. So the other one
holds the connections of those who wait, beside this one, and hears by the end of their line that nobody else will
answer. It loads nothing, and runs nothing of anybody's. It must not know what is asked.
"""

import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LONGEST = 4_096  # bytes of one message between the two
ENDING = 2.0  # seconds in which it has ended, once there is nothing to say


class LastWord:
    """Starts it. `answer` is what it says to each who waits; what was being done it adds to the file `deeds`."""

    def __init__(self, answer: bytes, deeds: Path) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - this file, by this Python
                [sys.executable, "-I", "-S", __file__, str(theirs.fileno()), str(deeds)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # what ends its group ends it only with this one
            )
        self._numbers = itertools.count(1)
        self._line.sendall(answer)

    @contextmanager
    def waits(self, connection: int) -> Iterator[None]:
        """Somebody waits on this connection (a file descriptor) until the context ends."""
        with self._told(b"", [connection]):
            yield

    @contextmanager
    def does(self, deed: str) -> Iterator[None]:
        """Something is done until the context ends; `deed` is one line that says what."""
        with self._told(deed.encode(), []):
            yield

    def close(self) -> None:
        """Nobody waits any more: it ends."""
        self._line.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(ENDING)

    @contextmanager
    def _told(self, deed: bytes, connections: list[int]) -> Iterator[None]:
        number = b"%d" % next(self._numbers)
        with suppress(OSError):  # it has died: nobody speaks for us then
            socket.send_fds(self._line, [b"+" + number + b" " + deed], connections)
        try:
            yield
        finally:
            with suppress(OSError):
                self._line.sendall(b"-" + number)


def note(deeds: Path, deed: str) -> None:
    """Add a line to the file of deeds that ended a process, with the time it was."""
    with deeds.open("a", encoding="utf-8") as file:
        file.write(f"{time.time():.3f} {deed}\n")


def _listen(line: socket.socket, deeds: Path) -> None:
    """Hear who waits and what is done until the line ends; then speak for who has died."""
    answer = line.recv(LONGEST)
    waiting: dict[bytes, int] = {}
    doing: dict[bytes, str] = {}
    while True:
        message, connections, _, _ = socket.recv_fds(line, LONGEST, 1)
        if not message:
            break
        number, _, deed = message[1:].partition(b" ")
        if message.startswith(b"-"):
            doing.pop(number, None)
            if number in waiting:
                os.close(waiting.pop(number))
        elif connections:
            waiting[number] = connections[0]
        else:
            doing[number] = deed.decode()
    for deed_done in dict.fromkeys(doing.values()):  # first: who hears the answer may ask again at once
        with suppress(OSError):
            note(deeds, deed_done)
    for connection in waiting.values():
        with suppress(OSError):
            os.write(connection, answer)


if __name__ == "__main__":
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.SIG_IGN)  # it ends with the line
    _listen(socket.socket(fileno=int(sys.argv[1])), Path(sys.argv[2]))
