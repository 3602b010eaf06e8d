"""Budgets of many rates at once, and of what is open at once: refused is counted by the limit's name.

It must not know what is done within them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, MutableMapping

from engine.limits.meter import Meter
from engine.limits.row import Bound, Limit, Rate
from engine.limits.table import OFFICE, TABLE

Share = tuple[Rate, str] | tuple[Rate, str, int]  # of which limit, whose, and how much of it if not 1


class Budgets:
    """Meters for every rate of a table.

    Attributes:
        clock: seconds that never go back.
        refused: how often each limit refused something, by its name.

    """

    def __init__(
        self,
        table: Iterable[Limit] = TABLE,
        *,
        clock: Callable[[], float],
        refused: MutableMapping[str, int] | None = None,
        people: Callable[[], int] = lambda: OFFICE,
    ) -> None:
        """`people` says how many there may be behind one address: its limits grow and shrink with them."""
        self.clock, self._people = clock, people
        self.refused: MutableMapping[str, int] = Counter() if refused is None else refused
        self._meters = {limit.name: Meter(limit) for limit in table if isinstance(limit, Rate)}
        self._bounds = {limit.name: limit.most for limit in table if isinstance(limit, Bound)}

    def take(self, *shares: Share) -> int:
        """0 and counted with all of them, or the seconds to wait: then with none."""
        now = self.clock()
        for rate, whose, *cost in shares:
            if wait := self._meters[rate.name].wait(whose, now, self._cost(rate, *cost)):
                self.refuse(rate)
                return wait
        for rate, whose, *cost in shares:
            self._meters[rate.name].count(whose, now, self._cost(rate, *cost))
        return 0

    def pace(self, *shares: Share) -> float:
        """The seconds until it is the turn of what has come, by all of them; nothing is refused."""
        now = self.clock()
        return max(
            self._meters[rate.name].reserve(whose, now, self._cost(rate, *cost)) for rate, whose, *cost in shares
        )

    def wait(self, rate: Rate, whose: str) -> int:
        """The seconds until somebody may go on who has used a rate up; 0: now. Nothing is counted."""
        return self._meters[rate.name].wait(whose, self.clock(), self._cost(rate))

    def most(self, bound: Bound) -> int:
        """What the table has for a bound."""
        return self._bounds[bound.name]

    def room(self, bound: Bound) -> int:
        """The same for what is open by address, with room for all the people behind it."""
        return max(1, self.most(bound) * self._people() // OFFICE)

    def _cost(self, rate: Rate, cost: int = 1) -> float:
        return cost * OFFICE / self._people() if rate.by == "address" else cost

    def refuse(self, limit: Limit) -> None:
        """Something was refused by a limit."""
        self.refused[limit.name] = self.refused.get(limit.name, 0) + 1


class Open:
    """How many of something are open, by the address they come from."""

    def __init__(self, budgets: Budgets, bound: Bound) -> None:
        self._budgets, self._bound = budgets, bound
        self._open: Counter[str] = Counter()

    def enter(self, whose: str) -> bool:
        """One more; False where there are as many as may be, and it is counted as refused."""
        if self._open[whose] >= self._budgets.room(self._bound):
            self._budgets.refuse(self._bound)
            return False
        self._open[whose] += 1
        return True

    def is_full(self, whose: str) -> bool:
        """Whether one more would be refused; if so, it was."""
        full = self._open.get(whose, 0) >= self._budgets.room(self._bound)
        if full:
            self._budgets.refuse(self._bound)
        return full

    def leave(self, whose: str) -> None:
        """One of those that entered is gone."""
        self._open[whose] -= 1
        if self._open[whose] <= 0:
            del self._open[whose]

    def __getitem__(self, whose: str) -> int:
        return self._open.get(whose, 0)

    def __len__(self) -> int:
        return len(self._open)
