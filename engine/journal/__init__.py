"""The durable log (SQLite): the truth. It knows events as rows, not what they mean."""

from engine.journal.journal import Journal, NewerJournal
from engine.journal.rows import Answer, Unit

__all__ = ["Answer", "Journal", "NewerJournal", "Unit"]
