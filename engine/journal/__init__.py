"""The durable log (SQLite): the truth. It knows events as rows, not what they mean."""

from engine.journal.journal import Journal
from engine.journal.rows import Answer, Unit
from engine.journal.schema import NewerJournal
from engine.journal.snapshots import Snapshot

__all__ = ["Answer", "Journal", "NewerJournal", "Snapshot", "Unit"]
