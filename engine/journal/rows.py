"""A record as a row of the journal and back."""

from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from engine.events import EventId, Record
from engine.events.codec import decode, encode
from engine.text import words

Row = tuple[int, int, str, int, bytes | None, int | None, bytes, bytes, bytes, bytes | None]


class Answer(NamedTuple):
    """What a sender was told about one of its commands, so that the command sent again is told the same."""

    sender: str
    client_id: str
    answer: bytes


class Unit(NamedTuple):
    """What one command made happen: kept whole or not at all. A unit without records only keeps its place in order."""

    records: tuple[Record, ...]
    answer: Answer | None = None


def id_bytes(text: str) -> bytes:
    """A UUID's 16 bytes. Raises `ValueError` for anything else."""
    digits = text.replace("-", "")
    raw = bytes.fromhex(digits)  # passes over spaces; much faster than `uuid.UUID`
    if len(digits) != 32 or len(raw) != 16:
        raise ValueError(f"no UUID: {text}")
    return raw


def to_row(record: Record) -> Row:
    """The record's columns."""
    event = record.event
    kind, version, payload, personal = encode(event)
    subject = event.subject
    return (
        record.position,
        int(event.at.timestamp() * 1_000_000),
        kind,
        version,
        id_bytes(subject) if subject else None,
        getattr(event, "number", None),
        id_bytes(record.id),
        id_bytes(record.cause),
        payload,
        personal,
    )


def text_of(record: Record) -> str | None:
    """What somebody wrote in a conversation, as the view `texts` has it; None in any other event."""
    event = record.event
    personal = getattr(event, "personal", None)
    text: str | None = getattr(personal, "text", None)
    if text is None or getattr(event, "number", None) is None:
        return None
    subject: str | None = getattr(personal, "subject", None)
    return text if subject is None else f"{subject}\n{text}"


def words_of(record: Record) -> str | None:
    """What the index holds of `text_of`, as the view `indexed` has it."""
    text = text_of(record)
    return None if text is None else words(text)


def moment(microseconds: int) -> datetime:
    """A time as it stands in a column."""
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC)


def with_words(database: Any) -> Any:
    """Give a connection the function by which the view `indexed` makes its words; returns the connection."""
    database.create_function("words", 1, lambda text: None if text is None else words(text), deterministic=True)
    return database


def to_record(row: Any) -> Record:
    """The record of a row's columns."""
    position, _at, kind, version, _subject, _number, event_id, cause, payload, personal = row
    return Record(
        position=position,
        id=EventId(str(UUID(bytes=event_id))),
        cause=str(UUID(bytes=cause)),
        event=decode(kind, version, payload, personal),
    )
