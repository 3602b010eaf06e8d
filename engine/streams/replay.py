"""History once more: its events with the ticks between them, as they were published, and any pipeline over them.

The grid of whole seconds is that of the live engine, and a pipeline is the same function: what a replay shows is what
was shown, to the value. It must not know where the history comes from.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import reactivex
from reactivex import Observable, Subject, abc
from reactivex import operators as ops
from reactivex.disposable import CompositeDisposable, Disposable, SerialDisposable
from reactivex.scheduler import HistoricalScheduler

from engine.events import Event, Record, Tick
from engine.streams.pipeline import Moment, Pipeline
from engine.streams.registry import PIPELINES

log = logging.getLogger(__name__)
SECOND = timedelta(seconds=1)


class Seen(NamedTuple):
    """What a pipeline showed from a moment on."""

    at: datetime
    view: Any


class Saved(NamedTuple):
    """The states of the pipelines after the event at a position."""

    position: int
    states: Mapping[str, Any]


class NoSuchPipeline(ValueError):
    """There is none of this name."""


def no_state(_at: datetime) -> Saved | None:
    """Where nothing is saved: every replay begins with the first event."""
    return None


class Replay:
    """What happened from `start` to `stop`, as often as somebody subscribes.

    `past` gives the records past a position, in order, as `engine.history.feed.events` does; it may go on for ever.
    `nearest` gives what was saved last before a moment. With `speed` a second of it lasts 1/speed seconds: it waits
    on the thread that `past` emits on; None: as fast as it goes. Raises `ValueError` for a span that is none.
    """

    def __init__(
        self,
        past: Callable[[int], Observable[Record]],
        *,
        start: datetime,
        stop: datetime,
        speed: float | None = None,
        nearest: Callable[[datetime], Saved | None] = no_state,
    ) -> None:
        if start.tzinfo is None or stop.tzinfo is None:
            raise ValueError("A replay needs times with a zone, as datetime.now(UTC) has.")
        if stop < start:
            raise ValueError(f"A replay cannot end at {stop}, before it starts at {start}.")
        if speed is not None and speed <= 0:
            raise ValueError(f"A replay cannot run at the speed {speed}.")
        self.start, self.stop, self.speed = start, stop, speed
        self._past, self._nearest = past, nearest

    def __repr__(self) -> str:
        return f"<a replay from {self.start} to {self.stop}>"

    def moments(self) -> Observable[Moment]:
        """Return the events after `start` up to `stop`, with a tick on each whole second; completes there. Cold."""
        saved = self._nearest(self.start)
        moments = self._since(saved.position if saved else 0)
        return moments.pipe(ops.filter(self._shown))

    def pipeline(self, name: str) -> Observable[Seen]:
        """Return what a named pipeline shows at `start` and then, each view with its time; completes at `stop`. Cold.

        A step that fails is logged and passed over, as in live. Raises `NoSuchPipeline`.
        """
        if name not in PIPELINES:
            raise NoSuchPipeline(f"There is no pipeline “{name}”, but: {', '.join(PIPELINES)}.")
        pipeline = PIPELINES[name]

        def subscribe(observer: abc.ObserverBase[Seen], scheduler: abc.SchedulerBase | None = None) -> Any:
            saved = self._nearest(self.start)
            state = saved.states.get(name, pipeline.empty) if saved else pipeline.empty
            run = _Run(pipeline, state, observer, self.start, self.stop)
            moments = self._since(saved.position if saved else 0)
            source = moments.subscribe(run.on_next, observer.on_error, run.on_completed, scheduler=scheduler)
            return CompositeDisposable(source, run.subscription)

        return reactivex.create(subscribe)

    def _since(self, position: int) -> Observable[Moment]:
        """What came after a position; without ticks up to `start`: a fold needs but the last of them."""
        events = self._past(position).pipe(ops.map(_event))
        moments = events.pipe(with_ticks(self.start.replace(microsecond=0), self.stop))
        return moments if self.speed is None else moments.pipe(paced(self.start, self.speed))

    def _shown(self, moment: Moment) -> bool:
        return moment.at > self.start


def _event(record: Record) -> Event:
    return record.event


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


def paced(start: datetime, speed: float) -> Callable[[Observable[Moment]], Observable[Moment]]:
    """Let each moment wait until its time has come, counted from `start` at the first one after it."""

    def operator(source: Observable[Moment]) -> Observable[Moment]:
        def subscribe(
            observer: abc.ObserverBase[Moment], scheduler: abc.SchedulerBase | None = None
        ) -> abc.DisposableBase:
            disposed = threading.Event()
            began: float | None = None

            def on_next(moment: Moment) -> None:
                nonlocal began
                if moment.at > start:
                    began = time.monotonic() if began is None else began
                    due = began + (moment.at - start).total_seconds() / speed
                    disposed.wait(max(0.0, due - time.monotonic()))
                if not disposed.is_set():
                    observer.on_next(moment)

            inner = source.subscribe(on_next, observer.on_error, observer.on_completed, scheduler=scheduler)
            return CompositeDisposable(Disposable(disposed.set), inner)

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


class _Run:
    """One pipeline over the moments: silently up to `start`, then on a virtual clock."""

    def __init__(
        self,
        pipeline: Pipeline[Any, Any],
        state: Any,
        observer: abc.ObserverBase[Seen],
        start: datetime,
        stop: datetime,
    ) -> None:
        self._pipeline, self._state, self._observer = pipeline, state, observer
        self._start, self._stop = start, stop
        self._clock = HistoricalScheduler(start)
        self._live: Subject[Moment] | None = None
        self.subscription = SerialDisposable()

    def on_next(self, moment: Moment) -> None:
        if moment.at <= self._start:
            self._fold(moment)
            return
        live = self._live or self._begin()
        self._clock.advance_to(moment.at)
        live.on_next(moment)

    def on_completed(self) -> None:
        live = self._live or self._begin()
        self._clock.advance_to(self._stop)
        live.on_completed()
        beat = timedelta(seconds=self._pipeline.pace or 0)
        self._clock.advance_to(self._stop + beat)  # what is paced ends with its next beat
        self._observer.on_completed()

    def _fold(self, moment: Moment) -> None:
        try:
            self._state = self._pipeline.step(self._state, moment)
        except Exception as error:
            self._dead(moment, error)

    def _begin(self) -> Subject[Moment]:
        live = self._live = Subject()
        self._observer.on_next(Seen(self._start, self._pipeline.view(self._state)))
        views = self._pipeline.run(live, scheduler=self._clock, start=self._state, dead=self._dead)
        self.subscription.disposable = views.subscribe(self._show, self._observer.on_error, scheduler=self._clock)
        return live

    def _show(self, view: Any) -> None:
        self._observer.on_next(Seen(min(self._clock.now, self._stop), view))

    def _dead(self, moment: Moment | None, error: Exception) -> None:
        log.error("the pipeline %s could not take %r", self._pipeline.name, moment, exc_info=error)
