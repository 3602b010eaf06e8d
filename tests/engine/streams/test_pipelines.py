"""What holds for every pipeline: errors, disposal, order, nothing at all, late onlookers, live as folded."""

import dataclasses
import random
from datetime import timedelta
from functools import reduce
from itertools import pairwise
from operator import is_
from typing import Any

import pytest
import reactivex
from reactivex import Observable
from reactivex.scheduler import HistoricalScheduler
from reactivex.testing import ReactiveTest, TestScheduler

from engine.events import Tick
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.registry import PIPELINES
from tests.engine.desk import test_random_histories as days
from tests.engine.story import NINE, Story

on_next, on_completed, on_error = ReactiveTest.on_next, ReactiveTest.on_completed, ReactiveTest.on_error

every_pipeline = pytest.mark.parametrize("pipeline", PIPELINES.values(), ids=list(PIPELINES))


def busy_hour(story: Story) -> Story:
    """A story in which every pipeline has something to show."""
    ann = story.operator("Ann", on=True)
    story.operator("Bob", on=True)
    vera = story.visitor("vera").asks(name="Vera").rings_at("Ann", "Bob").is_declined_by("Ann").is_accepted_by("Bob")
    story.passes(2)
    vera.writes("Hello").is_told("Good day", by="Bob")
    story.visitor("wim").asks().rings_at("Ann").is_queued("by-operator", by="Ann").is_offered_to("Bob")
    story.visitor("xenia").leaves_message()
    story.passes(7)
    ann.closes_tab()
    ann.is_gone()
    ann.arrives()
    vera.ends()
    story.passes(61)
    return story


def histories() -> list[list[Moment]]:
    """Random days at a real desk, with the ticks in between."""
    told = []
    for seed in range(12):
        dice = random.Random(seed)
        play = days.begin(dice)
        for _ in range(days.STEPS):
            days.step(play, dice)
        told.append(list(with_ticks(play.history)))
    return told


def with_ticks(events: list[Any]) -> Any:
    """The events, and before each the ticks of some of the whole seconds since the one before."""
    last = events[0].at
    for event in events:
        for second in range(0, int((event.at - last).total_seconds()), 7):
            yield Tick(at=last.replace(microsecond=0) + timedelta(seconds=second + 1))
        last = event.at
        yield event
    yield Tick(at=last.replace(microsecond=0) + timedelta(seconds=1))  # of what a pipeline does not take it hears by it


HISTORIES = histories()


def run_over(pipeline: Pipeline[Any, Any], moments: list[Moment], **options: Any) -> tuple[list[Any], list[Any]]:
    """The states and the views of a pipeline over moments on a virtual clock, ticking with them."""
    clock = HistoricalScheduler(NINE)
    live: reactivex.Subject[Moment] = reactivex.Subject()
    states: list[Any] = []
    views: list[Any] = []
    pipeline.run(live, scheduler=clock, seen=states.append, **options).subscribe(views.append)
    for moment in moments:
        clock.advance_to(max(clock.now, moment.at))
        live.on_next(moment)
    clock.advance_to(clock.now + timedelta(seconds=2))
    return states, views


@every_pipeline
@pytest.mark.parametrize("history", range(len(HISTORIES)))
def test_live_is_equal_to_folded(pipeline: Pipeline[Any, Any], history: int) -> None:
    moments = HISTORIES[history]
    states, views = run_over(pipeline, moments)
    state = reduce(pipeline.step, moments, pipeline.empty)
    assert states[-1] == state
    if pipeline.name == "visit":
        return  # it shows whom a moment touches, and nothing when the state changes with nobody touched
    assert (views[-1] if views else pipeline.view(pipeline.empty)) == pipeline.view(state)


@every_pipeline
def test_it_goes_on_from_a_saved_state(pipeline: Pipeline[Any, Any]) -> None:
    moments = HISTORIES[0]
    half = len(moments) // 2
    saved = reduce(pipeline.step, moments[:half], pipeline.empty)
    states, _ = run_over(pipeline, moments[half:], start=saved)
    assert states[-1] == reduce(pipeline.step, moments, pipeline.empty)


@every_pipeline
def test_a_step_changes_no_state_it_was_given(pipeline: Pipeline[Any, Any], story: Story) -> None:
    moments = busy_hour(story).moments
    states = [pipeline.empty]
    for moment in moments:
        states.append(pipeline.step(states[-1], moment))
    again = pipeline.empty
    for moment, state in zip(moments, states, strict=False):
        assert again == state
        again = pipeline.step(again, moment)


@every_pipeline
def test_what_was_shown_once_is_not_shown_again(pipeline: Pipeline[Any, Any], story: Story) -> None:
    _, views = run_over(pipeline, busy_hour(story).moments)
    assert views
    assert all(before is not after for before, after in pairwise(views))


@every_pipeline
def test_nothing_comes_of_nothing(pipeline: Pipeline[Any, Any]) -> None:
    clock = TestScheduler()
    seen = clock.start(lambda: pipeline.run(clock.create_cold_observable(), scheduler=clock))
    assert seen.messages == []


