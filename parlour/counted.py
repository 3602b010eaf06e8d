"""Long work on files, counted as it goes: what was read, copied, or written by somebody else.

It must not know who is told, nor how.
"""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

BLOCK = 1 << 20
LOOK = 0.1  # seconds between two looks at a file that somebody else writes


# Is told how far a part of the work is: so many bytes, of how many, or None where nobody knows.
Tell = Callable[[str, int, int | None], None]


def nobody(_part: str, _done: int, _of: int | None) -> None:
    """Tell nobody."""


def blocks(path: Path, part: str, tell: Tell) -> Iterator[bytes]:
    """What is in a file, block by block."""
    size, done = path.stat().st_size, 0
    tell(part, 0, size)
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
            done += len(block)
            tell(part, done, size)


def sha256(path: Path, part: str, tell: Tell) -> str:
    """The SHA-256 of what is in a file, in hex."""
    digest = hashlib.sha256()
    for block in blocks(path, part, tell):
        digest.update(block)
    return digest.hexdigest()


def copy_into(out: IO[bytes], source: Path, part: str, tell: Tell) -> None:
    """Copy a file's bytes."""
    for block in blocks(source, part, tell):
        out.write(block)


@contextmanager
def growing(path: Path, of: int, part: str, tell: Tell) -> Iterator[None]:
    """Tell how a file grows that somebody else writes meanwhile, up to so many bytes."""
    over = threading.Event()

    def look() -> None:
        while not over.wait(LOOK):
            tell(part, path.stat().st_size, of)

    tell(part, 0, of)
    looking = threading.Thread(target=look, name="growing", daemon=True)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join()
