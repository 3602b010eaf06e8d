"""What the tiles of the last hour share: rows of facts that are counted until an hour after their end."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from engine.streams.machinery.window import Window

HOUR = timedelta(hours=1)
T = TypeVar("T")


def counted(hour: Window[T], at: datetime, rows: Iterable[T]) -> Window[T]:
    """Return the hour with `rows`, which ended at `at`, and without what ended an hour before that."""
    for row in rows:
        hour = hour.dropped(at - HOUR)[0].add(at, row)
    return hour


def quantile(values: Sequence[float], share: float) -> float | None:
    """The continuous quantile of sorted values, between neighbours in proportion, as DuckDB's `quantile_cont`."""
    if not values:
        return None
    place = share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)
