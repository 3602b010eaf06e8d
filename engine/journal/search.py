"""Searching what was written: words of people into the index's own language, and what is found as plain text.

Nothing that a person typed is understood as that language, and no result is markup.
"""

import re
import time
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from pysqlite3 import dbapi2 as sqlite3

from engine.events import ConversationId
from engine.found import Found
from engine.journal.excerpt import parts_of
from engine.text import folded, words

WORDS = 16  # of a question; more are left out
LONGEST_WORD = 64  # characters of one that are looked for
LONGEST = 5.0  # seconds of one search
STEPS = 20_000  # of SQLite's machine between two looks at the time

FIND = """
SELECT e.position, e.subject, e.number, e.at, e.kind, t.body
FROM text_index JOIN events AS e ON e.position = text_index.rowid JOIN texts AS t ON t.position = e.position
WHERE text_index MATCH ? AND text_index.rowid < ? ORDER BY text_index.rowid DESC LIMIT ?
"""


class SearchTooSlow(Exception):
    """Too much would have had to be looked through."""


def search(database: Any, text: str, *, before: int | None, limit: int) -> list[Found]:
    """What has all words of `text`, or words that begin so, the latest first. Raises `SearchTooSlow`."""
    asked = words_asked(text)
    if not asked:
        return []
    deadline = time.monotonic() + LONGEST
    database.set_progress_handler(lambda: int(time.monotonic() > deadline), STEPS)
    try:
        first = (1 << 62) if before is None else before
        rows = database.execute(FIND, (question_of(asked), first, limit)).fetchall()
    except sqlite3.OperationalError:
        if time.monotonic() <= deadline:
            raise
        raise SearchTooSlow(text) from None
    finally:
        database.set_progress_handler(None, STEPS)
    return [_found(row, asked) for row in rows]


def words_asked(text: str) -> list[str]:
    """The words of a question, folded: what stands between spaces, and has a letter or a digit."""
    asked = [re.sub(r'["\x00-\x1f\ud800-\udfff]', " ", folded(word[:LONGEST_WORD])).strip() for word in text.split()]
    return [word for word in asked if any(char.isalnum() for char in word)][:WORDS]


def question_of(asked: list[str]) -> str:
    """The words in the index's language: each must be there, or begin a word."""
    return " AND ".join(f'"{words(word, goes_on=True)}"*' for word in asked)


def _found(row: Any, asked: list[str]) -> Found:
    position, subject, number, at, kind, body = row
    return Found(
        position=position,
        conversation=ConversationId(str(UUID(bytes=subject))),
        number=number,
        at=datetime.fromtimestamp(at / 1_000_000, UTC),
        kind=kind,
        parts=parts_of(body, asked),
    )
