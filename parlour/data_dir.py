"""The data folder: who has it (the lock), and whether it can be used.

It must not know what is kept in the folder's databases. What stands in the way of a start is a `CannotStart` of one
sentence, and nothing was changed by then.
"""

import errno
import fcntl
import os
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec

from engine.disk import free_on, is_full
from engine.room import LEAST, MEGABYTE

PATIENCE = 5.0  # seconds for a predecessor that is still ending


class CannotStart(Exception):
    """Why a process cannot start, in one sentence for people; it ends with exit code 2."""


class Holder(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who has the folder, as written in its lock file.

    Attributes:
        pid: the parent process.
        port: P of the server; None for a command that works on the folder itself.
        processes: the server's children by name.

    """

    pid: int
    port: int | None = None
    processes: dict[str, int] = {}


class Claim:
    """The folder while it is ours; a child that inherits `fd` shares it, so that no successor starts beside it."""

    def __init__(self, path: Path, fd: int) -> None:
        self.path = path
        self.fd = fd

    def write(self, holder: Holder) -> None:
        """Say in the lock file who has it; on a full disk there stands what stood there, which nothing rests on."""
        text = msgspec.json.encode(holder) + b"\n"
        try:
            os.pwrite(self.fd, text, 0)
            os.ftruncate(self.fd, len(text))
        except OSError as error:
            if not is_full(error, self.path):
                raise


@contextmanager
def claim(
    path: Path,
    *,
    host: str = "127.0.0.1",
    ports: Iterable[int] = (),
    patience: float | None = None,
    least_room: int = LEAST,
) -> Iterator[Claim]:
    """Have the folder `path`, made if need be, and see that the ports are free. Raises `CannotStart`.

    So it does where the disk has less than `least_room` megabytes left. A predecessor that is ending is waited for, up
    to `patience` seconds (`PATIENCE`).
    """
    deadline = time.monotonic() + (PATIENCE if patience is None else patience)
    known = (path / "lock").exists()
    fd = _lock(path, deadline) if known else -1
    try:
        _check_room(path, least_room)
        for port in ports:
            _wait(partial(port_is_free, host, port), deadline, f"Port {port} is taken by another program.")
        if not known:
            _make(path)
            fd = _lock(path, deadline)
        (path / "logs").mkdir(exist_ok=True)
        mine = Claim(path, fd)
        mine.write(Holder(pid=os.getpid()))
        yield mine
    finally:
        if fd >= 0:
            os.close(fd)


def holder(path: Path) -> Holder | None:
    """Who has the folder now, or None."""
    try:
        fd = os.open(path / "lock", os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        if _try_lock(fd, fcntl.LOCK_SH):
            return None
        return msgspec.json.decode(os.read(fd, 65_536), type=Holder)
    except msgspec.DecodeError:  # it is being written at this moment, or its last holder died while starting
        return Holder(pid=0)
    finally:
        os.close(fd)


def _make(path: Path) -> None:
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(f"The data folder {path} cannot be made: {_why(error)}.") from None


def _lock(path: Path, deadline: float) -> int:
    try:
        fd = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise CannotStart(f"The data folder {path} cannot be written: {_why(error)}.") from None
    try:
        _wait(lambda: _try_lock(fd, fcntl.LOCK_EX), deadline, f"The data folder {path} is in use by another Parlour.")
    except BaseException:
        os.close(fd)
        raise
    return fd


def _try_lock(fd: int, how: int) -> bool:
    try:
        fcntl.flock(fd, how | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in {errno.EWOULDBLOCK, errno.EACCES}:
            raise
        return False
    return True


def _check_room(path: Path, least: int) -> None:
    there = next(folder for folder in (path, *path.parents) if folder.exists())
    if not there.is_dir():
        raise CannotStart(f"The data folder {path} cannot be made: {there} is not a folder.")
    if free_on(there) < least * MEGABYTE:
        raise CannotStart(f"The disk of {path} has less than {least} MB left.")


def port_is_free(host: str, port: int) -> bool:
    """Whether one may listen there. Raises `CannotStart` where that cannot be at all."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the servers do
            trial.bind(address)
            trial.listen(1)  # two may bind, one may listen
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return False
        raise CannotStart(f"Port {port} of {host} cannot be listened on: {_why(error)}.") from None
    return True


def _wait(done: Callable[[], bool], deadline: float, sentence: str) -> None:
    while not done():
        if time.monotonic() > deadline:
            raise CannotStart(sentence)
        time.sleep(0.05)


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
