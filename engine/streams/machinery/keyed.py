"""A stream for each key, so that who needs one thing does not filter everything."""

from collections import defaultdict
from collections.abc import Callable
from typing import Generic, TypeVar

import reactivex
from reactivex import Observable, Subject, abc
from reactivex.disposable import Disposable

K = TypeVar("K")
T = TypeVar("T")


class Keyed(Generic[K, T]):
    """A subject for each key that somebody listens to: made with the first subscription, dropped with the last."""

    def __init__(self, key: Callable[[T], K]) -> None:
        self._key = key
        self._subjects: dict[K, Subject[T]] = {}
        self._count: defaultdict[K, int] = defaultdict(int)

    def __contains__(self, key: K) -> bool:
        return key in self._subjects

    def on_next(self, value: T) -> None:
        """Hand a value to those who listen to its key."""
        subject = self._subjects.get(self._key(value))
        if subject is not None:
            subject.on_next(value)

    def of(self, key: K) -> Observable[T]:
        """Return the values of one key from now on: hot, without replay, in order, never ends."""

        def subscribe(observer: abc.ObserverBase[T], scheduler: abc.SchedulerBase | None = None) -> abc.DisposableBase:
            subject = self._subjects.setdefault(key, Subject[T]())
            self._count[key] += 1
            inner = subject.subscribe(observer, scheduler=scheduler)

            def leave() -> None:
                inner.dispose()
                self._count[key] -= 1
                if not self._count[key]:
                    del self._count[key], self._subjects[key]

            return Disposable(leave)

        return reactivex.create(subscribe)
