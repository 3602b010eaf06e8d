"""The door's websocket in main: `/door`, loopback only, opened by a process's key in the first frame."""

import asyncio
import hmac
import ipaddress
import logging
from collections.abc import Callable, Mapping
from typing import Any, Union

import msgspec
from reactivex import Observable, abc
from tornado.websocket import WebSocketHandler

from engine.background import Background
from engine.door import frames
from engine.door.interface import Door, DoorError, Frame, HouseDoor
from engine.door.requests import Request, kinds
from engine.limits.table import DOOR_FRAME, HELLO, UNTAKEN_DOOR
from engine.room import NoRoom
from engine.wire.outlet import Outlet

log = logging.getLogger(__name__)
BAD_FRAME, FORBIDDEN = 1003, 4403
PING_S = 10.0
REQUEST_LIMIT = DOOR_FRAME.most  # what tabs send is bounded before, by characters
BOUND = UNTAKEN_DOOR.most  # of a whole dashboard process
_decode = msgspec.json.Decoder(frames.AnyCall).decode
_decode_request: Callable[[msgspec.Raw], Request[Any]] = msgspec.json.Decoder(Union[kinds()]).decode  # noqa: UP007 - of a table
_encode = msgspec.json.Encoder().encode


class DoorSocket(WebSocketHandler):
    """One connection through the door. Its tabs and its watches end with it."""

    def initialize(self, door: HouseDoor, keys: Mapping[str, str]) -> None:
        """Bind to the door; `keys` says which process each key is."""
        self._house, self._keys = door, keys
        self._door: Door | None = None
        self._outlet = Outlet(self, bound=BOUND, counted=door.counted)
        self._watches: dict[int, abc.DisposableBase] = {}
        self._tabs: dict[str, Callable[[], None]] = {}
        self._background = Background()
        self._awaited: asyncio.TimerHandle | None = None  # a hello

    @property
    def max_message_size(self) -> int:
        """Requests of a whole dashboard come through here; the visitors' small limit is not theirs."""
        return REQUEST_LIMIT

    @property
    def ping_interval(self) -> float:
        """Seconds between pings; a dashboard process that stands still is given up after as many again."""
        return PING_S

    def prepare(self) -> None:
        """Only this machine, and no browser, which always says an origin."""
        here = ipaddress.ip_address(self.request.remote_ip or "0.0.0.0").is_loopback  # noqa: S104 - not bound, refused
        if not here or "Origin" in self.request.headers:
            self.send_error(403)

    def open(self) -> None:
        """Send each answer at once: small frames must not wait until the last one is acknowledged (40 ms)."""
        self.set_nodelay(True)
        self._awaited = asyncio.get_running_loop().call_later(HELLO.most, self.close, FORBIDDEN, "no hello")

    async def on_message(self, message: str | bytes) -> None:
        """Take a call; what is none closes the connection."""
        try:
            call = _decode(message)
            request = _decode_request(call.request) if isinstance(call, frames.Ask) else None
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            self._house.counted.bad_frames += 1
            log.warning("the door got a bad frame: %s", error)
            self.close(BAD_FRAME, "bad-frame")
            return
        if isinstance(call, frames.Hello):
            self._door = self._opened_by(call.key)
            self._stop_waiting()
        if self._door is None:
            self.close(FORBIDDEN, "forbidden")
            return
        self._background.run(self._take(self._door, call, request), name=type(request or call).__name__)

    def _stop_waiting(self) -> None:
        if self._awaited is not None:
            self._awaited.cancel()

    def _opened_by(self, key: str) -> Door | None:
        """The door as the process with this key may use it."""
        for known, process in self._keys.items():
            if hmac.compare_digest(known.encode(), key.encode()):
                return self._house.for_process(process)
        return None

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Close, after what was said."""
        self._outlet.flush()
        super().close(code, reason)

    def on_close(self) -> None:
        """Its tabs are lost, its watches end; what was asked for happens all the same."""
        self._stop_waiting()
        self._door = None
        for watch in self._watches.values():
            watch.dispose()
        for close in self._tabs.values():
            close()

    async def _take(self, door: Door, call: frames.AnyCall, request: Request[Any] | None) -> None:
        try:
            match call:
                case frames.Hello():
                    self._answer(call, True)
                case frames.Ask() if request is not None:
                    self._answer(call, await door.ask(request, session=call.session))
                case frames.Act():
                    said = await door.act(call.act, session=call.session, client_id=call.client_id)
                    self._answer(call, said)
                case _:
                    self._begin_or_end(door, call)
        except DoorError as error:
            self._reply(frames.Failed(id=call.id, reason=error.reason))
        except NoRoom:
            self._reply(frames.Failed(id=call.id, reason="busy"))
        except Exception:
            log.exception("a call through the door failed: %s", type(request or call).__name__)
            self._reply(frames.Failed(id=call.id, reason="busy"))

    def _begin_or_end(self, door: Door, call: frames.AnyCall) -> None:
        """What lasts, and has no answer: watches and tabs."""
        match call:
            case frames.Watch():
                self._follow(call.id, door.watch(call.view, session=call.session, after=call.after))
            case frames.Unwatch():
                if watch := self._watches.pop(call.id, None):
                    watch.dispose()
            case frames.OpenTab():
                if call.tab not in self._tabs:
                    self._tabs[call.tab] = door.open_tab(session=call.session, tab=call.tab)
            case frames.CloseTab():
                if close := self._tabs.pop(call.tab, None):
                    close()

    def _answer(self, call: frames.AnyCall, answer: object) -> None:
        self._reply(frames.Answer(id=call.id, result=msgspec.Raw(_encode(answer))))

    def _reply(self, reply: frames.AnyReply) -> None:
        if self._door is not None:
            self._outlet.send(_encode(reply))

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
