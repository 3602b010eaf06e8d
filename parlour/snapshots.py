"""When a snapshot of what main knows is made, and by whom: by a process beside it, and at its end by itself.

The process reads the journal from the last snapshot on, so that main's loop neither stands still nor copies anything;
main's writer puts the bytes into the journal, because only one may write it.
"""

import asyncio
import logging
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from engine.core import Core
from engine.journal import Journal, Snapshot
from engine.pending import Stopped
from engine.room import NoRoom
from engine.saved import Knowledge, Recovered, encode, form
from engine.streams.live import LiveViews
from parlour.beside import output_of

log = logging.getLogger(__name__)
EVENTS = 10_000  # since the last one: a third of a second of a start
SPACING = 20.0  # seconds at least between two: a main that is killed again and again must not read more each time
SHARE = 0.1  # of the time at most goes into making them
LONGEST = 3_600.0  # seconds at most, where anything happened
WORTHWHILE = 1_000  # events since the last one; with fewer an end makes none
MUCH = 200_000  # events read at a start; after so many the next start must not do it again
LOOK = 1.0  # seconds between two looks at whether it is time


def snapshot_of(known: Knowledge) -> Snapshot:
    """The snapshot of what is known."""
    return Snapshot(upto=known.position, made=datetime.now(UTC), form=form(), state=encode(known))


class Snapshots:
    """Makes them for a house that is open; `found` is what it began with."""

    def __init__(self, data_dir: Path, core: Core, journal: Journal, *, found: Recovered) -> None:
        self._data_dir, self._core, self._journal = data_dir, core, journal
        self._upto, self._made, self._took = found.saved, time.monotonic(), 0.0
        much = found.known.position - found.saved >= MUCH
        self._first = snapshot_of(found.known) if much else None  # now: from here on, the core changes it

    async def keep_making(
        self,
        *,
        events: int = EVENTS,
        spacing: float = SPACING,
        share: float = SHARE,
        longest: float = LONGEST,
        look: float = LOOK,
    ) -> None:
        """Have one made whenever it is time, until cancelled."""
        if self._first is not None:
            await self._keep(self._first)
            self._first = None
        while True:
            await asyncio.sleep(look)
            if self._core.condition.gives_up("copies"):
                continue
            new, passed = self._core.position - self._upto, time.monotonic() - self._made
            forgot = self._core.forgotten > self._upto
            if (
                forgot
                or (new >= events and passed >= max(spacing, self._took / share))
                or (new > 0 and passed >= longest)
            ):
                began = time.monotonic()
                await self._have_made()
                self._made = time.monotonic()
                self._took = self._made - began

    async def make_last(self, views: LiveViews) -> None:
        """Make one of a house that takes nothing more, unless hardly anything happened since the last."""
        try:
            await self._core.rest()
        except (Stopped, NoRoom):
            return
        if self._core.condition.gives_up("copies"):
            return
        if self._core.position - self._upto >= WORTHWHILE:
            await self._journal.keep(snapshot_of(self._core.known(views.states)))

    async def _have_made(self) -> None:
        """Have one made by a process of its own."""
        made = await output_of("parlour.snapshot_process", self._data_dir)
        if made is None:
            log.error("no snapshot could be made; it is tried again later")
            return
        await self._keep(msgspec.msgpack.decode(made, type=Snapshot))

    async def _keep(self, snapshot: Snapshot) -> None:
        if not await self._journal.keep(snapshot):
            log.warning("the snapshot of event %d was not kept; it is tried again later", snapshot.upto)
            return
        self._upto = snapshot.upto
        log.info("made a snapshot of event %d, %.1f MB", snapshot.upto, len(snapshot.state) / 1e6)
