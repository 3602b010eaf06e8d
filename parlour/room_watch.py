"""Main's eye on the disk: what is given up for want of room is said in the log, and wherever the condition is told."""

import asyncio
import logging
from pathlib import Path

from engine.condition import Conditions
from engine.disk import free_on
from engine.room import MEGABYTE, Condition

log = logging.getLogger(__name__)
LOOK = 1.0  # seconds between two looks


async def watch_room(folder: Path, conditions: Conditions, least: int, *, look: float = LOOK) -> None:
    """Look at the room of the disk again and again, until cancelled; `least` megabytes are the least."""
    watching = conditions.told.subscribe(_Log(folder).say)
    try:
        while True:
            conditions.has_left(free_on(folder), least)
            await asyncio.sleep(look)
    finally:
        watching.dispose()


class _Log:
    """Says what has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._before = folder, Condition()

    def say(self, now: Condition) -> None:
        """Say it, where it has to do with the disk."""
        before, self._before = self._before, now
        left = f"the disk of {self._folder} has {free_on(self._folder) // MEGABYTE} MB left"
        if now.full and not before.full:
            log.error("the disk of %s is full: nothing is kept until there is room", self._folder)
        elif before.full and not now.full:
            log.warning("there is room again on the disk of %s: what waited is kept", self._folder)
        elif now.shed != before.shed:
            log.warning("%s; given up until there is more: %s", left, ", ".join(now.shed) or "nothing")
