"""When something is due: one heap of deadlines, stale ones passed over, so that the next one is found at once.

The state itself says what is due when; the heap only remembers where to look. What there is, and what is done when it
runs out, is the table in `engine.desk.due`.
"""

import heapq
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from engine.desk.due import ANEW, DUE
from engine.desk.state import DeskState
from engine.events import Event


class Deadline(NamedTuple):
    """At `when` something of `id` runs out; `what` is its row in the table."""

    when: datetime
    what: int
    id: str


class Deadlines:
    """The deadlines of a desk's state; told of each event after it was applied."""

    def __init__(self, desk: DeskState) -> None:
        self._desk = desk
        self._heap = sorted(self._all())

    def note(self, event: Event) -> None:
        """Look at what `event` touched."""
        if isinstance(event, ANEW):
            self._heap = sorted(self._all())
            return
        for what, row in enumerate(DUE):
            if isinstance(event, row.set_by) and (one := self._of(what, row.whose(event))):
                heapq.heappush(self._heap, one)

    def first(self) -> Deadline | None:
        """The earliest deadline, or None; of two at the same moment the one whose row is the first."""
        while self._heap:
            top = self._heap[0]
            if self._of(top.what, top.id) == top:
                return top
            heapq.heappop(self._heap)
        return None

    def _of(self, what: int, one: str) -> Deadline | None:
        when = DUE[what].when(self._desk, one)
        return Deadline(when, what, one) if when else None

    def _all(self) -> Iterator[Deadline]:
        found = (self._of(what, one) for what, row in enumerate(DUE) for one in row.all(self._desk))
        return (deadline for deadline in found if deadline is not None)
