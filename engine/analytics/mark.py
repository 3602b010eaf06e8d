"""`analytics.mark`: how far the tables are, said outside of them, so that a journal that lost its end is found out."""

import os
from pathlib import Path

import msgspec

FILE = "analytics.mark"


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """The position of the last event in the tables, and the epoch of the journal it is of."""

    epoch: str
    position: int


def read(folder: Path) -> Mark | None:
    """The mark of a data folder, or None where there is none that can be read."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Mark)
    except (OSError, msgspec.DecodeError):
        return None


def write(folder: Path, mark: Mark) -> None:
    """Put the mark in the place of the one before, whole or not at all, and see it onto the disk."""
    fresh = folder / f".{FILE}"
    with fresh.open("wb") as out:
        out.write(msgspec.json.encode(mark))
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(folder / FILE)
