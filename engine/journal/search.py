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
from engine.found import Found, Part

WORDS = 16  # of a question; more are left out
LONGEST = 5.0  # seconds of one search
AROUND = 16  # words that are shown of a text
BEGIN, END = "\x02", "\x03"  # around what was found; no text has control characters
STEPS = 20_000  # of SQLite's machine between two looks at the time

FIND = f"""
SELECT e.position, e.subject, e.number, e.at, e.kind,
       snippet(text_index, 0, '{BEGIN}', '{END}', '…', {AROUND})
FROM text_index JOIN events AS e ON e.position = text_index.rowid
WHERE text_index MATCH ? AND text_index.rowid < ? ORDER BY text_index.rowid DESC LIMIT ?
"""  # noqa: S608 - our own constants


class SearchTooSlow(Exception):
    """Too much would have had to be looked through."""


def search(database: Any, text: str, *, before: int | None, limit: int) -> list[Found]:
    """What has all words of `text`, or words that begin so, the latest first. Raises `SearchTooSlow`."""
    question = question_of(text)
    if not question:
        return []
    deadline = time.monotonic() + LONGEST
    database.set_progress_handler(lambda: int(time.monotonic() > deadline), STEPS)
    try:
        rows = database.execute(FIND, (question, (1 << 62) if before is None else before, limit)).fetchall()
    except sqlite3.OperationalError:
        if time.monotonic() <= deadline:
            raise
        raise SearchTooSlow(text) from None
    finally:
        database.set_progress_handler(None, STEPS)
    return [_found(row) for row in rows]


def question_of(text: str) -> str:
    """The words of a person in the index's language: each must be there, or begin a word; empty where none is said."""
    words = re.findall(r"\w+", text)[:WORDS]
    return " AND ".join(f'"{word}"*' for word in words)


def parts_of(snippet: str) -> tuple[Part, ...]:
    """What was found in a snippet, and what is around it."""
    pieces = re.split(f"({BEGIN}.*?{END})", snippet, flags=re.DOTALL)
    parts = (Part(piece.strip(BEGIN + END), found=piece.startswith(BEGIN)) for piece in pieces)
    return tuple(part for part in parts if part.text)


def _found(row: Any) -> Found:
    position, subject, number, at, kind, snippet = row
    return Found(
        position=position,
        conversation=ConversationId(str(UUID(bytes=subject))),
        number=number,
        at=datetime.fromtimestamp(at / 1_000_000, UTC),
        kind=kind,
        parts=parts_of(snippet),
    )
