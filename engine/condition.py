"""The house's condition as it is now, for whoever acts on it or is told of it. It must not know how it is found out."""

from msgspec.structs import replace
from reactivex import Observable
from reactivex.subject import BehaviorSubject

from engine.room import Condition, Shed, shed


class Conditions:
    """The present condition, and each that comes after it."""

    def __init__(self) -> None:
        self._told: BehaviorSubject[Condition] = BehaviorSubject(Condition())

    @property
    def now(self) -> Condition:
        """The present one."""
        return self._told.value

    @property
    def told(self) -> Observable[Condition]:
        """The present one at once, then each that is another; never ends."""
        return self._told

    def gives_up(self, what: Shed | None) -> bool:
        """Whether something is not kept now, for want of room."""
        return what in self.now.shed

    def has_left(self, free: int, least: int) -> None:
        """So many bytes are left on the disk. That there are a few more or less is not told."""
        now = self.now
        given_up = shed(free, least, now.shed)
        if given_up != now.shed or now.free_mb is None:
            self._is(replace(now, shed=given_up, free_mb=free >> 20))

    def is_full(self, full: bool) -> None:
        """Nothing can be kept now; or it can again."""
        self._is(replace(self.now, full=full))

    def is_damaged(self, what: str | None) -> None:
        """The journal's file is damaged, so far as it was looked through; or it is not."""
        self._is(replace(self.now, damaged=what))

    def _is(self, condition: Condition) -> None:
        if condition != self.now:
            self._told.on_next(condition)
