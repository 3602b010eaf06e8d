"""How somebody stays within a rate: a bucket for each of whom anything was counted lately.

It holds `most` and fills up evenly in `within` seconds. Of each one number is kept, the moment at which it is full
again (the generic cell rate algorithm of ITU-T I.371), so that a crowd costs little; of whom nothing was counted for
`within` seconds nothing is, and beyond `keys` whoever was longest untouched is forgotten.
"""

import math
from collections import OrderedDict

from engine.limits.row import Rate

KEYS = 20_000
LOOK = 2  # of the longest untouched are looked at with each that is counted: more go than come


class Meter:
    """Counts by key; `now` is in seconds of a clock that never goes back."""

    def __init__(self, rate: Rate, *, keys: int = KEYS) -> None:
        self.rate, self._keys = rate, keys
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def wait(self, key: str, now: float, cost: float = 1) -> int:
        """0, or the whole seconds until `cost` more may be counted; nothing is."""
        over = self._full(key, now) + self._seconds(cost) - now - self.rate.within
        return 0 if over <= 1e-6 else max(1, math.ceil(over - 1e-6))

    def count(self, key: str, now: float, cost: float = 1) -> None:
        """Count it, whatever was counted before."""
        self._full_at[key] = self._full(key, now) + self._seconds(cost)
        self._full_at.move_to_end(key)
        self._forget(now)

    def take(self, key: str, now: float, cost: float = 1) -> int:
        """0 and counted, or the seconds to wait."""
        wait = self.wait(key, now, cost)
        if not wait:
            self.count(key, now, cost)
        return wait

    def reserve(self, key: str, now: float, cost: float = 1) -> float:
        """Count it, and say in how many seconds its turn is: so what comes faster is spread, and not refused."""
        self.count(key, now, cost)
        return max(0.0, self._full_at.get(key, now) - now - self.rate.within)

    def give_back(self, key: str, now: float, cost: float = 1) -> None:
        """Count so much less: it turned out to be none."""
        full = self._full_at.get(key, 0.0) - self._seconds(cost)
        if full > now:
            self._full_at[key] = full
        else:
            self._full_at.pop(key, None)

    def __len__(self) -> int:
        return len(self._full_at)

    def _full(self, key: str, now: float) -> float:
        return max(now, self._full_at.get(key, now))

    def _seconds(self, cost: float) -> float:
        """No single thing is more than the whole of the bucket: it would have to wait for ever."""
        return min(cost, self.rate.most) * self.rate.within / self.rate.most

    def _forget(self, now: float) -> None:
        for _ in range(min(LOOK, len(self._full_at))):
            key = next(iter(self._full_at))
            if self._full_at[key] > now and len(self._full_at) <= self._keys:
                return
            del self._full_at[key]
