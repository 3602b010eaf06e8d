"""The query service: the tables, the queries on them, and what happens when one cannot be stopped.

It must not know HTTP.
"""

import asyncio
import logging
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from engine.analytics import errors, query
from engine.analytics.following import Following, Progress, epoch_of
from engine.analytics.last_word import LastWord
from engine.analytics.places import Gone, Places, Slots
from engine.analytics.query import Answer, Limits, Question
from engine.analytics.screens.screen import Screen
from engine.analytics.store import Store
from engine.analytics.suspects import Suspects, deed_of
from engine.counters import Queries
from engine.journal.reader import JournalReader

Asked = Question | Screen[Any]
log = logging.getLogger(__name__)
LAST_WORDS = 0.2  # seconds for telling everybody to ask again, before the process ends itself
SUSPECTS = "analytics.suspects"
STALE_AFTER = 2.0  # seconds
INSIST = 0.05  # seconds until a query that goes on is interrupted again
ENDED_ITSELF = 70  # exit code


def end_process() -> None:
    """End this process at once; whatever is in the tables stays as it is."""
    os._exit(ENDED_ITSELF)


class Way:
    """The way of one kind of what is asked: analysts' questions, or screens; neither waits for the other."""

    def __init__(self, limits: Limits, slots: int) -> None:
        self.slots = Slots(slots, most=limits.waiting, patience=limits.patience)
        self.sending = Places(limits.sending)


