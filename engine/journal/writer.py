"""The one thread that writes: units that wait become one SQLite transaction, without a timer.

Where the disk is full it waits for room, and says so; nobody is told meanwhile that anything is kept. What else it
cannot keep stops it for good, and it says so: nothing unkept is ever shown.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pysqlite3 import dbapi2 as sqlite3

from engine.disk import is_full
from engine.journal.forgetting import forget
from engine.journal.insert import insert
from engine.journal.rows import Unit, to_row, with_words, words_of
from engine.journal.schema import INDEX_TEXT, INSERT_ANSWER, INSERT_EVENT, PRAGMAS
from engine.journal.snapshots import Keeping
from engine.room import NoRoom

T = TypeVar("T")

GROUP = 200  # units at most: main publishes one group while the next is written
ROOM = 20_000
SHRINK = "PRAGMA wal_checkpoint(TRUNCATE)"
AGAIN = 0.5  # seconds until the log is to be emptied once more, or something written on a disk that was full
# Who reads for long, as a backup does, must not hold up everybody's acknowledgements while the log is emptied.
AT_ONCE, PATIENTLY = "PRAGMA busy_timeout = 0", "PRAGMA busy_timeout = 5000"


class Writer:
    """A thread with the writing connection. Its callbacks run on the loop, in the order of submission."""

    def __init__(
        self,
        path: Path,
        loop: asyncio.AbstractEventLoop,
        *,
        on_commit: Callable[[Sequence[Unit]], None],
        on_dead: Callable[[BaseException], None],
        on_full: Callable[[bool], None],
    ) -> None:
        self._path, self._loop = path, loop
        self._on_commit, self._on_dead, self._on_full = on_commit, on_dead, on_full
        self._waiting: queue.SimpleQueue[Unit | Keeping | None] = queue.SimpleQueue()  # `Queue` takes four locks a unit
        self._dead: BaseException | None = None
        self._closing, self._ending = False, threading.Event()
        self._to_shrink = True  # what a killed predecessor had forgotten may stand in the log yet
        self._forgotten = 0  # the position of the last event that made something be forgotten
        self._thread = threading.Thread(target=self._run, name="journal-writer")
        self._thread.start()

    def has_room(self) -> bool:
        """Whether another unit may be submitted: what comes after the last would wait for ever."""
        return self._dead is None and not self._closing and self._waiting.qsize() < ROOM

    def submit(self, what: Unit | Keeping) -> None:
        """Have a unit, or a snapshot, kept."""
        self._waiting.put_nowait(what)

    async def close(self) -> None:
        """Keep what waits, then end the thread."""
        self._closing = True
        self._ending.set()
        self._waiting.put_nowait(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        try:
            database = self._when_there_is_room(self._open)
            self._shrink(database)
            while self._write_group(database):
                pass
            self._unless_full(lambda: database.execute(SHRINK))
            database.close()
        except BaseException as error:
            self._dead = error
            self._tell(self._on_dead, error)

    def _open(self) -> Any:
        database = with_words(sqlite3.connect(self._path, isolation_level=None))
        database.executescript(PRAGMAS)
        return database

    def _when_there_is_room(self, work: Callable[[], T]) -> T:
        """Do `work`, which changes all or nothing; where the disk is full, again and again until there is room.

        Raises `NoRoom` where we are to end meanwhile: what waits is then not kept, and nobody was told that it was.
        """
        full = False
        while True:
            try:
                done = work()
            except sqlite3.Error as error:
                if not is_full(error, self._path.parent):
                    raise
                if self._closing:
                    raise NoRoom from error
                if not full:
                    self._tell(self._on_full, True)
                full = True
                self._ending.wait(AGAIN)
            else:
                if full:
                    self._tell(self._on_full, False)
                return done

    def _unless_full(self, work: Callable[[], T]) -> T | None:
        """Do what can be done later as well; None where the disk is full."""
        try:
            return work()
        except sqlite3.Error as error:
            if not is_full(error, self._path.parent):
                raise
            return None

    def _write_group(self, database: Any) -> bool:
        """Commit what waits, or what comes; False when the last was written."""
        try:
            group = [self._waiting.get(timeout=AGAIN if self._to_shrink else None)]
        except queue.Empty:
            group = []
        while len(group) < GROUP and not self._waiting.empty():
            group.append(self._waiting.get())
        units = [unit for unit in group if isinstance(unit, Unit)]
        self._when_there_is_room(lambda: self._commit(database, units))
        forgetting = [one.position for unit in units for one in unit.records if one.event.forgets]
        if forgetting:
            self._forgotten = forgetting[-1]
            self._to_shrink = True
        self._shrink(database)
        if units:
            self._tell(self._on_commit, units)
        for keeping in [one for one in group if isinstance(one, Keeping)]:
            self._keep_part(database, keeping)
        return None not in group

    def _shrink(self, database: Any) -> None:
        """Empty the log of what was forgotten: now, or soon again where somebody still reads what was."""
        if self._to_shrink:
            database.execute(AT_ONCE)
            shrunk = self._unless_full(lambda: database.execute(SHRINK).fetchall())
            database.execute(PATIENTLY)
            self._to_shrink = shrunk is None or bool(shrunk[0][0])

    def _keep_part(self, database: Any, keeping: Keeping) -> None:
        """Write a part of a snapshot; what comes in the meantime goes before the next part."""
        goes_on = self._unless_full(lambda: keeping.go_on(database)) if keeping.upto >= self._forgotten else None
        if goes_on:
            self._waiting.put_nowait(keeping)
        else:
            self._tell(keeping.kept, goes_on is False)

    @staticmethod
    def _commit(database: Any, units: Sequence[Unit]) -> None:
        records = [record for unit in units for record in unit.records]
        rows = [to_row(record) for record in records]
        texts = [(record.position, text) for record in records if (text := words_of(record)) is not None]
        answers = [unit.answer for unit in units if unit.answer]
        if not rows and not answers:
            return
        database.execute("BEGIN IMMEDIATE")
        try:
            insert(database, INSERT_EVENT, rows)
            insert(database, INDEX_TEXT, texts)
            insert(database, INSERT_ANSWER, answers)
            for record in records:
                if record.event.forgets:
                    forget(database, record.position, record.event.forgets)
            database.execute("COMMIT")
        except BaseException:
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise

    def _tell(self, callback: Callable[[Any], None], what: Any) -> None:
        try:
            self._loop.call_soon_threadsafe(callback, what)
        except RuntimeError:  # the loop has closed: nobody is left to be told
            self._dead = self._dead or RuntimeError("the loop closed before the journal")
