"""When the journal is looked through for damage, and what came of it: in the log, in the condition, in a file.

A start reads only what is not in a snapshot: what an old page has lost, nobody would find before it is needed.
"""

import asyncio
import logging
import os
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from engine.condition import Conditions
from parlour.beside import output_of

log = logging.getLogger(__name__)
FILE = "journal.check"
FIRST = 10.0  # seconds after the start: whoever comes back comes first
EVERY = 24 * 3_600.0  # seconds
WHAT_TO_DO = (
    "Chats go on, and what is new is kept. Stop the server, keep a copy of the data folder, and restore the last "
    "backup (parlour restore); look at the disk, which may fail again"
)


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What a look through the journal found."""

    at: datetime
    faults: tuple[str, ...]


def read(folder: Path) -> Checked | None:
    """What the last look found, or None where there was none."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Checked)
    except (OSError, msgspec.DecodeError):
        return None


async def keep_checking(folder: Path, conditions: Conditions, *, first: float = FIRST, every: float = EVERY) -> None:
    """Have the journal looked through soon, and once a day, until cancelled."""
    pause = first
    while True:
        await asyncio.sleep(pause)
        pause = every
        told = await output_of("parlour.check_process", folder)
        if told is None:
            log.error("the journal could not be looked through; it is tried again tomorrow")
            continue
        checked = Checked(at=datetime.now(UTC), faults=msgspec.json.decode(told, type=tuple[str, ...]))
        if checked.faults:
            log.critical("the journal is damaged: %s. %s.", "; ".join(checked.faults), WHAT_TO_DO)
        conditions.is_damaged(checked.faults[0] if checked.faults else None)
        _write(folder, checked)


def _write(folder: Path, checked: Checked) -> None:
    fresh = folder / f".{FILE}"
    try:
        fresh.write_bytes(msgspec.json.encode(checked))
        os.replace(fresh, folder / FILE)
    except OSError as error:
        log.warning("what the look through the journal found could not be written: %s", error)
