"""The store first, then live: no gap, no double, whatever comes in between."""

import random

import pytest
import reactivex
from reactivex import Observable, abc
from reactivex.disposable import Disposable
from reactivex.testing import ReactiveTest, TestScheduler

from engine.streams.machinery.from_store_then_live import Overflow, from_store_then_live

on_next, on_completed, on_error = ReactiveTest.on_next, ReactiveTest.on_completed, ReactiveTest.on_error


def same(value: int) -> int:
    return value


class Journal:
    """Numbers that are kept and published at once; reading stops now and then while others are written."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.kept: list[int] = []
        self.published: reactivex.Subject[int] = reactivex.Subject()

    def write(self) -> None:
        self.kept.append(len(self.kept) + 1)
        self.published.on_next(self.kept[-1])

    def write_some(self) -> None:
        for _ in range(self.dice.choice([0, 0, 1, 3])):
            self.write()

    def read_from(self, after: int) -> Observable[int]:
        def subscribe(
            observer: abc.ObserverBase[int], _scheduler: abc.SchedulerBase | None = None
        ) -> abc.DisposableBase:
            self.write_some()
            for value in self.kept[after : self.dice.randint(after, len(self.kept) + 2)]:
                self.write_some()
                observer.on_next(value)
            read = len(self.kept)
            for value in self.kept[after:read]:
                observer.on_next(value)
            self.write_some()
            observer.on_completed()
            return Disposable()

        return reactivex.create(subscribe)


@pytest.mark.parametrize("first", range(0, 300, 100))
def test_in_any_order_each_number_comes_once(first: int) -> None:
    for seed in range(first, first + 100):
        journal = Journal(random.Random(seed))
        for _ in range(journal.dice.randint(0, 8)):
            journal.write()
        after = journal.dice.randint(0, len(journal.kept))
        seen: list[int] = []
        from_store_then_live(journal.read_from, journal.published, number=same, after=after).subscribe(seen.append)
        for _ in range(4):
            journal.write()
        assert seen == journal.kept[after:], f"seed {seed}"


def test_what_comes_live_waits_until_the_store_is_read() -> None:
    clock = TestScheduler()
    store = clock.create_cold_observable(on_next(10, 1), on_next(20, 2), on_next(30, 3), on_completed(40))
    live = clock.create_hot_observable(on_next(215, 3), on_next(225, 4), on_next(300, 5), on_completed(400))
    seen = clock.start(lambda: from_store_then_live(lambda _after: store, live, number=same, after=0))
    assert seen.messages == [
        on_next(210, 1),
        on_next(220, 2),
        on_next(230, 3),
        on_next(240, 4),
        on_next(300, 5),
        on_completed(400),
    ]


def test_a_live_stream_that_ends_meanwhile_ends_it_after_the_store() -> None:
    clock = TestScheduler()
    store = clock.create_cold_observable(on_next(10, 1), on_completed(40))
    live = clock.create_hot_observable(on_next(215, 2), on_completed(220))
    seen = clock.start(lambda: from_store_then_live(lambda _after: store, live, number=same, after=0))
    assert seen.messages == [on_next(210, 1), on_next(240, 2), on_completed(240)]


def test_an_empty_store_and_a_silent_stream_say_nothing() -> None:
    clock = TestScheduler()
    live = clock.create_hot_observable(on_next(150, 1))
    store: Observable[int] = reactivex.empty()
    seen = clock.start(lambda: from_store_then_live(lambda _after: store, live, number=same, after=0))
    assert seen.messages == []


def test_more_than_the_buffer_holds_is_an_overflow() -> None:
    clock = TestScheduler()
    store: Observable[int] = reactivex.never()
    live = clock.create_hot_observable(*(on_next(210 + number, number) for number in range(1, 9)))
    seen = clock.start(lambda: from_store_then_live(lambda _after: store, live, number=same, after=0, bound=5))
    (message,) = seen.messages
    assert message.time == 216
    assert isinstance(getattr(message.value, "exception", None), Overflow)
    assert [(one.subscribe, one.unsubscribe) for one in live.subscriptions] == [(200, 216)]


@pytest.mark.parametrize("which", ["store", "live"])
def test_an_error_of_either_ends_it(which: str) -> None:
    clock = TestScheduler()
    broken = OSError("disk")
    store = clock.create_cold_observable(on_error(10, broken) if which == "store" else on_next(90, 1))
    live = clock.create_hot_observable(on_error(210, broken) if which == "live" else on_next(390, 1))
    seen = clock.start(lambda: from_store_then_live(lambda _after: store, live, number=same, after=0))
    assert seen.messages == [on_error(210, broken)]


def test_who_goes_midway_leaves_both() -> None:
    clock = TestScheduler()
    store = clock.create_cold_observable(on_next(10, 1), on_next(90, 2))
    live = clock.create_hot_observable(on_next(390, 3))
    seen = clock.start(lambda: from_store_then_live(lambda _after: store, live, number=same, after=0), disposed=250.0)
    assert seen.messages == [on_next(210, 1)]
    assert [one.unsubscribe for one in (*store.subscriptions, *live.subscriptions)] == [250, 250]
