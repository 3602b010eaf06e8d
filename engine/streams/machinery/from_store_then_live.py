"""The store first, then live, without a gap and without doubles."""

from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

import reactivex
from reactivex import Observable, abc
from reactivex.disposable import CompositeDisposable

T = TypeVar("T")
BOUND = 10_000


class Overflow(Exception):
    """More came in while the store was read than the buffer holds: begin again."""


def from_store_then_live(
    read_from: Callable[[int], Observable[T]],
    live: Observable[T],
    *,
    number: Callable[[T], int],
    after: int,
    bound: int = BOUND,
) -> Observable[T]:
    """Return what the store has after `after`, then what comes live, each once and in order of its `number`.

    Cold. It listens to `live` first and keeps what comes, at most `bound`, while the store is read on the same
    thread or loop; ends as `live` ends, or with `Overflow`.

        store:   ------1-2-3|
        live:    --3-4-------5--
        result:  ------1-2-3(4)5--
    """

    def subscribe(observer: abc.ObserverBase[T], scheduler: abc.SchedulerBase | None = None) -> abc.DisposableBase:
        joint = _Joint(observer, number, after, bound)
        return joint.subscribe(read_from, live, scheduler)

    return reactivex.create(subscribe)


class _Joint(Generic[T]):
    """One subscription: what was forwarded last, and what came live while the store is read."""

    def __init__(self, observer: abc.ObserverBase[T], number: Callable[[T], int], after: int, bound: int) -> None:
        self._observer, self._number, self._last, self._bound = observer, number, after, bound
        self._waiting: deque[T] = deque()
        self._catching_up = True
        self._live_ended = False
        self._subscriptions = CompositeDisposable()

    def subscribe(
        self, read_from: Callable[[int], Observable[T]], live: Observable[T], scheduler: abc.SchedulerBase | None
    ) -> abc.DisposableBase:
        failed = self._observer.on_error
        self._subscriptions.add(live.subscribe(self._on_live, failed, self._on_live_ended, scheduler=scheduler))
        if not self._subscriptions.is_disposed:
            store = read_from(self._last)
            self._subscriptions.add(store.subscribe(self._forward, failed, self._caught_up, scheduler=scheduler))
        return self._subscriptions

    def _forward(self, value: T) -> None:
        if self._number(value) > self._last:
            self._last = self._number(value)
            self._observer.on_next(value)

    def _on_live(self, value: T) -> None:
        if not self._catching_up:
            self._forward(value)
        elif len(self._waiting) < self._bound:
            self._waiting.append(value)
        else:
            self._subscriptions.dispose()
            self._observer.on_error(Overflow(f"more than {self._bound} while the store was read"))

    def _caught_up(self) -> None:
        while self._waiting:
            self._forward(self._waiting.popleft())
        self._catching_up = False
        if self._live_ended:
            self._observer.on_completed()

    def _on_live_ended(self) -> None:
        self._live_ended = True
        if not self._catching_up:
            self._observer.on_completed()
