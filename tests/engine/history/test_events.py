"""Events as an Observable, against a server that answers by a script: it goes, comes back, and is hung up on."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from reactivex import operators as ops

from engine import history
from engine.events import Record
from engine.history import History, HistoryError
from engine.history.feed import THREAD
from tests.engine.history.scripted import TOKEN, Asked, Script, lines, page, record, refused, scripted
from tests.parlour.whole import until

NOTHING_MORE = lines()
SOON = 5.0


@dataclass
class Listener:
    """Whoever subscribed, and what they heard, on whatever thread."""

    records: list[Record] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def on_next(self, heard: Record) -> None:
        self.records.append(heard)

    def on_error(self, error: Exception) -> None:
        self.errors.append(error)
        self.ended.set()

    def on_completed(self) -> None:
        self.ended.set()

    @property
    def positions(self) -> list[int]:
        return [one.position for one in self.records]


def listen(house: History, *, after: int = 0, live: bool = True) -> tuple[Listener, Callable[[], None]]:
    """A subscriber, and what ends the subscription."""
    listener = Listener()
    events = house.events(after, live=live)
    return listener, events.subscribe(listener.on_next, listener.on_error, listener.on_completed).dispose


def nobody_reads() -> bool:
    """Whether every thread of every subscription has ended."""
    return all(thread.name != THREAD for thread in threading.enumerate())


@pytest.fixture(autouse=True)
def _no_thread_is_left(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr("engine.history.feed.PAUSES", (0.0,))
    yield
    until(nobody_reads, SOON)


def test_history_completes_with_the_last_record_that_is_kept(house: History, server: Script) -> None:
    server.to_events = [lines(1, 2, 3), NOTHING_MORE]
    assert house.events(live=False).pipe(ops.to_list()).run() == [record(1), record(2), record(3)]
    assert server.paths == ["/events?after=0&live=no", "/events?after=3&live=no"]


def test_a_history_without_records_completes(house: History, server: Script) -> None:
    server.to_events = [NOTHING_MORE]
    listener, _ = listen(house, after=7, live=False)
    assert listener.ended.wait(SOON)
    assert (listener.records, listener.errors, server.paths) == ([], [], ["/events?after=7&live=no"])


def test_an_answer_that_a_stopping_server_ended_early_is_not_taken_for_the_end(house: History, server: Script) -> None:
    server.to_events = [lines(1, 2), lines(3), NOTHING_MORE]
    assert house.events(live=False).pipe(ops.count()).run() == 3


def test_live_events_come_until_the_connection_is_closed_by_disposing(house: History, server: Script) -> None:
    hung_up = threading.Event()

    def wait(asked: Asked) -> None:
        lines(1, 2, ends=False, before=lambda: asked.rfile.read(1))(asked)
        hung_up.set()

    server.to_events = [wait]
    listener, dispose = listen(house)
    until(lambda: listener.positions == [1, 2], SOON)
    assert not listener.ended.is_set()
    dispose()
    assert hung_up.wait(SOON)
    until(nobody_reads, SOON)
    assert listener.errors == []


def test_disposing_before_the_server_says_a_word_closes_the_connection_too(house: History, server: Script) -> None:
    asked_for, hung_up = threading.Event(), threading.Event()

    def wait(asked: Asked) -> None:
        asked_for.set()
        asked.rfile.read(1)
        hung_up.set()

    server.to_events = [wait]
    listener, dispose = listen(house)
    assert asked_for.wait(SOON)
    dispose()
    assert hung_up.wait(SOON)
    until(nobody_reads, SOON)
    assert (listener.records, listener.errors) == ([], [])


def test_enough_is_enough(house: History, server: Script) -> None:
    server.to_events = [lines(1, 2, 3, 4)]
    assert house.events().pipe(ops.take(2), ops.to_list()).run() == [record(1), record(2)]


@pytest.mark.parametrize("ends", [True, False], ids=["in order", "broken off"])
def test_after_a_connection_that_ended_it_goes_on_from_the_last_record(
    house: History, server: Script, ends: bool
) -> None:
    server.to_events = [lines(1, 2, ends=ends), lines(2, 3, ends=ends), lines(4, ends=ends)]
    listener, dispose = listen(house)
    until(lambda: listener.positions == [1, 2, 3, 4], SOON)
    dispose()
    assert server.paths[:3] == [f"/events?after={after}&live=yes" for after in (0, 2, 3)]
    assert listener.errors == []


def test_a_server_that_went_is_looked_for_until_it_is_back(house: History, server: Script) -> None:
    server.to_events = [lines(1), page(502), refused(503, "retry", "Ask again."), lines(2)]
    listener, dispose = listen(house)
    until(lambda: listener.positions == [1, 2], SOON)
    dispose()
    assert listener.errors == []


def test_a_silent_connection_is_made_again(house: History, server: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.history.feed.SILENCE", 0.05)
    server.to_events = [lambda asked: lines(1, before=lambda: asked.rfile.read(1))(asked), lines(2)]
    listener, dispose = listen(house)
    until(lambda: listener.positions == [1, 2], SOON)
    dispose()


# --- errors


def test_a_server_that_stays_away_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.history.feed.PATIENCE", 0.0)
    with scripted() as server:
        gone = threading.Event()
        server.to_events = [lines(1, ends=False, before=lambda: gone.wait(SOON))]
        listener, _ = listen(history.connect(server.url, TOKEN))
        until(lambda: listener.positions == [1], SOON)
    gone.set()
    assert listener.ended.wait(SOON)
    assert isinstance(listener.errors[0], history.NoServer | history.NotReady)


def test_a_server_that_is_not_there_ends_it_at_once() -> None:
    with scripted() as server:
        house = history.connect(server.url, TOKEN)
    listener, _ = listen(house)
    assert listener.ended.wait(SOON)
    assert [type(error) for error in listener.errors] == [history.NoServer]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refused(401, "unauthorized", "The token is missing or wrong."), history.WrongToken),
        (refused(429, "busy", "Too many listen."), history.Busy),
        (page(404), history.NoServer),
    ],
)
def test_a_refusal_ends_it_with_its_type(
    house: History, server: Script, answer: Callable[[Asked], None], kind: type[HistoryError]
) -> None:
    server.to_events = [answer]
    listener, _ = listen(house)
    assert listener.ended.wait(SOON)
    assert [type(error) for error in listener.errors] == [kind]
    assert len(server.paths) == 1


def test_a_record_of_a_newer_server_ends_it_with_words(house: History, server: Script) -> None:
    line = b'{"position":1,"id":"e","cause":"c","event":{"kind":"MoonRisen","at":"2026-03-01T09:00:00Z"}}\n'
    server.to_events = [lambda asked: asked.say(200, line, kind="application/x-ndjson")]
    listener, _ = listen(house)
    assert listener.ended.wait(SOON)
    assert "does not know, so one of them is newer: Invalid value 'MoonRisen'" in str(listener.errors[0])
