"""The engine's events as an Observable: from a position on what is kept, then what happens.

It must not know SQL.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPResponse

import msgspec
import reactivex
from reactivex import Observable, abc
from reactivex.disposable import Disposable

from engine.events import EventId, Record
from engine.events.vocabulary import AnyEvent
from engine.history import errors
from engine.history.wire import BROKEN, Wire

SILENCE = 20.0  # seconds; the server says every five that it is there
PAUSES = (0.1, 0.2, 0.5, 1.0, 2.0)  # seconds before the first, second, … look for a server that went; the last stays
PATIENCE = 60.0  # seconds for a server that went
PIECE = 256 << 10  # bytes
THREAD = "history's events"


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    position: int
    id: EventId
    cause: str
    event: AnyEvent

    def record(self) -> Record:
        return Record(position=self.position, id=self.id, cause=self.cause, event=self.event)


_decode = msgspec.json.Decoder(_Line).decode


def events(wire: Wire, after: int, *, live: bool) -> Observable[Record]:
    """Return the records past the position `after`, each once and in order; if not `live`, up to the last one kept.

    Cold: each subscription reads from the beginning, on a thread of its own, on which it also emits; who is slow is
    waited for. A connection that breaks off is made again from the last position; a server that stays away for
    `PATIENCE` seconds, or is not there at first, ends it with a `HistoryError`. To dispose closes the connection.

        kept:     1-2-3
        happens:  --------4---5
        live:     -1-2-3--4---5--
        not live: -1-2-3|
    """

    def subscribe(observer: abc.ObserverBase[Record], scheduler: abc.SchedulerBase | None = None) -> abc.DisposableBase:
        reading = _Reading(wire, observer, after, live=live)
        threading.Thread(target=reading.run, name=THREAD, daemon=True).start()
        return Disposable(reading.stop)

    return reactivex.create(subscribe)


class _Reading:
    """One subscription: how far it is, when the server was there last, and the socket that it reads from."""

    def __init__(self, wire: Wire, observer: abc.ObserverBase[Record], after: int, *, live: bool) -> None:
        self._wire, self._observer, self._last, self._live = wire, observer, after, live
        self._seen_at: float | None = None
        self._failures = 0
        self._stopped = threading.Event()
        self._socket: socket.socket | None = None

    def run(self) -> None:
        try:
            self._read()
        except errors.HistoryError as error:
            self._observer.on_error(error)
        else:
            self._observer.on_completed()

    def stop(self) -> None:
        self._stopped.set()
        if self._socket is not None:
            self._cut(self._socket)

    def _read(self) -> None:
        """Read answer after answer until one of the history says no more, or it is stopped."""
        while not self._stopped.is_set():
            before = self._last
            try:
                self._read_answer()
            except (errors.NotReady, errors.NoServer, errors.TooSlow) as error:
                self._bear(error)
            else:
                # A server that ends ends its answers too: only when nothing more comes, that was all.
                if not self._live and self._last == before:
                    return
                self._stopped.wait(PAUSES[0])

    def _read_answer(self) -> None:
        path = f"/events?after={self._last}&live={'yes' if self._live else 'no'}"
        try:
            with self._wire.open(path, waiting=SILENCE, hold=self._hold) as response:
                for line in self._lines(response):
                    if self._stopped.is_set():
                        return
                    if line:
                        self._take(line)
        finally:
            if self._socket is not None:
                self._socket.close()

    def _lines(self, response: HTTPResponse) -> Iterator[bytes]:
        rest = b""
        try:
            while piece := response.read1(PIECE):
                self._seen_at, self._failures = time.monotonic(), 0
                *lines, rest = (rest + piece).split(b"\n")
                yield from lines
        except (*BROKEN, ValueError):
            raise errors.broken(self._wire.url) from None

    def _take(self, line: bytes) -> None:
        try:
            record = _decode(line).record()
        except msgspec.DecodeError as error:
            raise errors.unknown_event(str(error)) from None
        if record.position > self._last:
            self._last = record.position
            self._observer.on_next(record)

    def _bear(self, error: errors.HistoryError) -> None:
        """Wait before the next look for a server that went. Raises `error` for one that never was or stays away."""
        if self._seen_at is None or time.monotonic() - self._seen_at > PATIENCE:
            raise error
        self._stopped.wait(PAUSES[min(self._failures, len(PAUSES) - 1)])
        self._failures += 1

    def _hold(self, held: socket.socket) -> None:
        self._socket = held
        if self._stopped.is_set():
            self._cut(held)

    def _cut(self, held: socket.socket) -> None:
        with suppress(OSError):
            held.shutdown(socket.SHUT_RDWR)
