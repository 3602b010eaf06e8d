"""The door from another process: one websocket to main that comes back by itself and takes up what was watched."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self, TypeVar, cast, get_args

import msgspec
import reactivex
from reactivex import Observable, abc, operators
from reactivex.disposable import Disposable
from reactivex.subject import BehaviorSubject
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, WebSocketClosedError

from engine.commands import Done, Outcome, Refused
from engine.commands.filling import bare
from engine.door import frames
from engine.door.interface import DoorError, Frame
from engine.door.requests import Request, answer_of
from engine.views import AnyView
from engine.wire.dial import dial, hang_up

log = logging.getLogger(__name__)
A = TypeVar("A")
DISCONNECTED = Refused(reason="disconnected")
RETRY_S = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)  # between attempts to reach main; the last one repeats
PING_S = 10.0
WELCOME_S = 5.0
ANSWER_LIMIT = 64 << 20  # bytes
_decode = msgspec.json.Decoder(frames.AnyReply).decode
_encode = msgspec.json.Encoder().encode


class _Watch:
    """Something watched: how to ask for it (again), and who gets it."""

    __slots__ = ("call", "observer")

    def __init__(self, call: frames.Watch, observer: abc.ObserverBase[Frame]) -> None:
        self.call, self.observer = call, observer


class RemoteDoor:
    """`Door` over a websocket, opened by a process's key. Use as an async context manager.

    It connects in the background.
    """

    def __init__(self, url: str, key: str) -> None:
        self._url, self._key = url, key
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

    # --- requests and acts -----------------------------------------------------------------------------------------

    async def ask(self, request: Request[A], *, session: str | None = None) -> A:
        """See `Requests`. Where the answer can be `Refused`, it also says that main is away, or a text none."""
        wanted = answer_of(type(request))
        try:
            call = frames.Ask(id=self._next(), session=session, request=msgspec.Raw(_encode(request)))
            answer: A = msgspec.json.decode(await self._request(call), type=wanted)
        except DoorError as error:
            if error.reason != "disconnected" or Refused not in get_args(wanted):
                raise
            return cast("A", DISCONNECTED)
        except UnicodeEncodeError:  # a lone surrogate, which no text may hold
            if Refused not in get_args(wanted):
                raise DoorError("bad-text") from None
            return cast("A", Refused(reason="bad-text"))
        return answer

    async def act(self, asked: msgspec.Struct, *, session: str, client_id: str) -> Outcome:
        """See `Acts`."""
        call = frames.Act(id=self._next(), session=session, client_id=client_id, act=bare(asked))
        try:
            return msgspec.json.decode(await self._request(call), type=Done | Refused)
        except DoorError as error:
            if error.reason != "disconnected":
                raise
            return DISCONNECTED
        except UnicodeEncodeError:  # as above
            return Refused(reason="bad-text")

    async def _request(self, call: frames.AnyCall) -> msgspec.Raw:
        if not self._connected.value:
            raise DoorError("disconnected")
        return await self._exchange(call)

    async def _exchange(self, call: frames.AnyCall) -> msgspec.Raw:
        future: asyncio.Future[msgspec.Raw] = asyncio.get_running_loop().create_future()
        self._answers[call.id] = future
        try:
            self._post(call)
            return await future
        finally:
            self._answers.pop(call.id, None)

    # --- views and tabs --------------------------------------------------------------------------------------------

    def watch(self, view: AnyView, *, session: str, after: str | None = None) -> Observable[Frame]:
        """See `Views`."""

        def subscribe(observer: abc.ObserverBase[Frame], _scheduler: abc.SchedulerBase | None = None) -> Disposable:
            watch = _Watch(frames.Watch(id=self._next(), session=session, view=view, after=after), observer)
            self._watches[watch.call.id] = watch
            self._tell(watch.call)

            def leave() -> None:
                if self._watches.pop(watch.call.id, None):
                    self._tell(frames.Unwatch(id=watch.call.id))

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

    def _post(self, call: frames.AnyCall) -> None:
        if self._socket is None:
            raise DoorError("disconnected")
        try:
            sent = asyncio.ensure_future(self._socket.write_message(_encode(call), binary=False))
        except WebSocketClosedError as closed:  # it is, and nobody has noticed yet
            raise DoorError("disconnected") from closed
        sent.add_done_callback(lambda one: one.cancelled() or one.exception())  # the loss itself is told elsewhere

    def _tell(self, call: frames.AnyCall) -> None:
        """Send what is said again after a loss, or need not be said then."""
        if self._connected.value:
            with suppress(DoorError):
                self._post(call)

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
        self._post(frames.Hello(id=self._next(), key=self._key))
        if await asyncio.wait_for(socket.read_message(), WELCOME_S) is None:
            raise DoorError("forbidden")
        for tab in self._tabs.values():
            self._post(tab)
        for watch in list(self._watches.values()):
            self._post(watch.call)
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
            if reply.frame.token:
                watch.call = msgspec.structs.replace(watch.call, after=reply.frame.token)
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
