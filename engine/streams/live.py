"""The live views: every pipeline over the published events, and what each onlooker sees of it as JSON.

It must not know who looks on, nor where the moments come from. One subscription to the moments; all pipelines take a
moment before the next one comes. It runs on one thread.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, TypeVar

import reactivex
from immutables import Map
from reactivex import Observable, abc
from reactivex import operators as ops

from engine.events import ConversationId, DepartmentId, OperatorId, SiteId
from engine.known import States
from engine.streams.folds import conversations, directory
from engine.streams.folds.conversations import Conversations
from engine.streams.folds.directory import Directory
from engine.streams.machinery.isolated import isolated
from engine.streams.machinery.keyed import Keyed
from engine.streams.machinery.pictures import Gallery
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.machinery.running import Running
from engine.streams.registry import PIPELINES, TAKERS
from engine.streams.shown import SHOWN, Shown, Whose
from engine.streams.views import place, service
from engine.streams.views.place import Place
from engine.streams.views.service import SiteService, nobody
from engine.views import AnyView, name_of

DeadLetters = Callable[[str, Moment | None, Exception], None]
K = TypeVar("K")
S = TypeVar("S")
V = TypeVar("V")
T = TypeVar("T")
ALL = ""  # what is looked at in a view that all see alike


def fold(moments: Iterable[Moment], *, start: States | None = None, dead: DeadLetters | None = None) -> States:
    """Return the states after `moments`, without showing or encoding anything.

    A step that fails goes to `dead` and leaves its state as it was, as in live; without `dead` the error comes out.
    """
    states = {name: pipeline.empty for name, pipeline in PIPELINES.items()} | dict(start or {})
    steps = {kind: [(one.name, one.step) for one in takers] for kind, takers in TAKERS.items()}
    for moment in moments:
        for name, step in steps.get(type(moment), ()):
            try:
                states[name] = step(states[name], moment)
            except Exception as error:
                if dead is None:
                    raise
                dead(name, moment, error)
    return MappingProxyType(states)


class LiveViews:
    """All named views over the published events; holds each pipeline's latest published state.

    `dead` gets what a pipeline could not take, or an onlooker could not be given: the pipeline's name, the moment if
    it is known, the error. Everything else goes on.
    """

    def __init__(
        self,
        moments: Observable[Moment],
        *,
        scheduler: abc.SchedulerBase,
        start: States | None = None,
        dead: DeadLetters,
    ) -> None:
        self._scheduler, self._start, self._dead = scheduler, start or {}, dead
        self._letters = dict.fromkeys(PIPELINES, 0)
        self._running: dict[str, Running[Any, Any]] = {}
        self._directory = self._run(directory.PIPELINE)
        self._conversations = self._run(conversations.PIPELINE)
        self._service = self._run(service.PIPELINE)
        self._services = self._split(self._service, lambda row: row.site)
        self._place = self._run(place.PIPELINE)
        self._places = self._split(self._place, lambda row: row.conversation)
        self._galleries: dict[str, tuple[Gallery[Any, Any], Whose]] = {
            shown.pipeline.name: (self._hang(self._run(shown.pipeline), shown), shown.whose) for shown in SHOWN
        }
        self._takers = {kind: [self._running[one.name] for one in takers] for kind, takers in TAKERS.items()}
        self._subscription = moments.subscribe(self._take, self._ended, self._complete, scheduler=scheduler)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def watch(self, view: AnyView, *, operator: OperatorId | None = None) -> Observable[bytes]:
        """Return JSON bodies: the whole picture at once, then patches (tables) or the whole again (values).

        Each subscription begins with a whole picture; no gap after it; never ends. `operator` for whom the view is,
        where each sees their own. Raises `ValueError` where they are missing, `KeyError` for what is no live view.
        """
        gallery, whose = self._galleries[name_of(view)]
        match whose:
            case "operator":
                return gallery.watch(_needed(operator, view))
            case "departments":
                return self._departments_of(_needed(operator, view)).pipe(ops.map(gallery.watch), ops.switch_latest())
            case "all":
                return gallery.watch(ALL)
        return gallery.watch(whose(view))

    def service(self, site: SiteId) -> Observable[SiteService]:
        """Return a site's service: the present one at once, then each change; never ends."""
        rows = self._service
        return self._now_and_then(rows, lambda: rows.view.get(site, nobody(site)), self._services.of(site))

    def place(self, conversation: ConversationId) -> Observable[Place]:
        """Return a conversation's place in the queue: the present one at once if it is queued, then each change."""
        rows = self._place
        return self._now_and_then(rows, lambda: rows.view.get(conversation), self._places.of(conversation))

    @property
    def directory(self) -> Directory:
        """The published names and settings."""
        return self._directory.state

    @property
    def directories(self) -> Observable[Directory]:
        """The names and settings each time they have changed: hot, without the present ones; never ends."""
        return self._directory.views

    @property
    def conversations(self) -> Conversations:
        """The published conversations."""
        return self._conversations.state

    @property
    def states(self) -> States:
        """The latest state of each pipeline, by its name: for a snapshot."""
        return {name: running.state for name, running in self._running.items()}

    @property
    def dead_letters(self) -> Mapping[str, int]:
        """How many errors each pipeline has had, by its name."""
        return MappingProxyType(self._letters)

    def dispose(self) -> None:
        """Take no more moments; onlookers hear nothing more."""
        self._subscription.dispose()
        for running in self._running.values():
            running.dispose()

    # --- how it is built --------------------------------------------------------------------------------------------

    def _run(self, pipeline: Pipeline[S, V]) -> Running[S, V]:
        running = Running(
            pipeline,
            scheduler=self._scheduler,
            start=self._start.get(pipeline.name),
            dead=partial(self._letter, pipeline.name),
        )
        self._running[pipeline.name] = running
        return running

    def _take(self, moment: Moment) -> None:
        for running in self._takers.get(type(moment), ()):
            running.take(moment)

    def _complete(self) -> None:
        for running in self._running.values():
            running.complete()

    def _ended(self, error: Exception) -> None:
        for name in self._running:
            self._letter(name, None, error)

    def _letter(self, name: str, moment: Moment | None, error: Exception) -> None:
        self._letters[name] += 1
        self._dead(name, moment, error)

    def _hang(self, running: Running[Any, Any], shown: Shown) -> Gallery[Any, Any]:
        """Show a pipeline's views to who looks."""
        failed, look = partial(self._letter, running.name, None), shown.look
        gallery: Gallery[Any, Any] = Gallery(lambda key: shown.picture(look(running.view, key)), failed)

        def show(view: Any) -> None:
            for key in gallery.watched() if shown.touched is None else shown.touched(view):
                if key in gallery:
                    gallery.show(key, look(view, key))

        running.views.pipe(isolated(failed)).subscribe(show)
        return gallery

    def _split(self, running: Running[Any, Map[K, T]], key: Callable[[T], K]) -> Keyed[K, T]:
        """Hand each row that changed to those who listen to its key."""
        keyed: Keyed[K, T] = Keyed(key)
        shown = running.view

        def show(rows: Map[K, T]) -> None:
            nonlocal shown
            before, shown = shown, rows
            for row in [row for key, row in rows.items() if before.get(key) is not row]:
                keyed.on_next(row)

        running.views.subscribe(show)
        return keyed

    def _now_and_then(
        self, running: Running[Any, Any], now: Callable[[], T | None], then: Observable[T]
    ) -> Observable[T]:
        def subscribe(observer: abc.ObserverBase[T], scheduler: abc.SchedulerBase | None = None) -> abc.DisposableBase:
            value = now()
            if value is not None:
                observer.on_next(value)
            return then.subscribe(observer, scheduler=scheduler)

        return reactivex.create(subscribe).pipe(isolated(partial(self._letter, running.name, None)))

    def _departments_of(self, operator: OperatorId) -> Observable[tuple[DepartmentId, ...]]:
        names = self._directory
        directories: Observable[Directory] = self._now_and_then(names, lambda: names.view, names.views)
        served: Callable[[Directory], tuple[DepartmentId, ...]] = partial(_served, operator)
        return directories.pipe(ops.map(served), ops.distinct_until_changed())


def _served(operator: OperatorId, names: Directory) -> tuple[DepartmentId, ...]:
    return names.departments_of(operator)


def _needed(operator: OperatorId | None, view: AnyView) -> OperatorId:
    if operator is None:
        raise ValueError(f"{name_of(view)}: for whom?")
    return operator
