"""What a component tells the browser beside its views: messages of its own, typed as the browser's are."""

from typing import Literal

import msgspec

from engine.commands import Outcome
from engine.history.errors import HistoryError, NotReady


class Tell(msgspec.Struct, frozen=True, kw_only=True, tag_field="t"):
    """A message to the browser."""


class Lost(Tell, frozen=True, kw_only=True, tag="lost"):
    """A view cannot be watched, or not any more; `key`: which one, where there are several of the name."""

    view: str
    reason: str
    key: str = ""


class BadMessage(Tell, frozen=True, kw_only=True, tag="error"):
    """What the browser sent was no message."""

    reason: Literal["bad-frame"] = "bad-frame"


class Answered(Tell, frozen=True, kw_only=True, tag="outcome"):
    """What became of what was asked under this id."""

    client_id: str
    body: Outcome


class Unavailable(Tell, frozen=True, kw_only=True, tag="unavailable"):
    """The history does not answer the question `seq`: the error's name.

    `made`: while the tables are made, how many events are in them, of how many.
    """

    seq: int
    why: str
    made: tuple[int, int] | None = None


def unavailable(seq: int, error: HistoryError) -> Unavailable:
    """What the browser is told of an error."""
    made = error.made if isinstance(error, NotReady) else None
    return Unavailable(seq=seq, why=type(error).__name__, made=made)
