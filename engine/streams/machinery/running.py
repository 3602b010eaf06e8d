"""A pipeline that runs: its latest state, and its views as they come."""

from collections.abc import Callable
from typing import Generic, TypeVar

import reactivex
from reactivex import Subject, abc
from reactivex.disposable import Disposable

from engine.streams.machinery.pipeline import Dead, Folding, Pipeline

S = TypeVar("S")
V = TypeVar("V")


class Running(Generic[S, V]):
    """One pipeline over the live moments that it is given. `views` come as the pipeline paces them.

    Attributes:
        take: takes a moment; only of the kinds that the pipeline takes.
        complete: shows what is still to be shown, as no moment comes any more.

    """

    def __init__(
        self,
        pipeline: Pipeline[S, V],
        *,
        scheduler: abc.SchedulerBase,
        start: S | None,
        dead: Dead,
    ) -> None:
        self.name = pipeline.name
        self.views: Subject[V] = Subject()
        self._view: Callable[[S], V] = pipeline.view
        begin = pipeline.empty if start is None else start

        # Not by a subject: there is one observer, and a state of each of many pipelines with every moment.
        def subscribe(observer: abc.ObserverBase[S], scheduler: abc.SchedulerBase | None = None) -> abc.DisposableBase:
            self._folding = Folding(pipeline, begin, show=observer.on_next, dead=dead)
            self.complete = observer.on_completed
            return Disposable()

        views = pipeline.shown(reactivex.create(subscribe), scheduler=scheduler, dead=dead)
        self._subscription = views.subscribe(self.views.on_next, scheduler=scheduler)
        self.take = self._folding.take

    @property
    def state(self) -> S:
        """The latest state."""
        return self._folding.state

    @property
    def view(self) -> V:
        """What the latest state shows, paced or not."""
        return self._view(self.state)

    def dispose(self) -> None:
        """Take no more moments."""
        self._subscription.dispose()