@every_pipeline
def test_the_end_of_the_moments_ends_it(pipeline: Pipeline[Any, Any]) -> None:
    clock = TestScheduler()
    moments = clock.create_hot_observable(on_completed(300))
    seen = clock.start(lambda: pipeline.run(moments, scheduler=clock))
    assert len(seen.messages) == 1  # paced ones end with their next beat
    assert str(seen.messages[0].value) == "OnCompleted()"


@every_pipeline
def test_an_error_of_the_source_comes_through(pipeline: Pipeline[Any, Any]) -> None:
    clock = TestScheduler()
    broken = ValueError("the journal broke")
    moments = clock.create_hot_observable(on_error(300, broken))
    seen = clock.start(lambda: pipeline.run(moments, scheduler=clock))
    assert seen.messages == [on_error(300, broken)]


@every_pipeline
def test_a_moment_that_cannot_be_taken_is_a_dead_letter_and_all_goes_on(
    pipeline: Pipeline[Any, Any], story: Story
) -> None:
    letters: list[tuple[Any, str]] = []
    moments = busy_hour(story).moments
    poisoned = [*moments[:9], Poison(at=moments[9].at), *moments[9:]]
    states, _ = run_over(stumbling(pipeline), poisoned, dead=lambda moment, error: letters.append((moment, str(error))))
    assert letters == [(poisoned[9], "poison")]
    assert states[-1] == reduce(pipeline.step, moments, pipeline.empty)


class Poison(Tick, frozen=True, kw_only=True):
    pass


def stumbling(pipeline: Pipeline[Any, Any]) -> Pipeline[Any, Any]:
    """The pipeline with a step that fails at poison."""

    def step(state: Any, moment: Moment) -> Any:
        if isinstance(moment, Poison):
            raise ValueError("poison")
        return pipeline.step(state, moment)

    return Pipeline(
        name=pipeline.name,
        takes=pipeline.takes | {Poison},
        version=pipeline.version,
        empty=pipeline.empty,
        step=step,
        view=pipeline.view,
        mark=pipeline.mark,
        pace=pipeline.pace,
        same=pipeline.same,
    )


@every_pipeline
def test_a_view_that_fails_is_a_dead_letter_too(pipeline: Pipeline[Any, Any], story: Story) -> None:
    letters: list[Exception] = []

    def view(_state: Any) -> Any:
        raise ValueError("blind")

    blind = dataclasses.replace(pipeline, name="blind", view=view, pace=None, same=is_)
    states, views = run_over(blind, busy_hour(story).moments, dead=lambda _moment, error: letters.append(error))
    assert views == []
    assert letters
    assert states[-1] == reduce(pipeline.step, story.moments, pipeline.empty)


@every_pipeline
def test_who_goes_midway_is_told_nothing_more_and_holds_nothing(pipeline: Pipeline[Any, Any], story: Story) -> None:
    clock = TestScheduler()
    moments = busy_hour(story).moments
    told = [on_next(210 + place, moment) for place, moment in enumerate(moments)]
    source = clock.create_hot_observable(*told)
    seen = clock.start(lambda: pipeline.run(source, scheduler=clock), disposed=225.0)
    assert all(message.time <= 225 for message in seen.messages)
    assert [(one.subscribe, one.unsubscribe) for one in source.subscriptions] == [(200, 225)]


@every_pipeline
def test_moments_of_one_instant_are_taken_in_their_order(pipeline: Pipeline[Any, Any], story: Story) -> None:
    clock = TestScheduler()
    moments = busy_hour(story).moments
    source = clock.create_hot_observable(*(on_next(300, moment) for moment in moments), on_completed(9_000))
    states: list[Any] = []
    clock.start(lambda: pipeline.run(source, scheduler=clock, seen=states.append), disposed=10_000.0)
    assert states[-1] == reduce(pipeline.step, moments, pipeline.empty)


@every_pipeline
def test_who_comes_late_sees_what_comes_and_begins_anew(pipeline: Pipeline[Any, Any], story: Story) -> None:
    busy_hour(story)
    first: list[Any] = []
    late: list[Any] = []
    clock = HistoricalScheduler(NINE)
    live: reactivex.Subject[Moment] = reactivex.Subject()
    views: Observable[Any] = pipeline.run(live, scheduler=clock)
    views.subscribe(first.append)
    for place, moment in enumerate(story.moments):
        if place == len(story.moments) // 2:
            views.subscribe(late.append)
        clock.advance_to(max(clock.now, moment.at))
        live.on_next(moment)
    clock.advance_to(clock.now + timedelta(seconds=2))
    assert first[-1] == pipeline.view(reduce(pipeline.step, story.moments, pipeline.empty))
    assert len(late) <= len(first)


@every_pipeline
def test_only_boards_tiles_and_the_list_of_ones_own_are_paced(pipeline: Pipeline[Any, Any]) -> None:
    tiles = ("visits_a_minute", "waiting_times", "first_responses", "top_pages", "overview")
    paces = {"visitors": 0.2, "mine": 0.2} | dict.fromkeys(tiles, 1.0)
    assert pipeline.pace == paces.get(pipeline.name)
