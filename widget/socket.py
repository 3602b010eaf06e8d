"""What the page's and the chat's socket have in common: frames in, typed or refused; frames out, bounded.

It knows no command.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from reactivex import Observable, abc
from reactivex.disposable import CompositeDisposable
from tornado.websocket import WebSocketHandler

from engine.commands import Reason
from engine.limits.table import HELLO
from engine.room import NoRoom
from engine.streams.machinery.isolated import isolated
from engine.talk.entries import Entry
from engine.text import whole_characters
from engine.wire.conduct import Conduct
from engine.wire.heartbeat import Heartbeat
from engine.wire.outlet import Outlet
from engine.wire.stream import paced
from widget.asker import Asker
from widget.protocol import Error, Frame
from widget.visitors import Visitors

log = logging.getLogger(__name__)
T = TypeVar("T")
NOT_YOURS, NO_HELLO = 4403, 4408
FULL_S = 10  # until somebody whose address has all its sockets open may try again
_encode = msgspec.json.Encoder().encode


class VisitorSocket(WebSocketHandler):
    """A visitor's websocket."""

    decode: Callable[[str | bytes], Any]
    size = 0  # of the frame that is taken, in bytes

    def initialize(self, visitors: Visitors, beat_s: float) -> None:
        """Bind to what all sockets share; who is silent for `beat_s` after a ping is gone."""
        self.visitors = visitors
        self.asker = Asker(visitors.budgets, self.request.remote_ip or "")
        self._conduct = Conduct(self, visitors.budgets, self.asker.address)
        self._entered = False
        self._awaited: asyncio.TimerHandle | None = None  # a hello
        self._heartbeat = Heartbeat(self, period=beat_s, counted=visitors.counted)
        self._outlet = Outlet(self, counted=visitors.counted)
        self._following = CompositeDisposable()

    async def prepare(self) -> None:
        """Ask of each where they come from: Tornado asks `check_origin` only where it takes a request for foreign.

        Who says no origin, or one that may not, is refused; and an address that has all its sockets open.
        """
        if not self.check_origin(self.request.headers.get("Origin", "")):
            self.send_error(403)
        elif wait := self._conduct.may_open() or (FULL_S if self.visitors.sockets.is_full(self.asker.address) else 0):
            self.set_status(429)
            self.set_header("Retry-After", str(wait))
            self.finish()

    def get_websocket_protocol(self) -> Any:
        """Tornado's own, in which pieces of a message count as frames."""
        return paced(self, super().get_websocket_protocol(), self._conduct.pace)

    def open(self) -> None:
        """Send each frame at once: small ones must not wait until the last one is acknowledged (40 ms)."""
        self._entered = self.visitors.sockets.enter(self.asker.address)
        self.set_nodelay(True)
        self._heartbeat.start()
        self.await_hello()

    def await_hello(self, more: int = 0) -> None:
        """Close unless it comes in time; `more` seconds: one was refused for now."""
        self.welcomes()
        patience = self.visitors.budgets.most(HELLO) + more
        self._awaited = asyncio.get_running_loop().call_later(patience, self._no_hello)

    def welcomes(self) -> None:
        """The hello has come."""
        if self._awaited is not None:
            self._awaited.cancel()
            self._awaited = None

    def _no_hello(self) -> None:
        self.visitors.budgets.refuse(HELLO)
        self.close(NO_HELLO, "no hello")

    def on_ping(self, data: bytes) -> None:
        """No browser pings: few are answered."""
        self._conduct.ping()

    def on_pong(self, data: bytes) -> None:
        """A sign of life, where we asked for it."""
        if self._heartbeat.asks:
            self._heartbeat.heard()
        else:
            self._conduct.ping()

    def on_message(self, message: str | bytes) -> asyncio.Task[None]:
        """Take a frame; what is none is answered by `bad-frame` and changes nothing. The next one comes after it."""
        self._heartbeat.heard()
        return asyncio.create_task(self._on_frame(message))  # of a coroutine Tornado asks at length what it is

    async def _on_frame(self, message: str | bytes) -> None:
        if wait := self._conduct.pace():  # the next one waits in its socket meanwhile, and its sender behind it
            await asyncio.sleep(wait)
        self.size = len(message) if isinstance(message, bytes) or message.isascii() else len(message.encode())
        try:
            frame = type(self).decode(message)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            self._refuse_what_is_none(message, str(error))
            return
        try:
            await self.take(frame)
        except NoRoom:
            self.refuse("busy", client_id=getattr(frame, "client_id", None), detail="no-room")
        except Exception:
            log.exception("a visitor's frame failed: %s", type(frame).__name__)
            self.refuse("busy", client_id=getattr(frame, "client_id", None))

    def _refuse_what_is_none(self, message: str | bytes, detail: str) -> None:
        """Name the refused frame where only its text is wrong: lone surrogates, which no decoder of ours takes."""
        try:
            frame = json.loads(message)
        except (ValueError, RecursionError):
            frame = None
        client_id = frame.get("client_id") if isinstance(frame, dict) else None
        if isinstance(frame, dict) and isinstance(message, str) and whole_characters(message) != message:
            self.refuse("bad-text", client_id=client_id if isinstance(client_id, str) and client_id.isascii() else None)
        else:
            self.bad_frame(detail)

    async def take(self, frame: Any) -> None:
        """Do what a well-formed frame asks for."""
        raise NotImplementedError

    def follow(self, steps: Observable[T], on_next: Callable[[T], None]) -> abc.DisposableBase:
        """Subscribe until the socket closes; a sink that fails is logged and harms nobody else."""
        alone = steps.pipe(isolated(lambda error: log.error("a visitor's view failed", exc_info=error)))
        subscription = alone.subscribe(on_next, on_error=lambda error: log.error("a view ended: %r", error))
        self._following.add(subscription)
        return subscription

    def unfollow(self, subscription: abc.DisposableBase | None) -> None:
        """Hear no more of what was followed."""
        if subscription is not None:
            self._following.remove(subscription)

    def unfollow_all(self) -> None:
        """Hear no more of anything that was followed."""
        self._following.clear()

    def on_close(self) -> None:
        """Nothing is followed any more."""
        if self._entered:
            self._entered = False
            self.visitors.sockets.leave(self.asker.address)
        self.welcomes()
        self._heartbeat.stop()
        self._following.dispose()

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Close, after what was said."""
        self._outlet.flush()
        super().close(code, reason)

    def say(self, frame: Frame | Entry) -> None:
        """Send a frame."""
        self._outlet.send(_encode(frame))

    def refuse(
        self, reason: Reason, *, client_id: str | None = None, detail: str | None = None, limit: int | None = None
    ) -> None:
        """Send an error."""
        self.say(Error(reason=reason, client_id=client_id, detail=detail, limit=limit))

    def bad_frame(self, detail: str) -> None:
        """Answer a frame that is none."""
        self.visitors.counted.bad_frames += 1
        self.refuse("bad-frame", detail=detail[:200])
        self._conduct.bad_frame()
