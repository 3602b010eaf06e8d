"""An immutable row of things by time: added at the end, dropped from the front."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Generic, TypeVar

import msgspec
from immutables import Map

T = TypeVar("T")


class Window(msgspec.Struct, Generic[T], frozen=True):
    """Things with the time of each, oldest first; adding and dropping cost the logarithm of the length."""

    slots: Map[int, tuple[datetime, T]] = msgspec.field(default_factory=Map)
    first: int = 0
    end: int = 0

    def __len__(self) -> int:
        return self.end - self.first

    def __iter__(self) -> Iterator[T]:
        return (self.slots[place][1] for place in range(self.first, self.end))

    def add(self, at: datetime, thing: T) -> Window[T]:
        """Return it with `thing`, which is not older than the last one."""
        return Window(self.slots.set(self.end, (at, thing)), self.first, self.end + 1)

    def dropped(self, until: datetime) -> tuple[Window[T], tuple[T, ...]]:
        """Return it without what is of `until` or before, and what was dropped."""
        slots, first = self.slots, self.first
        while first < self.end and slots[first][0] <= until:
            slots, first = slots.delete(first), first + 1
        if first == self.first:
            return self, ()
        gone = tuple(self.slots[place][1] for place in range(self.first, first))
        return Window(slots, first, self.end), gone