class Service:
    """The tables of a data folder, kept up with its journal, and the queries on them. On one loop.

    Attributes:
        moved: set, and replaced by a new one, whenever the tables got new rows.
        doomed: set when the process must end.
        counted: what was refused or broken off since the start.

    """

    def __init__(
        self,
        folder: Path,
        *,
        limits: Limits | None = None,
        has_room: Callable[[], bool] = lambda: True,
        end: Callable[[], None] = end_process,
        last_word: LastWord | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._last_word, self._suspects = last_word, Suspects(folder / SUSPECTS)
        self._folder, self._end = folder, end
        self._loop = asyncio.get_running_loop()
        self.moved, self.doomed = asyncio.Event(), asyncio.Event()
        self.counted = Queries()
        self._journal = JournalReader(folder / "journal.db")
        self._source = JournalReader(folder / "journal.db")
        self._store = Store(folder, epoch=epoch_of(self._source))
        self._following = Following(
            folder,
            self._store,
            self._source,
            has_room=has_room,
            on_progress=self._tell_moved,
            on_fatal=self._cannot_go_on,
        )
        self._threads = ThreadPoolExecutor(self.limits.slots + self.limits.shown_slots, thread_name_prefix="query")
        self._questions, self._screens = Way(self.limits, self.limits.slots), Way(self.limits, self.limits.shown_slots)
        self.streams = Places(self.limits.streams)
        self._running: set[duckdb.DuckDBPyConnection] = set()

    def start(self) -> None:
        """Begin to follow the journal."""
        self._following.start()

    def end_all(self) -> None:
        """Let nobody wait any longer."""
        self.doomed.set()
        self._interrupt()

    def _interrupt(self) -> None:
        for connection in self._running:
            with suppress(duckdb.Error):  # it has just been closed
                connection.interrupt()

    async def close(self) -> None:
        """End the batch that is being written, close the file; `end_all` comes before."""
        ended = asyncio.ensure_future(asyncio.to_thread(self._threads.shutdown))
        while not ended.done():
            await asyncio.wait({ended}, timeout=0.1)
            self._interrupt()  # again: one that comes before its query has begun is lost
        await asyncio.to_thread(self._following.stop)
        self._store.close()
        self._source.close()
        self._journal.close()

    @property
    def progress(self) -> Progress:
        """How far the tables are."""
        return self._following.progress

    @property
    def journal(self) -> Path:
        """Where the journal is."""
        return self._folder / "journal.db"

    def health(self) -> dict[str, object]:
        """Whether queries are answered, and how far the tables are behind the journal, in events."""
        progress = self.progress
        behind = max(0, self._journal.last_position() - progress.mark)
        late = time.monotonic() - progress.caught_up_at > STALE_AFTER
        return {
            "ready": progress.ready,
            "mark": progress.mark,
            "behind": behind,
            "stale": not progress.ready or (behind > 0 and late),
            "failed": self._following.failed,
        }

    def way(self, asked: Asked) -> Way:
        """Which way it goes."""
        return self._questions if isinstance(asked, Question) else self._screens

    def speaks_for(self, connection: int) -> AbstractContextManager[None]:
        """Let who waits on a connection be answered, whatever becomes of this process."""
        return self._last_word.waits(connection) if self._last_word else nullcontext()

    async def ask(self, question: Asked, *, gone: asyncio.Event | None = None, address: str = "") -> Answer:
        """Answer what is asked from an address.

        Raises `Refusal`; or `Gone` once `gone` is set, whereupon the query is ended.
        """
        gone = gone or asyncio.Event()
        if self.doomed.is_set():
            raise errors.retry()
        if not self.progress.ready:
            raise errors.retry((self.progress.mark, self._journal.last_position()))
        deed = deed_of(question.sql, address) if isinstance(question, Question) else None
        if deed and (wait := self._suspects.wait(deed)):
            raise errors.suspected(wait)
        async with self.way(question).slots.taken(gone):
            with self._last_word.does(deed) if self._last_word and deed else nullcontext():
                return await self._answer(question, gone, deed)

    async def _answer(self, question: Asked, gone: asyncio.Event, deed: str | None) -> Answer:
        began, connection = time.monotonic(), self._store.cursor()
        try:
            return await self._while_wanted(self._work(connection, question, deed), connection, gone)
        except errors.Refusal as refusal:
            if refusal.fatal:
                self._cannot_go_on(refusal)
            if refusal.error == "retry" and time.monotonic() - began >= self.limits.seconds:
                raise errors.timeout(self.limits.seconds) from None
            raise

    def _work(self, connection: duckdb.DuckDBPyConnection, question: Asked, deed: str | None) -> asyncio.Future[Answer]:
        hangs = partial(self._hangs, deed)
        run = partial(query.run, connection, question, limits=self.limits, folder=self._folder, on_hang=hangs)
        work = self._loop.run_in_executor(self._threads, run)
        self._running.add(connection)
        work.add_done_callback(lambda _: self._running.discard(connection))
        return work

    async def _while_wanted(
        self, work: asyncio.Future[Answer], connection: duckdb.DuckDBPyConnection, gone: asyncio.Event
    ) -> Answer:
        """The answer, unless the process must end before, or nobody waits for it any more."""
        doom, left = asyncio.ensure_future(self.doomed.wait()), asyncio.ensure_future(gone.wait())
        pending: set[asyncio.Future[Any]] = {work, doom}
        try:
            await asyncio.wait({*pending, left}, return_when=asyncio.FIRST_COMPLETED)
            while left.done() and not work.done() and not doom.done():
                with suppress(duckdb.Error):  # it has just been closed
                    connection.interrupt()
                await asyncio.wait(pending, timeout=INSIST, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise errors.retry()
            if left.done():
                _throw_away(work)
                raise Gone
            return work.result()
        finally:
            doom.cancel()
            left.cancel()

    # --- called from other threads ---------------------------------------------------------------------------------

    def _tell_moved(self) -> None:
        with suppress(RuntimeError):  # the loop has closed: nobody is left to be told
            self._loop.call_soon_threadsafe(self._move)

    def _move(self) -> None:
        moved, self.moved = self.moved, asyncio.Event()
        moved.set()

    def _hangs(self, deed: str | None) -> None:
        if deed:
            self._suspects.add(deed)
        log.error("a query did not heed its interrupt; the process ends and is started again")
        self._doom()

    def _cannot_go_on(self, error: BaseException) -> None:
        log.critical("the tables cannot be used any more; the process ends and is started again: %s", error)
        self._doom()

    def _doom(self) -> None:
        """Tell all who wait to ask again, then end the process: nothing else ends one huge value."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self.doomed.set)
        last_words = threading.Timer(LAST_WORDS, self._end)  # a thread's, because the loop may hang too
        last_words.daemon = True
        last_words.start()


def _throw_away(work: asyncio.Future[Answer]) -> None:
    """Close an answer that nobody takes; what went wrong does not matter either."""
    if work.exception() is None:
        work.result().close()
