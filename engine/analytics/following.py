"""The thread that keeps the tables up with the journal, and how far it is.

It must not know who asks the tables.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from pysqlite3 import dbapi2 as sqlite3

from engine.analytics import mark
from engine.analytics.projector import Projector
from engine.analytics.store import Store
from engine.journal.reader import JournalReader

log = logging.getLogger(__name__)
POLL = 0.15  # seconds between two looks at the journal
WITHIN = 0.75  # seconds in which an event comes into the tables: the pause after a batch and two batches at most
BATCH = 20_000  # events
PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0)  # seconds after the first, second, … failure in a row


class JournalBehind(Exception):
    """The tables hold events that the journal does not: it lost its end."""


class Forgotten(Exception):
    """Something was forgotten: the tables are made anew, in another file, so that no byte of it stays in this one."""


def epoch_of(journal: JournalReader) -> str:
    """What tables are made of: the journal as it is since something was forgotten last."""
    forgotten = journal.forgotten()
    return f"{journal.epoch}-{forgotten}" if forgotten else journal.epoch


@dataclass
class Progress:
    """How far the tables are.

    Attributes:
        mark: the position of the last event in them.
        ready: they have caught up with the journal once.
        caught_up_at: when they had all of it last, on the monotonic clock.

    """

    mark: int = 0
    ready: bool = False
    caught_up_at: float = field(default_factory=time.monotonic)


class Following(threading.Thread):
    """Follows the journal until `stop`, while `has_room`; `on_progress` and `on_fatal` are called in this thread."""

    def __init__(
        self,
        folder: Path,
        store: Store,
        reader: JournalReader,
        *,
        has_room: Callable[[], bool] = lambda: True,
        on_progress: Callable[[], None],
        on_fatal: Callable[[BaseException], None],
    ) -> None:
        super().__init__(name="following")
        self._folder, self._reader, self._has_room = folder, reader, has_room
        self._stands_still = False
        self._on_progress, self._on_fatal = on_progress, on_fatal
        self._projector = Projector(reader, store)
        self._ending = threading.Event()
        self._made_of = epoch_of(reader)
        self.progress = Progress(mark=self._projector.mark)
        if self.progress.mark > reader.last_position():
            raise JournalBehind(f"{self.progress.mark} > {reader.last_position()}")

    @property
    def failed(self) -> int:
        """How many steps of facts failed."""
        return self._projector.failed

    def stop(self) -> None:
        """End after the running batch."""
        self._ending.set()
        if self.is_alive():
            self.join()

    def run(self) -> None:
        """Take batch after batch."""
        failures = 0
        while not self._ending.is_set():
            try:
                pause = self._go_on()
                failures = 0
            except (duckdb.FatalException, duckdb.InternalException, Forgotten) as error:
                self._on_fatal(error)
                return
            except (duckdb.Error, sqlite3.Error, MemoryError, OSError) as error:
                log.error("a batch could not be written, it is tried again: %s", error)
                pause = PAUSES[min(failures, len(PAUSES) - 1)]
                failures += 1
            except BaseException as error:
                self._on_fatal(error)
                raise
            self._ending.wait(pause)

    def _may_write(self) -> bool:
        """Whether the disk has room for what can be made again; that it has none is said once."""
        may = self._has_room()
        if may is self._stands_still:
            log.warning(
                "the tables %s", "go on: there is room again" if may else "stand still: the disk has little room"
            )
        self._stands_still = not may
        return may

    def _go_on(self) -> float:
        """Take a batch; how long to wait until the next."""
        began = time.monotonic()
        if epoch_of(self._reader) != self._made_of:
            raise Forgotten("something was forgotten")
        if not self._may_write():
            return POLL
        taken = self._projector.go_on(BATCH)
        if taken:
            mark.write(self._folder, mark.Mark(epoch=self._reader.epoch, position=self._projector.mark))
        was_ready, self.progress.mark = self.progress.ready, self._projector.mark
        if taken < BATCH:
            self.progress.caught_up_at = began
            self.progress.ready = True
        if taken or not was_ready:
            self._on_progress()
        if taken == BATCH:
            return 0.0
        return max(POLL, WITHIN - 2 * (time.monotonic() - began)) if taken else POLL
