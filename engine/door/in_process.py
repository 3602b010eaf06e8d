"""The door inside the main process: every call is checked by its row in the registry, then the house is asked."""

from collections.abc import Callable
from typing import TypeVar

import msgspec
import reactivex
from reactivex import Observable, abc, operators
from reactivex.disposable import Disposable, SerialDisposable

from engine.accounts import Accounts
from engine.background import Background
from engine.commands import Done, OperatorCaller, Outcome, Refused, Type
from engine.commands.filling import fill
from engine.core import Core
from engine.counters import Ports, Sockets, VisitorSockets
from engine.door.callers import Callers
from engine.door.inside import Inside, Secrets
from engine.door.interface import DoorError, Frame
from engine.door.registry import ACTS, REQUESTS, VIEWS, check
from engine.door.requests import Request
from engine.door.rights import HOUSE, SessionCaller
from engine.door.tabs import Tabs
from engine.ids import draw_id
from engine.signals import Typing
from engine.streams.live import LiveViews
from engine.text import TextRefused
from engine.views import AnyView

A = TypeVar("A")
NO_SECRETS: Secrets = {}


class InProcessDoor:
    """`Door` over the core, the views and the accounts of this process, as one process's key opens it."""

    def __init__(self, inside: Inside, process: str = HOUSE) -> None:
        self._inside, self._process = inside, process
        self._background = Background()

    @classmethod
    def over(
        cls,
        core: Core,
        views: LiveViews,
        accounts: Accounts,
        *,
        epoch: str,
        secrets: Secrets = NO_SECRETS,
        visitors: VisitorSockets | None = None,
    ) -> "InProcessDoor":
        """The house's own door.

        `secrets` is what each worker may be told, `visitors` what became of the visitors' sockets.
        """
        callers = Callers(accounts, lambda: views.directory, views.directories)
        inside = Inside(
            core=core,
            views=views,
            accounts=accounts,
            epoch=epoch,
            callers=callers,
            tabs=Tabs(callers.signed_in, lambda command: core.send(command, sender="door")),
            secrets=secrets,
            visitors=visitors or VisitorSockets(),
            processes=Sockets(),
        )
        return cls(inside)

    @property
    def counted(self) -> Sockets:
        """What became of the sockets of the processes at this door."""
        return self._inside.processes

    @property
    def ports(self) -> Ports:
        """What became of connections at main's port before they were heard."""
        return self._inside.ports

    def for_process(self, process: str) -> "InProcessDoor":
        """The same door, opened by another process's key."""
        return InProcessDoor(self._inside, process)

    # --- requests and acts -----------------------------------------------------------------------------------------

    async def ask(self, request: Request[A], *, session: str | None = None) -> A:
        """See `Requests`."""
        row = REQUESTS[type(request)]
        caller = await self._inside.callers.of(self._process, session)
        check(self._inside, caller, row, request)
        answer: A = await row.handler(self._inside, request, caller)
        return answer

    async def act(self, asked: msgspec.Struct, *, session: str, client_id: str) -> Outcome:
        """See `Acts`."""
        try:
            caller = await self._inside.callers.signed_in(session)
            operator = caller.person.operator
            command = fill(asked, OperatorCaller(operator), client_id=client_id, draw=draw_id)
            check(self._inside, caller, ACTS[type(command)], command)
        except DoorError as refused:
            return Refused(reason="signed-out" if refused.reason == "signed-out" else "forbidden")
        except TextRefused as fault:
            return Refused(reason=fault.reason, limit=fault.limit)
        if isinstance(command, Type):
            self._inside.core.signal(Typing(conversation=command.conversation, party=command.by))
            return Done()
        return await self._inside.core.send(command, sender=operator, client_id=client_id)

    def open_tab(self, *, session: str, tab: str) -> Callable[[], None]:
        """See `Door`."""
        return self._inside.tabs.open(session=session, tab=tab)

    def connected(self) -> Observable[bool]:
        """See `Door`: here main always answers."""
        return reactivex.concat(reactivex.just(True), reactivex.never())

    # --- views -----------------------------------------------------------------------------------------------------

    def watch(self, view: AnyView, *, session: str, after: str | None = None) -> Observable[Frame]:
        """See `Views`."""
        row = VIEWS[type(view)]

        def still(caller: SessionCaller) -> None:
            check(self._inside, caller, row, view)

        def steps(caller: SessionCaller) -> Observable[Frame]:
            still(caller)
            seen: Observable[Frame] = row.steps(self._inside, view, caller, after)
            changes = self._inside.callers.changes(caller).pipe(operators.do_action(still), operators.ignore_elements())
            return reactivex.merge(changes, seen)

        return self._for_caller(session, steps)

    def _for_caller(self, session: str, steps: Callable[[SessionCaller], Observable[Frame]]) -> Observable[Frame]:
        """What `steps` gives to the caller of a session."""

        def subscribe(observer: abc.ObserverBase[Frame], scheduler: abc.SchedulerBase | None = None) -> Disposable:
            inner = SerialDisposable()

            async def begin() -> None:
                try:
                    seen = steps(await self._inside.callers.signed_in(session))
                except DoorError as refused:
                    observer.on_error(refused)
                else:
                    inner.disposable = seen.subscribe(observer, scheduler=scheduler)

            task = self._background.run(begin(), name="begin a watch")

            def leave() -> None:
                task.cancel()
                inner.dispose()

            return Disposable(leave)

        return reactivex.create(subscribe)
