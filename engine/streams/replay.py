"""History once more: its events with the ticks between them, as they were published, and any pipeline over them.

The grid of whole seconds is that of the live engine, and a pipeline is the same function: what a replay shows is what
was shown, to the value. It must not know where the history comes from.
"""

import logging
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import reactivex
from reactivex import Observable, Subject, abc
from reactivex import operators as ops
from reactivex.disposable import CompositeDisposable, SerialDisposable
from reactivex.scheduler import HistoricalScheduler

from engine.events import Event, Record
from engine.streams.machinery.paced import paced
from engine.streams.machinery.pipeline import Folding, Moment, Pipeline, named
from engine.streams.machinery.with_ticks import with_ticks
from engine.streams.registry import PIPELINES

log = logging.getLogger(__name__)


class Seen(NamedTuple):
    """What a pipeline showed from a moment on."""

    at: datetime
    view: Any


class NoSuchPipeline(ValueError):
    """There is none of this name."""


class Replay:
    """What happened from `start` to `stop`, as often as somebody subscribes.

    `past` is cold: the records from the first on, in order, as `engine.history.feed.events` has them, perhaps for ever.
    With `speed` a second of it lasts 1/speed seconds: it waits on the thread that `past` emits on; None: as fast as it
    goes. Raises `ValueError` for a span that is none.
    """

    def __init__(
        self,
        past: Observable[Record],
        *,
        start: datetime,
        stop: datetime,
        speed: float | None = None,
    ) -> None:
        if start.tzinfo is None or stop.tzinfo is None:
            raise ValueError("A replay needs times with a zone, as datetime.now(UTC) has.")
        if stop < start:
            raise ValueError(f"A replay cannot end at {stop}, before it starts at {start}.")
        if speed is not None and speed <= 0:
            raise ValueError(f"A replay cannot run at the speed {speed}.")
        self.start, self.stop, self.speed = start, stop, speed
        self._past = past

    def __repr__(self) -> str:
        return f"<a replay from {self.start} to {self.stop}>"

    def moments(self) -> Observable[Moment]:
        """Return the events after `start` up to `stop`, with a tick on each whole second; completes there. Cold."""
        return self._all().pipe(ops.filter(self._shown))

    def pipeline(self, name: str) -> Observable[Seen]:
        """Return what a named pipeline shows at `start` and then, each view with its time; completes at `stop`. Cold.

        A step that fails is logged and passed over, as in live. Raises `NoSuchPipeline`.
        """
        if name not in PIPELINES:
            raise NoSuchPipeline(f"There is no pipeline “{name}”, but: {', '.join(PIPELINES)}.")
        pipeline = PIPELINES[name]

        def subscribe(observer: abc.ObserverBase[Seen], scheduler: abc.SchedulerBase | None = None) -> Any:
            run = _Run(pipeline, observer, self.start, self.stop)
            source = self._all().subscribe(run.on_next, observer.on_error, run.on_completed, scheduler=scheduler)
            return CompositeDisposable(source, run.subscription)

        return reactivex.create(subscribe)

    def _all(self) -> Observable[Moment]:
        """What came from the first event on; without ticks up to `start`: a fold needs but the last of them."""
        events = self._past.pipe(ops.map(_event))
        moments = events.pipe(with_ticks(self.start.replace(microsecond=0), self.stop))
        return moments if self.speed is None else moments.pipe(paced(self.start, self.speed))

    def _shown(self, moment: Moment) -> bool:
        return moment.at > self.start


def _event(record: Record) -> Event:
    return record.event


class _Run:
    """One pipeline over the moments: silently up to `start`, then on a virtual clock."""

    def __init__(
        self,
        pipeline: Pipeline[Any, Any],
        observer: abc.ObserverBase[Seen],
        start: datetime,
        stop: datetime,
    ) -> None:
        self._pipeline, self._observer = pipeline, observer
        self._folding = Folding(pipeline, pipeline.empty, show=lambda _state: None, dead=self._dead)
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
        if type(moment) in self._pipeline.takes:
            self._folding.take(moment)

    def _begin(self) -> Subject[Moment]:
        live = self._live = Subject()
        self._observer.on_next(Seen(self._start, self._pipeline.view(self._folding.state)))
        views = self._pipeline.run(live, scheduler=self._clock, start=self._folding.state, dead=self._dead)
        self.subscription.disposable = views.subscribe(self._show, self._observer.on_error, scheduler=self._clock)
        return live

    def _show(self, view: Any) -> None:
        self._observer.on_next(Seen(min(self._clock.now, self._stop), view))

    def _dead(self, moment: Moment | None, error: Exception) -> None:
        log.error("the pipeline %s could not take %s", self._pipeline.name, named(moment), exc_info=error)
