"""The analysts' address over HTTP: `POST /query`, `POST /screen`, `GET /events`, `GET /health`.

Every answer but health's asks for the analysts' key. It must not know SQL.
"""

import asyncio
import hmac
from collections.abc import Awaitable
from http.client import responses
from typing import Any

import msgspec
from tornado.iostream import StreamClosedError

from engine.analytics import errors
from engine.analytics.errors import Refusal
from engine.analytics.events import lines
from engine.analytics.places import Gone
from engine.analytics.query import Question
from engine.analytics.screens.registry import AnyScreen
from engine.analytics.screens.screen import Screen
from engine.analytics.service import Service
from engine.wire.answering import Answering
from engine.wire.stream import descriptor_of

ARROW = "application/vnd.apache.arrow.stream"
SENDING = 60.0  # seconds in which an answer must be taken
HEARTBEAT = 5.0  # seconds; an empty line


class _Handler(Answering):
    """What all addresses have."""

    def initialize(self, service: Service, key: str) -> None:
        """Take the service and the analysts' key."""
        self.service, self._key = service, key

    def set_default_headers(self) -> None:
        """Nothing of it is kept anywhere."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")

    def has_key(self) -> bool:
        """Whether it is one of the analysts, or who looks after the house."""
        given = self.request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {self._key}".encode())

    def check_key(self) -> None:
        """Raise `Refusal` for anybody but the analysts."""
        if not self.has_key():
            self.set_header("WWW-Authenticate", "Bearer")
            raise Refusal(401, "unauthorized", "The token is missing or wrong.")

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Tell an error as JSON."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        if not isinstance(error, Refusal):
            name = "internal" if status_code >= 500 else "bad-request"
            error = Refusal(status_code, name, responses.get(status_code, "Unknown"))
        refused = self.service.counted.refused
        refused[error.error] = refused.get(error.error, 0) + 1
        self.set_status(error.status)
        self.set_header("Content-Type", "application/json")
        if error.status in {429, 503}:
            self.set_header("Retry-After", str(error.wait))
        self.finish(error.body())

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """A refusal is an answer, not an error of ours."""
        if not isinstance(error, Refusal):
            super().log_exception(kind, error, trace)


class _Awaited(_Handler):
    """What lasts as long as its client waits for it: `gone` is set when the client is."""

    def prepare(self) -> None:
        """Nobody has gone yet."""
        self.gone = asyncio.Event()

    def on_connection_close(self) -> None:
        """Stop at once."""
        self.gone.set()

    def broken_off(self, cut: StreamClosedError | TimeoutError) -> None:
        """The rest of the answer is not taken; who was too slow to is counted."""
        self.service.counted.too_slow += isinstance(cut, TimeoutError)
        self.detach().close()


class _Answered(_Awaited):
    """What is answered from the tables. A question ends with its client."""

    async def answer(self, question: Question | Screen[Any], kind: str, around: tuple[bytes, bytes]) -> None:
        """Send the answer between the two."""
        before, after = around
        with self.service.way(question).sending.taken():
            try:
                with self.service.speaks_for(descriptor_of(self.request)):
                    answer = await self.service.ask(question, gone=self.gone, address=self.request.remote_ip or "")
            except Gone:
                self.detach().close()
                return
            try:
                self.set_header("Content-Type", kind)
                self.set_header("Content-Length", str(len(before) + answer.size + len(after)))
                self.write(before)
                for chunk in answer.chunks():
                    self.write(chunk)
                    await _taken(self.flush())
                self.write(after)
                await _taken(self.flush())
            except (StreamClosedError, TimeoutError) as cut:
                self.broken_off(cut)
            finally:
                answer.close()

    def asked(self, kind: Any, what: str) -> Any:
        """What is asked, of this type. Raises `Refusal`."""
        body, largest = self.request.body, self.service.limits.body
        if len(body) > largest:
            raise Refusal(413, "too-large", f"A question has at most {largest >> 10} KiB.")
        try:
            return msgspec.json.decode(body, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise errors.bad_request(f"That is no {what}: {error}.") from None


class QueryHandler(_Answered):
    """`POST /query {sql, params}`: the result as an Arrow stream."""

    async def post(self) -> None:
        """Answer a question."""
        self.check_key()
        await self.answer(self.asked(Question, "question {sql, params}"), ARROW, (b"", b""))


class ScreenHandler(_Answered):
    """`POST /screen {screen, …}`: all that a screen of the dashboard needs at once, as JSON."""

    async def post(self) -> None:
        """Answer a screen, and say whether the tables are behind."""
        self.check_key()
        screen = self.asked(AnyScreen, "screen")
        stale = b"true" if self.service.health()["stale"] else b"false"
        await self.answer(screen, "application/json", (b'{"stale":' + stale + b',"answer":', b"}"))


class EventsHandler(_Awaited):
    """`GET /events?after=POSITION`: every event as a line of JSON, what was first, then live, until the client goes.

    An empty line is a heartbeat. With `live=no` it ends with the last event that is kept.
    """

    async def get(self) -> None:
        """Stream the events."""
        self.check_key()
        after, live = self._after(), self.get_query_argument("live", "yes") != "no"
        with self.service.streams.taken():
            self.set_header("Content-Type", "application/x-ndjson")
            if self.request.method == "HEAD":
                return
            try:
                async for text in lines(self.service, after, live=live, heartbeat=HEARTBEAT, gone=self.gone):
                    self.write(text)
                    await _taken(self.flush())
            except (StreamClosedError, TimeoutError) as cut:
                self.broken_off(cut)

    def _after(self) -> int:
        text = self.get_query_argument("after", "0")
        if not text.isascii() or not text.isdigit() or len(text) > 18:
            raise errors.bad_request("“after” is a position: a whole number, 0 or more.")
        return int(text)


class HealthHandler(_Handler):
    """`GET /health`: how far the tables are; to who brings the key also what was counted since the start."""

    def get(self) -> None:
        """Tell it to anybody."""
        said = self.service.health()
        if self.has_key():
            said["counted"] = self.service.counted
        self.set_header("Content-Type", "application/json")
        self.write(msgspec.json.encode(said))


class UnknownHandler(_Handler):
    """Any other address."""

    def prepare(self) -> None:
        """There is nothing here."""
        raise Refusal(404, "unknown", "Ask POST /query, POST /screen, GET /events or GET /health.")


async def _taken(flushed: Awaitable[None]) -> None:
    """Wait until the client has taken what was sent."""
    await asyncio.wait_for(flushed, SENDING)


def last_answer() -> bytes:
    """What who waits is told by whoever speaks for a process that has died: the whole of an answer over HTTP."""
    refusal = errors.retry()
    head = [
        f"HTTP/1.1 {refusal.status} {responses[refusal.status]}",
        "Content-Type: application/json",
        f"Content-Length: {len(refusal.body())}",
        f"Retry-After: {refusal.wait}",
        "Cache-Control: no-store",
        "Connection: close",
    ]
    return "\r\n".join([*head, "", ""]).encode() + refusal.body()


def routes(service: Service, key: str) -> list[Any]:
    """The addresses of the service."""
    given = {"service": service, "key": key}
    return [
        (r"/query", QueryHandler, given),
        (r"/screen", ScreenHandler, given),
        (r"/events", EventsHandler, given),
        (r"/health", HealthHandler, given),
        (r".*", UnknownHandler, given),
    ]
