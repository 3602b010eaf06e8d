"""What windows understand that were open before an update: the frames as they were, made of those that are.

A window says with its hello what it `speaks`; one that says nothing is of the first kind.
"""

from datetime import UTC

from engine.events import MessageId
from engine.talk import Side, State
from engine.talk.entries import Entry
from engine.talk.told import Line, What
from engine.text import Span
from widget.protocol import Frame

NEWEST = 2


class FlatEntry(Frame, frozen=True, kw_only=True, tag="entry"):
    """An entry without a body of its own kind: what is in the body stands beside it."""

    conversation: str
    number: int
    token: str
    at: str
    what: What
    state: State
    author: Side | None = None
    operator: str | None = None
    message: MessageId | None = None
    client_id: str | None = None
    spans: tuple[Span, ...] | None = None
    reason: str | None = None
    upto: int | None = None


def as_spoken(entry: Entry, speaks: int) -> Entry | FlatEntry:
    """The entry as a window takes it."""
    if speaks >= NEWEST:
        return entry
    line = entry.body if isinstance(entry.body, Line) else Line()
    return FlatEntry(
        conversation=entry.conversation,
        number=entry.number,
        token=entry.token,
        at=entry.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        what=entry.what,
        state=entry.state,
        author=entry.author,
        operator=entry.operator,
        message=entry.message,
        client_id=entry.client_id,
        spans=None if isinstance(entry.body, Line) else entry.body.spans,
        reason=line.reason,
        upto=line.upto,
    )
