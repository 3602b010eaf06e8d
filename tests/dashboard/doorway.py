"""The house's door, and a hand on it: it keeps what was asked for, and as a test says it is late, fails or is lost.

It knows no rules: what it does not hold back, the door behind it answers.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar, cast

import msgspec
from reactivex import Observable, defer, merge, operators, throw
from reactivex.subject import BehaviorSubject, Subject

from engine.commands import Act, Outcome, Refused, Type
from engine.commands.filling import unfilled
from engine.door.answers import SignedIn
from engine.door.interface import Door, DoorError, Frame
from engine.door.requests import Request, SignIn, Who
from engine.streams.views.mine import OwnConversation
from engine.streams.views.visitors_now import Badge
from engine.views import AnyView, name_of

A = TypeVar("A")


class Doorway:
    """Implements `Door`.

    Attributes:
        sent: each act that came: the login of who asked, what, and under which client_id.
        answers: given first, instead of the door's; the acts do not get through.
        fails: what is not answered, each with the reason of the error.
        secrets: those of the sign-ins that were made here.
        asked: the kinds of requests that came, in their order.
        late: what is done shows at once, its answer comes after this.
        held: the views that come once they are let go; `lost` those that end at once, each with the reason.
        tabs: those that are open; `subscriptions` how many views are watched.

    """

    def __init__(self, door: Door) -> None:
        self._door = door
        self.sent: list[tuple[str, Act, str]] = []
        self.answers: list[Outcome] = []
        self.fails: dict[type[Request[Any]], str] = {}
        self.secrets: list[str] = []
        self.asked: list[type] = []
        self.late: asyncio.Event | None = None
        self.held: set[str] = set()
        self.lost: dict[str, str] = {}
        self._let_go: Subject[str] = Subject()
        self.tabs: set[str] = set()
        self.subscriptions = 0
        self._up = BehaviorSubject(True)
        self._told: Subject[Frame] = Subject()
        self._put: defaultdict[str, dict[str, Badge | OwnConversation]] = defaultdict(dict)

    @property
    def up(self) -> bool:
        """Whether main answers."""
        return bool(self._up.value)

    @up.setter
    def up(self, value: bool) -> None:
        self._up.on_next(value)

    def clear(self) -> None:
        """The hand is off; nothing was asked."""
        if not self.up:
            self.up = True
        self.sent.clear()
        self.answers.clear()
        self.fails.clear()
        for view, rows in self._put.items():
            self.drop(view, *list(rows))
        self.late = None
        self.lost.clear()
        self.let_go(*self.held)

    def let_go(self, *views: str) -> None:
        """These views come now, with all that happened meanwhile."""
        self.held.difference_update(views)
        for one in views:
            self._let_go.on_next(one)

    def put(self, view: str, *rows: Badge | OwnConversation) -> None:
        """Rows that the house does not have: they stand beside its own."""
        self._put[view] |= {row.id: row for row in rows}
        self._told.on_next(_frame(view, {"set": rows, "gone": []}))

    def drop(self, view: str, *ids: str) -> None:
        """Such rows are gone."""
        for one in ids:
            del self._put[view][one]
        self._told.on_next(_frame(view, {"set": [], "gone": ids}))

    # --- the door ------------------------------------------------------------------------------------------------

    async def ask(self, request: Request[A], *, session: str | None = None) -> A:
        """See `Door`."""
        self.asked.append(type(request))
        if not self.up:
            raise DoorError("disconnected")
        if type(request) in self.fails:
            raise DoorError(self.fails[type(request)])
        if self.answers and isinstance(request, SignIn):
            return cast("A", self.answers.pop(0))
        answer = await self._door.ask(request, session=session)
        if isinstance(answer, SignedIn):
            self.secrets.append(answer.session)
        return answer

    async def act(self, asked: msgspec.Struct, *, session: str, client_id: str) -> Outcome:
        """See `Door`; that somebody types is not kept."""
        if not self.up:
            return Refused(reason="disconnected")
        command = unfilled(asked)
        if not isinstance(command, Type):
            who = await self._door.ask(Who(session=session))
            self.sent.append((who.login if who else "", command, client_id))
            if self.answers:
                return self.answers.pop(0)
        outcome = await self._door.act(asked, session=session, client_id=client_id)
        if self.late:
            await self.late.wait()
        return outcome

    def watch(self, view: AnyView, *, session: str, after: str | None = None) -> Observable[Frame]:
        """See `Door`."""
        name = name_of(view)

        def is_told(frame: Frame) -> bool:
            return frame.view == name

        told = self._told.pipe(operators.filter(is_told))
        if name in self.lost:
            return throw(DoorError(self.lost[name]))
        seen = self._door.watch(view, session=session, after=after).pipe(operators.map_indexed(self._beside))
        if name in self.held:
            let_go = self._let_go.pipe(operators.filter(lambda one: one == name), operators.take(1))
            return self._counted(let_go.pipe(operators.flat_map(lambda _: merge(seen, told))))
        return self._counted(merge(seen, told))

    def _beside(self, frame: Frame, step: int) -> Frame:
        """What a view begins with, and what was put beside it."""
        put = self._put.get(frame.view)
        if step or not put:
            return frame
        return _frame(frame.view, {"all": [*msgspec.json.decode(frame.body)["all"], *put.values()]})

    def open_tab(self, *, session: str, tab: str) -> Callable[[], None]:
        """See `Door`."""
        close = self._door.open_tab(session=session, tab=tab)
        self.tabs.add(tab)

        def gone() -> None:
            self.tabs.discard(tab)
            close()

        return gone

    def connected(self) -> Observable[bool]:
        """See `Door`."""
        return self._up

    def _counted(self, source: Observable[Frame]) -> Observable[Frame]:
        def count(_scheduler: Any) -> Observable[Frame]:
            self.subscriptions += 1
            return source.pipe(operators.finally_action(self._uncount))

        return defer(count)

    def _uncount(self) -> None:
        self.subscriptions -= 1


def _frame(view: str, body: Any) -> Frame:
    return Frame(view=view, token="", body=msgspec.Raw(msgspec.json.encode(body)))
