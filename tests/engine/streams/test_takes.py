"""What a pipeline takes: it is right to give it nothing else, and those that hold one fold go on together."""

import random
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_type_hints

import msgspec
import pytest

from engine.events import Tick
from engine.events.vocabulary import AnyEvent
from engine.saved.codec import is_fold
from engine.streams.folds import conversations, directory, going, ground, presence, staff
from engine.streams.folds.conversations import Conversations
from engine.streams.folds.directory import Directory
from engine.streams.folds.going import Going
from engine.streams.folds.ground import Ground
from engine.streams.folds.presence import Presence
from engine.streams.folds.staff import Staff
from engine.streams.live import fold
from engine.streams.machinery.pipeline import Kinds, Moment, Pipeline
from engine.streams.registry import PIPELINES, TAKERS
from tests.engine.desk import test_random_histories as days
from tests.engine.invented import every_second, invented_day, whole_second

DAYS = range(6)
FOLDS: dict[Any, Kinds] = {
    Going: going.TAKES,
    Directory: directory.TAKES,
    Presence: presence.TAKES,
    Staff: staff.TAKES,
    Conversations: conversations.TAKES,
    Ground: ground.TAKES,
}
every_pipeline = pytest.mark.parametrize("pipeline", PIPELINES.values(), ids=list(PIPELINES))


@cache
def moments(seed: int) -> list[Moment]:
    """A random day, every second of it: the short ones of the desk's tests, and one that is hours long."""
    if seed == 0:
        day = invented_day(seed, steps=300)
    else:
        dice = random.Random(seed)
        play = days.begin(dice)
        for _ in range(days.STEPS):
            days.step(play, dice)
        day = play.history
    return list(every_second(day, last=whole_second(day[-1].at)))


@every_pipeline
@pytest.mark.parametrize("seed", DAYS)
def test_given_everything_it_comes_to_what_it_comes_to_with_what_it_takes(
    pipeline: Pipeline[Any, Any], seed: int
) -> None:
    everything = few = pipeline.empty
    for moment in moments(seed):
        everything = pipeline.step(everything, moment)
        if type(moment) in pipeline.takes:
            few = pipeline.step(few, moment)
    assert everything == few
    assert pipeline.view(everything) == pipeline.view(few)


@every_pipeline
@pytest.mark.parametrize("seed", DAYS)
def test_what_it_does_not_take_would_leave_what_it_shows(pipeline: Pipeline[Any, Any], seed: int) -> None:
    state = pipeline.empty
    for moment in moments(seed):
        if type(moment) in pipeline.takes:
            state = pipeline.step(state, moment)
        elif state is not pipeline.empty:
            after = pipeline.step(state, moment)
            assert pipeline.mark(after) is pipeline.mark(state) or pipeline.view(after) == pipeline.view(state), moment


@every_pipeline
def test_it_takes_what_the_folds_that_it_holds_take(pipeline: Pipeline[Any, Any]) -> None:
    for held in folds_in(type(pipeline.empty)):
        assert FOLDS.get(held, frozenset()) <= pipeline.takes


def test_every_fold_that_is_held_says_what_it_takes() -> None:
    held = {kind for one in PIPELINES.values() for kind in folds_in(type(one.empty)) if is_fold(kind)}
    own = {type(pipeline.empty) for pipeline in PIPELINES.values()}
    assert {kind for kind in held - own if kind.__module__.startswith("engine.streams")} <= set(FOLDS)


def folds_in(kind: Any) -> Iterator[Any]:
    """The types of what a state holds, those within them too."""
    yield kind
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        for name, within in get_type_hints(kind).items():
            if name in kind.__struct_fields__:
                yield from folds_in(within)


def test_the_ground_is_found_in_the_states_that_hold_it() -> None:
    assert set(FOLDS) <= set(folds_in(type(PIPELINES["place"].empty)))


@pytest.mark.parametrize("seed", DAYS)
def test_after_any_day_a_fold_is_one_object_in_all_that_hold_it(seed: int) -> None:
    states = fold(moments(seed))
    held = [state.ground for state in states.values() if hasattr(state, "ground")]
    assert len(held) == 9
    assert all(one is held[0] for one in held)
    assert held[0].directory is states["directory"] is states["service"].directory is states["messages"].directory
    assert held[0].conversations is states["conversations"]


def test_whatever_happens_is_taken_by_somebody_but_by_far_not_by_all() -> None:
    assert set(TAKERS) == {*get_args(AnyEvent), Tick}
    assert sum(map(len, TAKERS.values())) < 0.7 * len(PIPELINES) * len(TAKERS)
