"""The journal: append a unit, read from a position, read a conversation, look an answer up. The truth, in one file."""

import asyncio
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from uuid import uuid4

from pysqlite3 import dbapi2 as sqlite3

from engine.events import ConversationId, Event, Record, VisitorId, VisitorIdentity
from engine.found import Found
from engine.journal.reader import JournalReader
from engine.journal.rows import Unit, with_words
from engine.journal.schema import FORMAT, INDEX_ALL_TEXTS, PRAGMAS, TABLES, TEXTS, WITH_TEXTS, check_format
from engine.journal.snapshots import Keeping, Snapshot
from engine.journal.writer import Writer

PAGE = 5_000


class Journal:
    """One journal file with its writing thread and a reading connection for the loop."""

    def __init__(self, path: Path) -> None:
        self._path = path
        make(path)
        self._reader = JournalReader(path)
        self._writer: Writer | None = None
        self._one_search = asyncio.Lock()
        self.epoch = self._reader.epoch

    def start(
        self,
        *,
        on_commit: Callable[[Sequence[Unit]], None],
        on_dead: Callable[[BaseException], None],
        on_full: Callable[[bool], None] = lambda full: None,
    ) -> None:
        """Begin to take units; the callbacks run on the running loop, in the order of submission.

        `on_full` tells that the disk is, and when it no longer is: what was appended until then is kept all the same.
        """
        loop = asyncio.get_running_loop()
        self._writer = Writer(self._path, loop, on_commit=on_commit, on_dead=on_dead, on_full=on_full)

    def has_room(self) -> bool:
        """Whether another unit may be appended."""
        return self._writer is not None and self._writer.has_room()

    def append(self, unit: Unit) -> None:
        """Have a unit kept; `on_commit` tells when it is."""
        if self._writer is None:
            raise RuntimeError("the journal was not started")
        self._writer.submit(unit)

    def last_position(self) -> int:
        """The position of the last kept event, 0 in an empty journal."""
        return self._reader.last_position()

    def read(self, after: int = 0) -> Iterator[Record]:
        """Every kept record past a position, in order, a page at a time."""
        while records := self._reader.read(after, PAGE):
            yield from records
            after = records[-1].position

    def events(self, after: int, limit: int) -> list[tuple[int, Event]]:
        """The kept events past a position with theirs, in order, at most `limit`: without ids, hence quicker."""
        return self._reader.events(after, limit)

    def snapshots(self) -> Iterator[Snapshot]:
        """The snapshots that are whole, the latest first."""
        return self._reader.snapshots()

    def keep(self, snapshot: Snapshot) -> asyncio.Future[bool]:
        """Have a snapshot of kept events kept, without holding up units; whether it was, when that is known.

        It is not where something of it was forgotten meanwhile, or the disk is full.
        """
        if self._writer is None:
            raise RuntimeError("the journal was not started")
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._writer.submit(Keeping(snapshot, lambda kept: None if done.done() else done.set_result(kept)))
        return done

    def of_conversation(self, conversation: ConversationId, after_number: int = 0) -> list[Record]:
        """The kept records of a conversation past one of its own numbers."""
        return self._reader.of_conversation(conversation, after_number)

    def visits(self, visitor: VisitorId) -> int:
        """How many visits of a visitor are kept."""
        return self._reader.visits(visitor)

    def name_of(self, visitor: VisitorId) -> str | None:
        """The name that a visitor gave last, None where they gave none or it was erased."""
        return self._reader.name_of(visitor)

    def signed(self, visitor: VisitorId) -> VisitorIdentity | None:
        """Who their site signed last that a visitor is, None where it never did or it was erased."""
        return self._reader.signed(visitor)

    def named(self, visitor: VisitorId) -> list[Event]:
        """A visitor's own events that have to do with what they are called, in order."""
        return self._reader.named(visitor)

    def last_conversation(self, visitor: VisitorId) -> ConversationId | None:
        """The conversation of a visitor that began last."""
        return self._reader.last_conversation(visitor)

    def conversations(self, visitor: VisitorId) -> list[ConversationId]:
        """The conversations of a visitor, the latest first."""
        return self._reader.conversations(visitor)

    def with_ids(self, ids: Collection[str]) -> list[Record]:
        """The kept records of these ids, in no order."""
        return self._reader.with_ids(ids)

    async def search(self, text: str, *, before: int | None, limit: int) -> list[Found]:
        """See `JournalReader.search`: on a thread, one at a time, because it may take seconds."""
        async with self._one_search:
            return await asyncio.to_thread(self._search, text, before, limit)

    def _search(self, text: str, before: int | None, limit: int) -> list[Found]:
        reader = JournalReader(self._path)
        try:
            return reader.search(text, before=before, limit=limit)
        finally:
            reader.close()

    def answer(self, sender: str, client_id: str) -> bytes | None:
        """What the sender was told about this command before, as JSON, or None."""
        return self._reader.answer(sender, client_id)

    async def close(self) -> None:
        """Keep what waits and close the file."""
        if self._writer is not None:
            await self._writer.close()
        self._reader.close()


def make(path: Path) -> None:
    """Make the file where it is missing. Raises `NewerJournal` where it is of a later format."""
    if not path.exists():
        path.touch(mode=0o600)
    os.chmod(path, 0o600)
    database = with_words(sqlite3.connect(path, isolation_level=None))
    try:
        database.executescript(PRAGMAS)
        found = int(database.execute("PRAGMA user_version").fetchone()[0])
        check_format(path.name, found)
        database.executescript(TABLES)
        if found == FORMAT:
            return  # and nothing was written: a full disk does not stand in a start's way
        database.execute("INSERT OR IGNORE INTO meta VALUES ('epoch', ?)", (uuid4().hex[:8],))
        if found < WITH_TEXTS:
            database.executescript(TEXTS)
            database.executescript(f"{INDEX_ALL_TEXTS} COMMIT;")
        database.execute(f"PRAGMA user_version = {FORMAT}")
    finally:
        database.close()
