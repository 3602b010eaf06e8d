"""The disk itself: how much room it has, and whether an error came of its being full."""

import errno
import shutil
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite3

from engine.room import MEGABYTE, NoRoom, limit

NOTHING_LEFT = MEGABYTE  # bytes; an error of the disk with so little left is one of a full disk
FULL = frozenset((errno.ENOSPC, errno.EDQUOT))
IO_ERRORS = frozenset((sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN))


def has_room_for_copies(folder: Path, least: int) -> bool:
    """Whether what can be made again may be written."""
    return free_on(folder) >= limit("copies", least)


def free_on(folder: Path) -> int:
    """The bytes that we may still write on a folder's disk."""
    return shutil.disk_usage(folder).free


def is_full(error: BaseException, folder: Path) -> bool:
    """Whether an error of a file in this folder came of a full disk."""
    if isinstance(error, NoRoom) or (isinstance(error, OSError) and error.errno in FULL):
        return True
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_FULL:
        return True
    if isinstance(code, int):
        return code & 0xFF in IO_ERRORS and folder.is_dir() and free_on(folder) < NOTHING_LEFT
    return "No space left" in str(error)  # of DuckDB, which has no codes
