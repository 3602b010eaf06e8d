"""Reading the journal, read-only, while main writes: main's own look-ups, and other processes by position."""

from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from pysqlite3 import dbapi2 as sqlite3

from engine.disk import is_full
from engine.events import ConversationId, Event, Record, VisitorId, VisitorIdentified, VisitorIdentity
from engine.events.codec import decode
from engine.found import Found
from engine.journal.rows import id_bytes, moment, to_record
from engine.journal.schema import COLUMNS, OF_VISITOR, NewerJournal, check_format
from engine.journal.search import search
from engine.journal.snapshots import Snapshot, read_all
from engine.room import NoRoom


class NoJournal(Exception):
    """There is no journal yet: main has not made it."""


class JournalReader:
    """A reading connection, for one thread at a time. No read outlasts its call, so that the log can shrink."""

    def __init__(self, path: Path) -> None:
        """Open it. Raises `NoJournal`, `NewerJournal`, `NoRoom`."""
        try:
            self._database = sqlite3.connect(
                f"file:{path}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
            )
            self.epoch = str(self._one("SELECT value FROM meta WHERE name = 'epoch'"))
        except sqlite3.OperationalError as error:
            if is_full(error, path.parent):  # a reader makes a file beside it too
                raise NoRoom from error
            raise NoJournal(str(error)) from None
        try:
            check_format(path.name, int(str(self._one("PRAGMA user_version"))))
        except NewerJournal:
            self._database.close()
            raise

    def read(self, after: int, limit: int) -> list[Record]:
        """The kept records past a position, in order, at most `limit`."""
        query = f"SELECT {COLUMNS} FROM events WHERE position > ? ORDER BY position LIMIT ?"  # noqa: S608 - our columns
        return [to_record(row) for row in self._database.execute(query, (after, limit)).fetchall()]

    def events(self, after: int, limit: int) -> list[tuple[int, Event]]:
        """The kept events past a position with theirs, in order, at most `limit`: without ids, hence quicker."""
        query = (
            "SELECT position, kind, version, payload, personal FROM events WHERE position > ? ORDER BY position LIMIT ?"
        )
        return [(row[0], decode(*row[1:])) for row in self._database.execute(query, (after, limit)).fetchall()]

    def snapshots(self) -> Iterator[Snapshot]:
        """The snapshots that are whole, the latest first."""
        return read_all(self._database)

    def last_snapshot(self) -> tuple[int, datetime] | None:
        """Of the latest snapshot: the position of the last event in it, and when it was made."""
        row = self._database.execute("SELECT upto, made FROM snapshot ORDER BY upto DESC LIMIT 1").fetchone()
        return (row[0], moment(row[1])) if row else None

    def last_at(self) -> datetime | None:
        """When the last kept event happened."""
        row = self._database.execute("SELECT at FROM events ORDER BY position DESC LIMIT 1").fetchone()
        return moment(row[0]) if row else None

    def last_position(self) -> int:
        """The position of the last kept event, 0 in an empty journal."""
        last = self._one("SELECT max(position) FROM events")
        return last if isinstance(last, int) else 0

    def of_conversation(self, conversation: ConversationId, after_number: int = 0) -> list[Record]:
        """The kept records of a conversation past one of its own numbers; none for what is no id."""
        try:
            subject = id_bytes(conversation)
        except ValueError:
            return []
        query = f"SELECT {COLUMNS} FROM events WHERE subject = ? AND number > ? ORDER BY position"  # noqa: S608
        return [to_record(row) for row in self._database.execute(query, (subject, after_number)).fetchall()]

    def visits(self, visitor: VisitorId) -> int:
        """How many visits of a visitor are kept; 0 for what is no id."""
        query = (
            "SELECT CAST(payload AS TEXT) ->> '$.ordinal' FROM events "
            "WHERE subject = ? AND kind = 'VisitStarted' ORDER BY position DESC LIMIT 1"
        )
        try:
            ordinal = self._one(query, id_bytes(visitor))
        except ValueError:
            return 0
        return ordinal if isinstance(ordinal, int) else 0

    def name_of(self, visitor: VisitorId) -> str | None:
        """The name that a visitor gave last, None where they gave none or it was erased."""
        name = "CAST(personal AS TEXT) ->> '$.name'"
        query = f"SELECT {name} FROM events WHERE {name} IS NOT NULL AND kind <> 'Invited' AND {OF_VISITOR} LIMIT 1"  # noqa: S608
        given = self._one(query, visitor)
        return given if isinstance(given, str) else None

    def signed(self, visitor: VisitorId) -> VisitorIdentity | None:
        """Who their site signed last that a visitor is, None where it never did or it was erased."""
        query = (
            "SELECT kind, version, payload, personal FROM events WHERE subject = ? AND kind = 'VisitorIdentified' "
            "AND CAST(payload AS TEXT) ->> '$.verified' ORDER BY position DESC LIMIT 1"
        )
        try:
            row = self._database.execute(query, (id_bytes(visitor),)).fetchone()
        except ValueError:
            return None
        event = decode(*row) if row else None
        return event.personal if isinstance(event, VisitorIdentified) else None

    def named(self, visitor: VisitorId) -> list[Event]:
        """A visitor's own events that have to do with what they are called, in order."""
        query = (
            "SELECT kind, version, payload, personal FROM events WHERE subject = ? "
            "AND kind IN ('VisitStarted', 'VisitorIdentified', 'VisitEnded') ORDER BY position"
        )
        try:
            subject = id_bytes(visitor)
        except ValueError:
            return []
        return [decode(*row) for row in self._database.execute(query, (subject,)).fetchall()]

    def last_conversation(self, visitor: VisitorId) -> ConversationId | None:
        """The conversation of a visitor that began last."""
        query = f"SELECT subject FROM events WHERE number = 1 AND {OF_VISITOR} LIMIT 1"  # noqa: S608 - our own words
        found = self._one(query, visitor)
        return ConversationId(str(UUID(bytes=found))) if isinstance(found, bytes) else None

    def conversations(self, visitor: VisitorId) -> list[ConversationId]:
        """The conversations of a visitor, the latest first."""
        query = f"SELECT subject FROM events WHERE number = 1 AND {OF_VISITOR}"  # noqa: S608 - our own words
        found = self._database.execute(query, (visitor,)).fetchall()
        return [ConversationId(str(UUID(bytes=subject))) for (subject,) in found]

    def forgotten(self) -> int:
        """The position of the last event that made something be forgotten, 0 where none did."""
        return int(str(self._one("SELECT value FROM meta WHERE name = 'forgotten'") or 0))

    def with_ids(self, ids: Collection[str]) -> list[Record]:
        """The kept records of these ids, in no order; a command's id has none."""
        query = f"SELECT {COLUMNS} FROM events WHERE id = ?"  # noqa: S608 - our columns
        rows = (self._database.execute(query, (id_bytes(one),)).fetchone() for one in ids)
        return [to_record(row) for row in rows if row is not None]

    def search(self, text: str, *, before: int | None = None, limit: int = 50) -> list[Found]:
        """What was written with all words of `text`, the latest first; raises `engine.journal.search.SearchTooSlow`.

        `before` a position: to go on from the last one found.
        """
        return search(self._database, text, before=before, limit=limit)

    def answer(self, sender: str, client_id: str) -> bytes | None:
        """What the sender was told about this command before, as JSON, or None."""
        found = self._one("SELECT answer FROM answers WHERE sender = ? AND client_id = ?", sender, client_id)
        return bytes(found) if isinstance(found, bytes) else None

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _one(self, query: str, *values: object) -> object:
        row = self._database.execute(query, values).fetchone()
        return row[0] if row else None
