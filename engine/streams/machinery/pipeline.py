"""What a pipeline is, and the operators every one is built from.

A pipeline is a named `EMPTY`, a pure `step(state, moment) -> state` and `view(state)`. It runs alike over the live
moments, over a replay and on a virtual clock: time comes from the moments alone; a scheduler only paces what is shown.
It must not know who looks on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from operator import is_
from typing import Any, Generic, TypeVar

import reactivex
from reactivex import Observable, abc
from reactivex import operators as ops

from engine.events import Event, Tick

Moment = Event | Tick
Kinds = frozenset[type[Moment]]
S = TypeVar("S")
V = TypeVar("V")
T = TypeVar("T")
U = TypeVar("U")
Dead = Callable[[Moment | None, Exception], None]


def no_letters(_moment: Moment | None, error: Exception) -> None:
    """Dead letters where nobody takes them: the error comes out."""
    raise error


def named(moment: Moment | None) -> str:
    """A moment as a log may name it: nothing of what somebody wrote."""
    if moment is None:
        return "an onlooker"
    subject = moment.subject if isinstance(moment, Event) else None
    return f"a {type(moment).__name__} of {subject or 'the house'} at {moment.at.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline(Generic[S, V]):
    """A named pipeline.

    Attributes:
        takes: the kinds of moments that make a difference to it, those of each fold that it holds among them: folds
            that several states hold go on together. It is given no other one.
        version: of the state; a saved state of another version is folded anew.
        mark: the part of the state that the view shows; while it stays the same object, nothing is shown.
        pace: seconds between two views, None for every one.
        same: whether two views show the same; tables are compared by identity, since comparing 10,000 rows is dear.

    """

    name: str
    takes: Kinds
    version: int
    empty: S
    step: Callable[[S, Moment], S]
    view: Callable[[S], V]
    mark: Callable[[S], object]
    pace: float | None = None
    same: Callable[[V, V], bool] = is_

    def run(
        self,
        moments: Observable[Moment],
        *,
        scheduler: abc.SchedulerBase,
        start: S | None = None,
        dead: Dead = no_letters,
        seen: Callable[[S], None] | None = None,
    ) -> Observable[V]:
        """Return the views over `moments`: cold; each differs from the one before; ends as `moments` ends.

        A step or a view that fails goes to `dead` with its moment, the state stays, the stream goes on. `seen` gets
        every new state, before it is paced.
        """
        begin = self.empty if start is None else start
        states = moments.pipe(folded(self, begin, dead=dead, seen=seen))
        return self.shown(states, scheduler=scheduler, dead=dead)

    def shown(self, states: Observable[S], *, scheduler: abc.SchedulerBase, dead: Dead) -> Observable[V]:
        """Return the views of states, as they are paced; each differs from the one before."""
        if self.pace is not None:
            states = states.pipe(ops.sample(self.pace, scheduler=scheduler))
        return states.pipe(safe_map(self.view, dead), ops.distinct_until_changed(comparer=self.same))


class Folding(Generic[S]):
    """A pipeline's state, into which moments are folded by a step that may fail.

    Attributes:
        state: the latest.

    """

    __slots__ = ("_dead", "_mark", "_seen", "_show", "_step", "state")

    def __init__(
        self,
        pipeline: Pipeline[S, Any],
        start: S,
        *,
        show: Callable[[S], None],
        dead: Dead,
        seen: Callable[[S], None] | None = None,
    ) -> None:
        self._step, self._mark, self._show, self._dead, self._seen = pipeline.step, pipeline.mark, show, dead, seen
        self.state = start

    def take(self, moment: Moment) -> None:
        """Take a moment of the pipeline's kinds: `seen` gets a new state, `show` one whose mark is another object."""
        before = self.state
        try:
            after = self._step(before, moment)
        except Exception as error:
            self._dead(moment, error)
            return
        if after is before:
            return
        self.state = after
        if self._seen is not None:
            self._seen(after)
        if self._mark(after) is not self._mark(before):
            self._show(after)


def folded(
    pipeline: Pipeline[S, Any], start: S, *, dead: Dead, seen: Callable[[S], None] | None = None
) -> Callable[[Observable[Moment]], Observable[S]]:
    """Fold the moments that a pipeline takes into states; emits a state whose mark is another object than before.

    moments:  --a--b--c--d--|
    states:   --1-----2--3--|     b is not taken, changed nothing that is shown, or its step failed
    """

    def operator(source: Observable[Moment]) -> Observable[S]:
        def subscribe(observer: abc.ObserverBase[S], scheduler: abc.SchedulerBase | None = None) -> abc.DisposableBase:
            folding = Folding(pipeline, start, show=observer.on_next, dead=dead, seen=seen)

            def on_next(moment: Moment) -> None:
                if type(moment) in pipeline.takes:
                    folding.take(moment)

            return source.subscribe(on_next, observer.on_error, observer.on_completed, scheduler=scheduler)

        return reactivex.create(subscribe)

    return operator


def safe_map(
    change: Callable[[T], U], dead: Callable[[None, Exception], None]
) -> Callable[[Observable[T]], Observable[U]]:
    """Map with a function that may fail: what fails is told to `dead` and left out, and the stream goes on."""

    def operator(source: Observable[T]) -> Observable[U]:
        def subscribe(observer: abc.ObserverBase[U], scheduler: abc.SchedulerBase | None = None) -> abc.DisposableBase:
            def on_next(value: T) -> None:
                try:
                    result = change(value)
                except Exception as error:
                    dead(None, error)
                    return
                observer.on_next(result)

            return source.subscribe(on_next, observer.on_error, observer.on_completed, scheduler=scheduler)

        return reactivex.create(subscribe)

    return operator


def by_type(changes: dict[type[Moment], Callable[[S, Any], S]]) -> Callable[[S, Moment], S]:
    """Return the step that changes a state by the kind of the moment; other kinds leave it as it is."""

    def step(state: S, moment: Moment) -> S:
        change = changes.get(type(moment))
        return state if change is None else change(state, moment)

    return step


def shared(step: Callable[[S, Moment], S]) -> Callable[[S, Moment], S]:
    """Remember the last call of a pure step, so that pipelines whose states hold the same fold share it.

    All of them take a moment before the next one comes: the first does the work, the others get the same object.
    """
    last: tuple[S, Moment, S] | None = None

    def remembered(state: S, moment: Moment) -> S:
        nonlocal last
        if last is not None and last[0] is state and last[1] is moment:
            return last[2]
        after = step(state, moment)
        last = (state, moment, after)
        return after

    return remembered
