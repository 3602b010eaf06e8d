"""The door from another process: one websocket to main that comes back by itself and takes up what was watched."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec
import reactivex
from reactivex import Observable, abc, operators
from reactivex.disposable import Disposable
from reactivex.subject import BehaviorSubject
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, WebSocketClosedError

from engine.commands import Done, HouseCommand, Outcome, Refused
from engine.commands.filling import bare
from engine.dial import dial, hang_up
from engine.door import frames
from engine.door.interface import DoorError, Frame, House, Person, SignedIn
from engine.events import ConversationId, DepartmentId, Role, SiteId
from engine.found import Found
from engine.story import Step
from engine.views import View

log = logging.getLogger(__name__)
T = TypeVar("T")
DISCONNECTED = Refused(reason="disconnected")
RETRY_S = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)  # between attempts to reach main; the last one repeats
PING_S = 10.0
WELCOME_S = 5.0
ANSWER_LIMIT = 64 << 20  # bytes
_decode = msgspec.json.Decoder(frames.AnyReply).decode
_encode = msgspec.json.Encoder().encode


Ask = Callable[[int, str | None], frames.AnyRequest]  # (number, token to go on after) -> the request


class _Watch:
    """Something watched: how to ask for it (again), and who gets it."""

    __slots__ = ("ask", "observer", "token")

    def __init__(self, ask: Ask, observer: abc.ObserverBase[Frame], token: str | None) -> None:
        self.ask, self.observer, self.token = ask, observer, token


class RemoteDoor:
    """`Door` over a websocket. Use as an async context manager; it connects in the background."""

    def __init__(self, url: str, secret: str) -> None:
        self._url, self._secret = url, secret
        self._socket: WebSocketClientConnection | None = None
        self._number = 0
        self._answers: dict[int, asyncio.Future[msgspec.Raw]] = {}
        self._watches: dict[int, _Watch] = {}
        self._tabs: dict[str, frames.OpenTab] = {}
        self._connected = BehaviorSubject(False)
        self._running: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._running = asyncio.create_task(self._run(), name="door")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
        await self._lost()

    # --- requests --------------------------------------------------------------------------------------------------

    async def sign_in(self, login: str, password: str, *, address: str) -> SignedIn | Refused:
        """See `Door`."""
        request = frames.SignIn(id=self._next(), login=login, password=password, address=address)
        return await self._ask(request, SignedIn | Refused, DISCONNECTED)

    async def sign_out(self, session: str) -> None:
        """See `Door`."""
        await self._ask(frames.SignOut(id=self._next(), session=session), type(None), None)

    async def who(self, session: str) -> Person | None:
        """See `Door`."""
        answer = await self._request(frames.Who(id=self._next(), session=session))
        return msgspec.json.decode(answer, type=Person | None)

    async def set_first_password(self, code: str, login: str, password: str) -> Refused | None:
        """See `Door`."""
        request = frames.SetFirstPassword(id=self._next(), code=code, login=login, password=password)
        return await self._ask(request, Refused | None, DISCONNECTED)

    async def send(self, asked: msgspec.Struct, *, session: str, client_id: str) -> Outcome:
        """See `Door`."""
        request = frames.Send(id=self._next(), session=session, client_id=client_id, act=bare(asked))
        return await self._outcome(request)

    async def administer(self, command: HouseCommand) -> Outcome:
        """See `Door`."""
        return await self._outcome(frames.Administer(id=self._next(), command=command))

    async def add_person(
        self, login: str, password: str, *, name: str, role: Role, departments: tuple[DepartmentId, ...]
    ) -> Outcome:
        """See `Door`."""
        request = frames.AddPerson(
            id=self._next(), login=login, password=password, name=name, role=role, departments=departments
        )
        return await self._outcome(request)

    async def story(self, conversation: ConversationId, *, session: str | None) -> tuple[Step, ...]:
        """See `Door`."""
        request = frames.AskStory(id=self._next(), conversation=conversation, session=session)
        return msgspec.json.decode(await self._request(request), type=tuple[Step, ...])

    async def find_messages(self, text: str, *, session: str, before: int | None = None) -> tuple[Found, ...]:
        """See `Door`."""
        request = frames.FindMessages(id=self._next(), text=text, session=session, before=before)
        return msgspec.json.decode(await self._request(request), type=tuple[Found, ...])

    async def site_secret(self, site: SiteId) -> str:
        """See `Door`."""
        return msgspec.json.decode(await self._request(frames.AskSiteSecret(id=self._next(), site=site)), type=str)

    async def house(self) -> House:
        """See `Door`."""
        return msgspec.json.decode(await self._request(frames.AskHouse(id=self._next())), type=House)

    async def _outcome(self, request: frames.AnyRequest) -> Outcome:
        try:
            return await self._ask(request, Done | Refused, DISCONNECTED)
        except UnicodeEncodeError:  # a lone surrogate, which no text may hold
            return Refused(reason="bad-text")

    async def _ask(self, request: frames.AnyRequest, answer: Any, away: T) -> T:
        """The decoded answer, or `away` where main cannot be reached."""
        try:
            result: T = msgspec.json.decode(await self._request(request), type=answer)
        except DoorError as error:
            if error.reason == "disconnected":
                return away
            raise
        return result

    async def _request(self, request: frames.AnyRequest) -> msgspec.Raw:
        if not self._connected.value:
            raise DoorError("disconnected")
        return await self._exchange(request)

    async def _exchange(self, request: frames.AnyRequest) -> msgspec.Raw:
        future: asyncio.Future[msgspec.Raw] = asyncio.get_running_loop().create_future()
        self._answers[request.id] = future
        try:
            self._post(request)
            return await future
        finally:
            self._answers.pop(request.id, None)

    # --- views and tabs --------------------------------------------------------------------------------------------

    def watch(self, view: View, *, session: str, key: str | None = None, after: str | None = None) -> Observable[Frame]:
        """See `Door`."""
        return self._follow(lambda number, _: frames.Watch(id=number, session=session, view=view, key=key), after)

    def conversation(
        self, conversation: ConversationId, *, session: str, after: str | None = None
    ) -> Observable[Frame]:
        """See `Door`."""

        def ask(number: int, token: str | None) -> frames.AnyRequest:
            return frames.WatchConversation(id=number, session=session, conversation=conversation, after=token)

        return self._follow(ask, after)

    def _follow(self, ask: Ask, after: str | None) -> Observable[Frame]:
        def subscribe(observer: abc.ObserverBase[Frame], _scheduler: abc.SchedulerBase | None = None) -> Disposable:
            number = self._next()
            self._watches[number] = _Watch(ask, observer, after)
            self._tell(ask(number, after))

            def leave() -> None:
                if self._watches.pop(number, None):
                    self._tell(frames.Unwatch(id=number))

            return Disposable(leave)

        return reactivex.create(subscribe)

    def open_tab(self, *, session: str, tab: str) -> Callable[[], None]:
        """See `Door`."""
        request = frames.OpenTab(id=self._next(), session=session, tab=tab)
        self._tabs[tab] = request
        self._tell(request)

        def close() -> None:
            if self._tabs.pop(tab, None):
                self._tell(frames.CloseTab(id=self._next(), tab=tab))

        return close

    def connected(self) -> Observable[bool]:
        """See `Door`."""
        return self._connected.pipe(operators.distinct_until_changed())

    # --- the connection --------------------------------------------------------------------------------------------

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _post(self, request: frames.AnyRequest) -> None:
        if self._socket is None:
            raise DoorError("disconnected")
        try:
            sent = asyncio.ensure_future(self._socket.write_message(_encode(request), binary=False))
        except WebSocketClosedError as closed:  # it is, and nobody has noticed yet
            raise DoorError("disconnected") from closed
        sent.add_done_callback(lambda one: one.cancelled() or one.exception())  # the loss itself is told elsewhere

    def _tell(self, request: frames.AnyRequest) -> None:
        """Send what is said again after a loss, or need not be said then."""
        if self._connected.value:
            with suppress(DoorError):
                self._post(request)

    async def _run(self) -> None:
        attempt = 0
        while True:
            try:
                await self._connect()
                attempt = 0
                await self._read()
            except (OSError, TimeoutError, DoorError) as error:
                log.info("main is away: %r", error)
            await self._lost()
            await asyncio.sleep(RETRY_S[min(attempt, len(RETRY_S) - 1)])
            attempt += 1

    async def _connect(self) -> None:
        try:
            socket = await dial(HTTPRequest(self._url), ping_interval=PING_S, max_message_size=ANSWER_LIMIT)
        except Exception as error:  # Tornado raises its own HTTP errors beside OSError
            raise DoorError("disconnected") from error
        self._socket = socket
        self._post(frames.Hello(id=self._next(), secret=self._secret))
        if await asyncio.wait_for(socket.read_message(), WELCOME_S) is None:
            raise DoorError("forbidden")
        for tab in self._tabs.values():
            self._post(tab)
        for number, watch in list(self._watches.items()):
            self._post(watch.ask(number, watch.token))
        self._connected.on_next(True)

    async def _read(self) -> None:
        socket = self._socket
        while socket is not None and (message := await socket.read_message()) is not None:
            self._take(message)

    def _take(self, message: str | bytes) -> None:
        reply = _decode(message)
        if isinstance(reply, frames.Next):
            self._step(reply)
        elif (future := self._answers.get(reply.id)) is not None and not future.done():
            if isinstance(reply, frames.Answer):
                future.set_result(reply.result)
            else:
                future.set_exception(DoorError(reply.reason))
        elif isinstance(reply, frames.Failed) and (watch := self._watches.pop(reply.id, None)):
            watch.observer.on_error(DoorError(reply.reason))

    def _step(self, reply: frames.Next) -> None:
        watch = self._watches.get(reply.id)
        if watch is not None:
            watch.token = reply.frame.token or watch.token
            try:
                watch.observer.on_next(reply.frame)
            except Exception:
                log.exception("a watcher of %s failed", reply.frame.view)

    async def _lost(self) -> None:
        socket, self._socket = self._socket, None
        if self._connected.value:
            self._connected.on_next(False)
        for future in self._answers.values():
            if not future.done():
                future.set_exception(DoorError("disconnected"))
        if socket is not None:
            await hang_up(socket)
