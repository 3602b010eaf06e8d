"""Who has connections open: the first makes somebody present, the last gone makes them lost.

Used for visitors (their pages and chats) and for operators (their dashboard tabs). It knows nothing of grace times.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")


class Attendance(Generic[K]):
    """Counts connections by whose they are and tells of the first and the last."""

    def __init__(self, *, first: Callable[[K], None], last: Callable[[K], None]) -> None:
        self._first, self._last = first, last
        self._open: defaultdict[K, set[object]] = defaultdict(set)

    def __contains__(self, whose: K) -> bool:
        return whose in self._open

    def open(self, whose: K) -> Callable[[], None]:
        """A connection is open; returns what closes it, once."""
        connection = object()
        self._open[whose].add(connection)
        if len(self._open[whose]) == 1:
            self._first(whose)
        return lambda: self._close(whose, connection)

    def _close(self, whose: K, connection: object) -> None:
        connections = self._open.get(whose, set())
        if connection not in connections:
            return
        connections.discard(connection)
        if not connections:
            del self._open[whose]
            self._last(whose)
