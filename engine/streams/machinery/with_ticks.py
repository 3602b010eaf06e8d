"""The grid of whole seconds, put between events of the past: the operator that makes moments of a history."""

from collections.abc import Callable
from datetime import datetime, timedelta

import reactivex
from reactivex import Observable, abc
from reactivex.disposable import SerialDisposable

from engine.events import Event, Tick
from engine.streams.machinery.pipeline import Moment

SECOND = timedelta(seconds=1)


def with_ticks(first: datetime, stop: datetime) -> Callable[[Observable[Event]], Observable[Moment]]:
    """Put a tick on each whole second from `first` to `stop` between events, and complete after `stop`.

    An event of a whole second comes before its tick, as in live.

    events:   --a(9:00:00.4)------b(9:00:02)--c(9:00:09)--
    moments:  --a--|9:00:01|--b--|9:00:02|-|              from 9:00:01 to 9:00:02.5
    """

    def operator(source: Observable[Event]) -> Observable[Moment]:
        def subscribe(
            observer: abc.ObserverBase[Moment], scheduler: abc.SchedulerBase | None = None
        ) -> abc.DisposableBase:
            grid = _Grid(observer, first, stop)
            grid.source.disposable = source.subscribe(
                grid.on_next, observer.on_error, grid.on_completed, scheduler=scheduler
            )
            return grid.source

        return reactivex.create(subscribe)

    return operator


class _Grid:
    """One subscription: the next tick, and the source, to leave it at the end."""

    def __init__(self, observer: abc.ObserverBase[Moment], first: datetime, stop: datetime) -> None:
        self._observer, self._stop = observer, stop
        self._next = first if not first.microsecond else first.replace(microsecond=0) + SECOND
        self._over = False
        self.source = SerialDisposable()

    def on_next(self, event: Event) -> None:
        if self._over:
            return
        while self._next < event.at and self._next <= self._stop:
            self._tick()
        if event.at > self._stop:
            self.on_completed()
        else:
            self._observer.on_next(event)

    def on_completed(self) -> None:
        if self._over:
            return
        self._over = True
        while self._next <= self._stop:
            self._tick()
        self._observer.on_completed()
        self.source.dispose()

    def _tick(self) -> None:
        tick, self._next = Tick(at=self._next), self._next + SECOND
        self._observer.on_next(tick)
