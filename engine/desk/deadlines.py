"""When something is due: one heap of deadlines, stale ones passed over, so that the next one is found at once.

The state itself says what is due when; the heap only remembers where to look. What there is, and what is done when it
runs out, is the table in `engine.desk.due`.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from engine.desk.state import DeskState
from engine.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A kind of deadline.

    Attributes:
        when: when that of an id is, None while there is none, or nobody of this id.
        set_by: the kind of event that may set one, and `whose` the id in it.
        all: the ids that may have one.
        done: what happens when it runs out.

    """

    when: Callable[[DeskState, Any], datetime | None]
    set_by: type[Event]
    whose: Callable[[Any], str]
    all: Callable[[DeskState], Iterable[str]]
    done: Callable[[DeskState, Any, datetime], Sequence[Event]]


class Deadline(NamedTuple):
    """At `when` something of `id` runs out; `what` is its row in the table."""

    when: datetime
    what: int
    id: str


class Deadlines:
    """The deadlines of a desk's state, of the kinds `rows`; told of each event after it was applied.

    After an event of the kinds `anew` any deadline may be another.
    """

    def __init__(self, desk: DeskState, rows: Sequence[Due], anew: tuple[type[Event], ...]) -> None:
        self._desk, self._rows, self._anew = desk, rows, anew
        self._heap = sorted(self._all())

    def note(self, event: Event) -> None:
        """Look at what `event` touched."""
        if isinstance(event, self._anew):
            self._heap = sorted(self._all())
            return
        for what, row in enumerate(self._rows):
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
        when = self._rows[what].when(self._desk, one)
        return Deadline(when, what, one) if when else None

    def _all(self) -> Iterator[Deadline]:
        found = (self._of(what, one) for what, row in enumerate(self._rows) for one in row.all(self._desk))
        return (deadline for deadline in found if deadline is not None)
