"""One operator's dashboard tab: whose it is, its way to the door, and everything it has subscribed to.

It must not know any component; a tab that closes disposes all it watched.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any, TypeVar

import msgspec
import reactivex
from reactivex import Observable
from reactivex import operators as ops
from reactivex.abc import DisposableBase
from reactivex.disposable import CompositeDisposable
from reactivex.subject import BehaviorSubject

from dashboard.exports.kept import Exports
from dashboard.history.question import History, NoHistory
from dashboard.signins import SignIn
from engine.background import Background
from engine.commands import Outcome, Refused
from engine.counters import Sockets
from engine.door.answers import Person, Question
from engine.door.interface import Door, DoorError, Frame, Views
from engine.door.requests import AskHistory, Request
from engine.history.errors import HistoryError, no_leave
from engine.look.catalogue import catalogue
from engine.views import AnyView

T = TypeVar("T")
log = logging.getLogger(__name__)


class Tab:
    """What the components of one document share.

    `in_document` gives the context in which Panel objects may be changed; `later` runs something in
    a later turn of the loop, under the document's lock; `signed_out` is called when main says that
    the sign-in is over. `history` is what has been; `exports` holds what may be downloaded;
    `counted` is what the process counts of its tabs.

    Attributes:
        views: what the sections watch: the door, or the views of a moment that is past. The shell watches the door.

    """

    def __init__(  # noqa: PLR0913 - what a tab has comes from outside, by name
        self,
        door: Door,
        sign_in: SignIn,
        *,
        in_document: Callable[[], AbstractContextManager[object]] = nullcontext,
        later: Callable[[Callable[[], None]], None] = lambda work: work(),
        signed_out: Callable[[], None] = lambda: None,
        history: History | None = None,
        exports: Exports | None = None,
        counted: Sockets | None = None,
        lang: str = "en",
    ) -> None:
        self._door = door
        self.views: BehaviorSubject[Views] = BehaviorSubject(door)
        self._session = sign_in.secret
        self.person: Person = sign_in.person
        self.lang = lang
        self.words = catalogue(lang)
        self._in_document = in_document
        self._signed_out = signed_out
        self.later = later
        self.history: History = history or NoHistory()
        self.exports = exports or Exports()
        self.counted = counted or Sockets()
        self._subscriptions = CompositeDisposable()
        self._background = Background()

    def watch(
        self,
        view: AnyView,
        sink: Callable[[Frame], None],
        *,
        after: str | None = None,
        failed: Callable[[str], None] = lambda _reason: None,
        live: bool = False,
    ) -> DisposableBase:
        """Give each step of a view to `sink`, until disposed of or until the tab closes; `live`: always the door's.

        Where the tab's `views` are others, the view begins anew from them, with its whole picture; what fails there
        is said, and the view is back with the next ones.
        """
        if live:
            return self._subscribe(self._door.watch(view, session=self._session, after=after), sink, failed)

        def of(views: Views) -> Observable[Frame]:
            frames = views.watch(view, session=self._session, after=after if views is self._door else None)
            return frames.pipe(ops.catch(lambda error, _source: self._ended(error, failed)))

        return self._subscribe(self.views.pipe(ops.map(of), ops.switch_latest()), sink, failed)

    def connected(self, sink: Callable[[bool], None]) -> DisposableBase:
        """Tell `sink` whether main answers, now and at each change."""
        return self._subscribe(self._door.connected(), sink, lambda _reason: None)

    def act(self, asked: msgspec.Struct, *, client_id: str, answered: Callable[[Outcome], None]) -> None:
        """Ask main to do something; `answered` gets the outcome, also when main is away."""
        self._background.run(self._act(asked, client_id, answered), name="a tab acts")

    def ask(self, request: Request[T], *, answered: Callable[[T], None], failed: Callable[[str], None]) -> None:
        """Ask main something; one of the two gets the outcome."""
        self._background.run(self._ask(request, answered, failed), name="a tab asks main")

    def look_up(
        self,
        question: Question,
        answer: Callable[[], Coroutine[Any, Any, T]],
        *,
        answered: Callable[[T], None],
        failed: Callable[[HistoryError], None],
    ) -> asyncio.Task[None]:
        """Ask the history something, with main's leave; one of the two gets the outcome, unless it is cancelled."""
        answer_with_leave = partial(self._with_leave, question, answer)
        return self._background.run(self._look_up(answer_with_leave, answered, failed), name="a tab asks the history")

    def at_close(self, disposable: DisposableBase) -> None:
        """Dispose of something when the document is gone."""
        self._subscriptions.add(disposable)

    def close(self) -> None:
        """The document is gone."""
        self._subscriptions.dispose()
        self._background.cancel()

    def forget(self, subscription: DisposableBase) -> None:
        """Dispose of one subscription before the tab closes."""
        self._subscriptions.remove(subscription)
        subscription.dispose()

    async def _act(self, asked: msgspec.Struct, client_id: str, answered: Callable[[Outcome], None]) -> None:
        try:
            outcome = await self._door.act(asked, session=self._session, client_id=client_id)
        except DoorError as gone:
            outcome = Refused(reason="disconnected", detail=gone.reason)
        if isinstance(outcome, Refused) and outcome.reason == "signed-out":
            self._signed_out()
        with self._in_document():
            answered(outcome)

    async def _ask(self, request: Request[T], answered: Callable[[T], None], failed: Callable[[str], None]) -> None:
        try:
            answer = await self._asked(request)
        except DoorError as refused:
            with self._in_document():
                failed(refused.reason)
            return
        with self._in_document():
            answered(answer)

    async def _asked(self, request: Request[T]) -> T:
        try:
            return await self._door.ask(request, session=self._session)
        except DoorError as refused:
            if refused.reason == "signed-out":
                self._signed_out()
            raise

    async def _with_leave(self, question: Question, answer: Callable[[], Coroutine[Any, Any, T]]) -> T:
        try:
            await self._asked(AskHistory(question=question))
        except DoorError as refused:
            raise no_leave(refused.reason) from None
        return await answer()

    async def _look_up(
        self,
        answer_with_leave: Callable[[], Coroutine[Any, Any, T]],
        answered: Callable[[T], None],
        failed: Callable[[HistoryError], None],
    ) -> None:
        try:
            answer = await answer_with_leave()
        except HistoryError as error:
            log.warning("a dashboard tab's question to the history was not answered: %s", error)
            with self._in_document():
                failed(error)
            return
        with self._in_document():
            answered(answer)

    def _subscribe(
        self, source: Observable[T], sink: Callable[[T], None], failed: Callable[[str], None]
    ) -> DisposableBase:
        def step(value: T) -> None:
            try:
                with self._in_document():
                    sink(value)
            except Exception:  # one tab's trouble must not end the stream that others share
                log.exception("a dashboard tab could not show a step")

        subscription = source.subscribe(step, lambda error: self._lost(error, failed))
        self._subscriptions.add(subscription)
        return subscription

    def _ended(self, error: Exception, failed: Callable[[str], None]) -> Observable[Any]:
        self._lost(error, failed)
        return reactivex.never()

    def _lost(self, error: Exception, failed: Callable[[str], None]) -> None:
        reason = error.reason if isinstance(error, DoorError) else "failed"
        if reason == "signed-out":
            self._signed_out()
            return
        log.warning("a dashboard tab lost a view: %s", error)
        with self._in_document():
            failed(reason)
