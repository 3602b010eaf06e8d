"""How fast somebody may send: so many in a window of seconds, by whose it is."""

import math
from collections import deque

FEW = 10_000  # of whom nobody needs to be forgotten


class Rate:
    """A sliding window by key; time (in seconds, monotonic) is passed in."""

    def __init__(self, most: int, window: float) -> None:
        self._most, self._window = most, window
        self._sent: dict[str, deque[float]] = {}
        self._crowd = FEW

    def wait(self, whose: str, now: float) -> int:
        """0 and counted, or the whole seconds until the next may be sent."""
        sent = self._sent.setdefault(whose, deque())
        while sent and sent[0] <= now - self._window:
            sent.popleft()
        if len(sent) >= self._most:
            return max(1, math.ceil(sent[0] + self._window - now))
        sent.append(now)
        self._forget(now)
        return 0

    def _forget(self, now: float) -> None:
        """Drop who has not sent for a window, each time that they are twice as many: of a crowd that stays, seldom."""
        if len(self._sent) > self._crowd:
            self._sent = {whose: sent for whose, sent in self._sent.items() if sent and sent[-1] > now - self._window}
            self._crowd = max(FEW, 2 * len(self._sent))
