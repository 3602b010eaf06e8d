"""Which visitors sleep: those who do nothing on any of their pages. It measures no time, which the pages do."""

from collections import defaultdict
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")


class Sleepers(Generic[K]):
    """Counts pages by whose they are and tells when the last of somebody's falls asleep, and when one wakes."""

    def __init__(self, *, slept: Callable[[K], None], woke: Callable[[K], None]) -> None:
        self._slept, self._woke = slept, woke
        self._pages: defaultdict[K, dict[object, bool]] = defaultdict(dict)
        self._asleep: set[K] = set()

    def turn(self, whose: K, page: object, *, asleep: bool) -> None:
        """A page is asleep or awake."""
        self._pages[whose][page] = asleep
        self._look(whose)

    def pages(self, whose: K) -> tuple[object, ...]:
        """All pages of somebody's."""
        return tuple(self._pages.get(whose, ()))

    def close(self, whose: K, page: object) -> None:
        """A page is gone."""
        self._pages[whose].pop(page, None)
        self._look(whose)

    def _look(self, whose: K) -> None:
        pages = self._pages[whose]
        if not pages:
            del self._pages[whose]
            self._asleep.discard(whose)
        elif all(pages.values()) and whose not in self._asleep:
            self._asleep.add(whose)
            self._slept(whose)
        elif not all(pages.values()) and whose in self._asleep:
            self._asleep.discard(whose)
            self._woke(whose)
