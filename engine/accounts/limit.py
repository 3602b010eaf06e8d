"""How many failures a key may have in a while: pure, with the time passed in, and bounded in memory."""

import math
from collections import OrderedDict, deque
from datetime import datetime, timedelta


class FailureLimit:
    """Counts failures by key over a sliding window.

    An attempt is counted when it begins and uncounted when it succeeds, so that many begun at once cannot slip
    through together. Beyond `keys` keys the one longest untouched is forgotten.
    """

    def __init__(self, *, most: int = 10, window: timedelta = timedelta(minutes=5), keys: int = 10_000) -> None:
        self._most = most
        self._window = window
        self._keys = keys
        self._failures: OrderedDict[str, deque[datetime]] = OrderedDict()

    def wait(self, key: str, now: datetime) -> int:
        """Seconds until `key` may try again, 0 if it may now."""
        failures = self._failures.get(key)
        while failures and failures[0] <= now - self._window:
            failures.popleft()
        if not failures:
            self._failures.pop(key, None)
            return 0
        if len(failures) < self._most:
            return 0
        return max(1, math.ceil((failures[0] + self._window - now).total_seconds()))

    def begin(self, key: str, now: datetime) -> None:
        """Count an attempt as failed until `succeeded` says otherwise."""
        self._failures.setdefault(key, deque()).append(now)
        self._failures.move_to_end(key)
        if len(self._failures) > self._keys:
            self._failures.popitem(last=False)

    def succeeded(self, key: str, begun: datetime) -> None:
        """Uncount the attempt begun at `begun`."""
        failures = self._failures.get(key)
        if failures is None or begun not in failures:
            return
        failures.remove(begun)
        if not failures:
            del self._failures[key]

    def __len__(self) -> int:
        return len(self._failures)
