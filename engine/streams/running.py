"""A pipeline that runs: its latest state, and its views as they come."""

from collections.abc import Callable
from typing import Generic, TypeVar

from reactivex import Observable, Subject, abc

from engine.streams.pipeline import Dead, Moment, Pipeline

S = TypeVar("S")
V = TypeVar("V")


class Running(Generic[S, V]):
    """One pipeline over the live moments. `state` is the latest, `views` come as the pipeline paces them."""

    def __init__(
        self,
        pipeline: Pipeline[S, V],
        moments: Observable[Moment],
        *,
        scheduler: abc.SchedulerBase,
        start: S | None,
        dead: Dead,
    ) -> None:
        self.name = pipeline.name
        self.state: S = pipeline.empty if start is None else start
        self.views: Subject[V] = Subject()
        self._view: Callable[[S], V] = pipeline.view
        run = pipeline.run(moments, scheduler=scheduler, start=self.state, dead=dead, seen=self._keep)
        self._subscription = run.subscribe(self.views.on_next, self._failed, scheduler=scheduler)
        self._dead = dead

    def _keep(self, state: S) -> None:
        self.state = state

    def _failed(self, error: Exception) -> None:
        self._dead(None, error)

    @property
    def view(self) -> V:
        """What the latest state shows, paced or not."""
        return self._view(self.state)

    def dispose(self) -> None:
        """Take no more moments."""
        self._subscription.dispose()
