"""The door's websocket in main: `/door`, loopback only, opened by the door's secret in the first frame."""

import hmac
import ipaddress
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import msgspec
from reactivex import Observable, abc
from tornado.websocket import WebSocketHandler

from engine.background import Background
from engine.commands import Refused
from engine.door import frames
from engine.door.in_process import InProcessDoor
from engine.door.interface import DoorError, Frame
from engine.outlet import Outlet

log = logging.getLogger(__name__)
BAD_FRAME, FORBIDDEN = 1003, 4403
PING_S = 10.0
REQUEST_LIMIT = 4 << 20  # bytes; what tabs send is bounded before, by characters
BOUND = 64 << 20  # bytes that may wait for a whole dashboard process
_decode = msgspec.json.Decoder(frames.AnyRequest).decode
_encode = msgspec.json.Encoder().encode


class DoorSocket(WebSocketHandler):
    """One connection through the door. Its tabs and its watches end with it."""

    def initialize(self, door: InProcessDoor, secret: str) -> None:
        """Bind to the door."""
        self._door, self._secret = door, secret
        self._admitted = False
        self._outlet = Outlet(self, bound=BOUND)
        self._watches: dict[int, abc.DisposableBase] = {}
        self._tabs: dict[str, Callable[[], None]] = {}
        self._background = Background()

    @property
    def max_message_size(self) -> int:
        """Requests of a whole dashboard come through here; the visitors' small limit is not theirs."""
        return REQUEST_LIMIT

    @property
    def ping_interval(self) -> float:
        """Seconds between pings; a dashboard process that stands still is given up after as many again."""
        return PING_S

    def check_origin(self, origin: str) -> bool:
        """No browser comes through the door: they always say an origin."""
        return not origin

    def prepare(self) -> None:
        """Only this machine."""
        if not ipaddress.ip_address(self.request.remote_ip or "0.0.0.0").is_loopback:  # noqa: S104 - not bound, refused
            self.send_error(403)

    def open(self) -> None:
        """Send each answer at once: small frames must not wait until the last one is acknowledged (40 ms)."""
        self.set_nodelay(True)

    async def on_message(self, message: str | bytes) -> None:
        """Take a request; what is no request closes the connection."""
        try:
            request = _decode(message)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            log.warning("the door got a bad frame: %s", error)
            self.close(BAD_FRAME, "bad-frame")
            return
        if isinstance(request, frames.Hello):
            self._admitted = hmac.compare_digest(request.secret.encode(), self._secret.encode())
        if not self._admitted:
            self.close(FORBIDDEN, "forbidden")
            return
        self._background.run(self._answer(request), name=type(request).__name__)

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Close, after what was said."""
        self._outlet.flush()
        super().close(code, reason)

    def on_close(self) -> None:
        """Its tabs are lost, its watches end; what was asked for happens all the same."""
        self._admitted = False
        for watch in self._watches.values():
            watch.dispose()
        for close in self._tabs.values():
            close()

    async def _answer(self, request: frames.AnyRequest) -> None:
        try:
            result = HANDLERS[type(request)](self, request)
            if isinstance(result, Coroutine):
                self._reply(frames.Answer(id=request.id, result=msgspec.Raw(_encode(await result))))
        except DoorError as error:
            self._reply(frames.Failed(id=request.id, reason=error.reason))
        except Exception:
            log.exception("a request through the door failed: %s", type(request).__name__)
            self._reply(frames.Failed(id=request.id, reason="busy"))

    def _reply(self, reply: frames.AnyReply) -> None:
        if self._admitted:
            self._outlet.send(_encode(reply))

    # --- what has no answer ----------------------------------------------------------------------------------------

    def watch(self, request: frames.Watch) -> None:
        """Begin to watch a view."""
        self._follow(request.id, self._door.watch(request.view, session=request.session, key=request.key))

    def watch_conversation(self, request: frames.WatchConversation) -> None:
        """Begin to follow a conversation."""
        steps = self._door.conversation(request.conversation, session=request.session, after=request.after)
        self._follow(request.id, steps)

    def _follow(self, number: int, steps: Observable[Frame]) -> None:
        def failed(error: Exception) -> None:
            reason = error.reason if isinstance(error, DoorError) else "busy"
            if not isinstance(error, DoorError):
                log.error("a watched view failed", exc_info=error)
            self._watches.pop(number, None)
            self._reply(frames.Failed(id=number, reason=reason))

        self._watches[number] = steps.subscribe(
            lambda frame: self._reply(frames.Next(id=number, frame=frame)), on_error=failed
        )

    def unwatch(self, request: frames.Unwatch) -> None:
        """End a watch."""
        if watch := self._watches.pop(request.id, None):
            watch.dispose()

    def open_tab(self, request: frames.OpenTab) -> None:
        """A dashboard tab is open."""
        if request.tab not in self._tabs:
            self._tabs[request.tab] = self._door.open_tab(session=request.session, tab=request.tab)

    def close_tab(self, request: frames.CloseTab) -> None:
        """A dashboard tab was closed."""
        if close := self._tabs.pop(request.tab, None):
            close()

    # --- what has one ----------------------------------------------------------------------------------------------

    async def hello(self, _request: frames.Hello) -> bool:
        """The secret was right."""
        return True

    async def sign_in(self, request: frames.SignIn) -> object:
        """See `Door`."""
        return await self._door.sign_in(request.login, request.password, address=request.address)

    async def set_first_password(self, request: frames.SetFirstPassword) -> Refused | None:
        """See `Door`."""
        return await self._door.set_first_password(request.code, request.login, request.password)

    async def send(self, request: frames.Send) -> object:
        """See `Door`."""
        return await self._door.send(request.act, session=request.session, client_id=request.client_id)

    async def add_person(self, request: frames.AddPerson) -> object:
        """See `Door`."""
        return await self._door.add_person(
            request.login, request.password, name=request.name, role=request.role, departments=request.departments
        )


Handler = Callable[[DoorSocket, Any], Awaitable[object] | None]
HANDLERS: dict[type[frames.Request], Handler] = {
    frames.Hello: DoorSocket.hello,
    frames.SignIn: DoorSocket.sign_in,
    frames.SignOut: lambda self, request: self._door.sign_out(request.session),
    frames.Who: lambda self, request: self._door.who(request.session),
    frames.SetFirstPassword: DoorSocket.set_first_password,
    frames.Send: DoorSocket.send,
    frames.Watch: DoorSocket.watch,
    frames.WatchConversation: DoorSocket.watch_conversation,
    frames.Unwatch: DoorSocket.unwatch,
    frames.OpenTab: DoorSocket.open_tab,
    frames.CloseTab: DoorSocket.close_tab,
    frames.Administer: lambda self, request: self._door.administer(request.command),
    frames.AddPerson: DoorSocket.add_person,
    frames.AskStory: lambda self, request: self._door.story(request.conversation, session=request.session),
    frames.FindMessages: lambda self, request: self._door.find_messages(
        request.text, session=request.session, before=request.before
    ),
    frames.AskSiteSecret: lambda self, request: self._door.site_secret(request.site),
    frames.AskHouse: lambda self, _request: self._door.house(),
}
