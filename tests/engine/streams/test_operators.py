"""The small operators: a stream a key, sinks kept apart, a window in time."""

from datetime import timedelta

import pytest
import reactivex
from reactivex.testing import ReactiveTest, TestScheduler

from engine.streams.machinery.isolated import isolated
from engine.streams.machinery.keyed import Keyed
from engine.streams.machinery.pipeline import safe_map, shared
from engine.streams.machinery.window import Window
from tests.engine.story import NINE

on_next, on_completed = ReactiveTest.on_next, ReactiveTest.on_completed


# --- Keyed


def test_each_key_is_a_stream_of_its_own() -> None:
    keyed: Keyed[int, int] = Keyed(lambda value: value % 10)
    ones: list[int] = []
    twos: list[int] = []
    keyed.of(1).subscribe(ones.append)
    keyed.of(2).subscribe(twos.append)
    for value in (11, 12, 13, 21):
        keyed.on_next(value)
    assert (ones, twos) == ([11, 21], [12])


def test_a_key_is_made_with_the_first_listener_and_dropped_with_the_last() -> None:
    keyed: Keyed[int, int] = Keyed(lambda value: value)
    stream = keyed.of(7)
    assert 7 not in keyed
    first, second = stream.subscribe(), stream.subscribe()
    first.dispose()
    first.dispose()
    assert 7 in keyed
    second.dispose()
    assert 7 not in keyed


def test_who_leaves_while_a_value_is_handed_out_hurts_nobody() -> None:
    keyed: Keyed[int, int] = Keyed(lambda value: value)
    seen: list[int] = []
    leaver = keyed.of(1).subscribe(lambda _value: leaver.dispose())
    keyed.of(1).subscribe(seen.append)
    keyed.on_next(1)
    keyed.on_next(1)
    assert seen == [1, 1]


# --- isolated


def test_a_sink_that_raises_is_told_of_and_the_next_sinks_get_their_value() -> None:
    source: reactivex.Subject[int] = reactivex.Subject()
    failures: list[str] = []
    seen: list[int] = []

    def fails_once(value: int) -> None:
        if value == 1:
            raise ValueError("one")
        seen.append(value * 10)

    source.pipe(isolated(lambda error: failures.append(str(error)))).subscribe(fails_once)
    source.subscribe(seen.append)
    source.on_next(1)
    source.on_next(2)
    assert (failures, seen) == (["one"], [1, 20, 2])


# --- safe_map and shared


def test_what_cannot_be_mapped_is_left_out() -> None:
    clock = TestScheduler()
    source = clock.create_hot_observable(on_next(210, 2), on_next(220, 0), on_next(230, 4), on_completed(240))
    errors: list[str] = []

    def divide(value: int) -> float:
        return 8 / value

    divided = source.pipe(safe_map(divide, lambda _none, error: errors.append(type(error).__name__)))
    seen = clock.start(lambda: divided)
    assert seen.messages == [on_next(210, 4.0), on_next(230, 2.0), on_completed(240)]
    assert errors == ["ZeroDivisionError"]


def test_a_shared_step_works_once_for_the_same_state_and_moment() -> None:
    calls: list[object] = []

    def step(state: tuple[object, ...], moment: object) -> tuple[object, ...]:
        calls.append(moment)
        return (*state, moment)

    remembered = shared(step)
    state: tuple[object, ...] = ()
    one, two = object(), object()
    after = remembered(state, one)  # type: ignore[arg-type]
    assert remembered(state, one) is after  # type: ignore[arg-type]
    assert remembered(after, one) == (one, one)  # type: ignore[arg-type]
    assert remembered(after, two) == (one, two)  # type: ignore[arg-type]
    assert calls == [one, one, two]


# --- Window


def test_a_window_drops_what_is_old_and_says_what() -> None:
    window: Window[str] = Window()
    for second, thing in enumerate("abc"):
        window = window.add(NINE + timedelta(seconds=second), thing)
    later, dropped = window.dropped(NINE + timedelta(seconds=1))
    assert (list(window), list(later), dropped) == (["a", "b", "c"], ["c"], ("a", "b"))
    assert (len(window), len(later)) == (3, 1)
    same, nothing = later.dropped(NINE)
    assert same is later
    assert nothing == ()


def test_an_empty_window_stays_as_it_is() -> None:
    window: Window[int] = Window()
    assert window.dropped(NINE) == (window, ())
    with pytest.raises(AttributeError):
        window.first = 3  # type: ignore[misc]
