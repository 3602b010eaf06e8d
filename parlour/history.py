"""`from parlour import history`: what analysts use, under the program's own name; and replays of it.

A replay needs the engine's pipelines, which the dashboard, who asks for reports by `engine.history`, must not know.
"""

from datetime import UTC, datetime

from engine import history
from engine.history import (
    BadSQL,
    Busy,
    HistoryError,
    NoServer,
    NotReady,
    Record,
    Result,
    Tables,
    TooBig,
    TooSlow,
    WrongToken,
)
from engine.streams.replay import NoSuchPipeline, Replay, Seen

__all__ = [
    "BadSQL",
    "Busy",
    "History",
    "HistoryError",
    "NoServer",
    "NoSuchPipeline",
    "NotReady",
    "Record",
    "Replay",
    "Result",
    "Seen",
    "Tables",
    "TooBig",
    "TooSlow",
    "WrongToken",
    "connect",
]


class History(history.History):
    """A server's rows and events, and its past once more."""

    def replay(
        self, start: datetime | str, stop: datetime | str | None = None, *, speed: float | None = None
    ) -> Replay:
        """Return what happened from `start` to `stop` (now, where none is said), to be run through any pipeline.

        Times may be ISO text; they are UTC where they do not say else. With `speed` 60 an hour takes a minute; without
        one it goes as fast as it can. See `engine.streams.replay.Replay`.
        """
        end = datetime.now(UTC) if stop is None else _time(stop)
        return Replay(self.events(live=False), start=_time(start), stop=end, speed=speed)


def connect(url: str | None = None, token: str | None = None) -> History:
    """The history of the server at `url`, over `PARLOUR_URL`; `token` likewise over `PARLOUR_TOKEN`.

    Raises `NoServer` or `WrongToken` at once, rather than at the first query.
    """
    return history.connect(url, token, kind=History)


def _time(said: datetime | str) -> datetime:
    """A time as it is said, with a zone."""
    try:
        time = datetime.fromisoformat(said) if isinstance(said, str) else said
    except ValueError:
        raise HistoryError(f"“{said}” is not a time like 2026-03-01T09:00.") from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
