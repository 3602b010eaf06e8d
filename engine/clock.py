"""The engine's time: UTC, never back, and the grid of whole seconds on which deadlines fire."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

MICROSECOND = timedelta(microseconds=1)
SECOND = timedelta(seconds=1)


class Clock:
    """Now, strictly after all that was said before; runs on when the machine's clock is set back."""

    def __init__(
        self,
        *,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wall, self._monotonic = wall, monotonic
        self._last = datetime.min.replace(tzinfo=UTC)
        self._base, self._began = wall(), monotonic()

    def start_after(self, last: datetime) -> None:
        """What is kept already ends at `last`."""
        self._last = max(self._last, last)
        self._base, self._began = max(self._wall(), last), self._monotonic()

    def read(self) -> datetime:
        """The present moment, without claiming it for an event."""
        running = self._base + timedelta(seconds=self._monotonic() - self._began)
        return max(running, self._wall())

    def next(self) -> datetime:
        """A moment for an event: after every moment given before."""
        self._last = max(self.read(), self._last + MICROSECOND)
        return self._last

    def set_at(self, moment: datetime) -> None:
        """A tick was given at `moment`; every event comes after it."""
        self._last = max(self._last, moment)


def whole_second_after(moment: datetime) -> datetime:
    """The first whole UTC second later than `moment`."""
    return moment.replace(microsecond=0) + SECOND
