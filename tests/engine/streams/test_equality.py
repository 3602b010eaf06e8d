"""Live equals replay: each pipeline, over invented days, from the start and from a saved state, to the value."""

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
import reactivex
from reactivex import Observable
from reactivex.scheduler import HistoricalScheduler

from engine.desk import DeskState
from engine.events import Event, EventId, Record
from engine.known import States
from engine.saved import Knowledge, decode, encode
from engine.streams.live import LiveViews, fold
from engine.streams.machinery.pipeline import Moment
from engine.streams.registry import PIPELINES
from engine.streams.replay import Replay, Seen
from engine.streams.views import visit
from tests.engine.invented import every_second, invented_day, whole_second

pytestmark = pytest.mark.slow

# In day 5 somebody leaves a message long after they went.
DAYS = [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 6))]
BEFORE = timedelta(seconds=1)
every_day = pytest.mark.parametrize("seed", DAYS)
Shown = dict[str, list[tuple[datetime, Any]]]  # what each pipeline showed, with the time of the moment


@cache
def day(seed: int) -> tuple[Event, ...]:
    return tuple(invented_day(seed))


@cache
def live(seed: int) -> tuple[dict[str, Any], dict[str, Any], Shown]:
    """The states, the views and all that was shown of a day that was published in chunks of any length."""
    dice, shown = random.Random(seed), {name: list[tuple[datetime, Any]]() for name in PIPELINES}
    moments = list(every_second(day(seed), last=end(seed)))
    clock, subject = HistoricalScheduler(moments[0].at), reactivex.Subject[Moment]()
    views = LiveViews(subject, scheduler=clock, dead=no_letter)
    now = moments[0].at
    for name, running in views._running.items():
        running.views.subscribe(partial(_note, shown[name], lambda: now))
    while moments:
        chunk = moments[: dice.randint(1, 40)]
        moments = moments[len(chunk) :]
        clock.advance_to(max(clock.now, chunk[0].at))
        for moment in chunk:
            now = moment.at
            subject.on_next(moment)
    states = dict(views.states)
    views.dispose()
    last_views = {name: said_by(name, PIPELINES[name].view(state)) for name, state in states.items()}
    return states, last_views, {name: told(name, views) for name, views in shown.items()}


def _note(shown: list[tuple[datetime, Any]], now: Callable[[], datetime], view: Any) -> None:
    shown.append((now(), view))


def no_letter(name: str, moment: Moment | None, error: Exception) -> None:
    raise AssertionError(f"{name} could not take {moment!r}") from error


def end(seed: int) -> datetime:
    return whole_second(day(seed)[-1].at) + timedelta(seconds=3)


def records(seed: int) -> Observable[Record]:
    """The day as the history gives it."""
    return reactivex.from_iterable(
        Record(position=position, id=EventId(str(position)), cause="c", event=event)
        for position, event in enumerate(day(seed), 1)
    )


def replayed(seed: int, name: str, start: datetime) -> list[Seen]:
    """What a pipeline shows in a replay from `start` to the end of the day."""
    seen: list[Seen] = []
    replay = Replay(records(seed), start=start, stop=end(seed))
    replay.pipeline(name).subscribe(seen.append, _raise)
    return [Seen(at, said_by(name, view)) for at, view in seen[:1]] + [Seen(*each) for each in told(name, seen[1:])]


def told(name: str, views: Iterable[tuple[datetime, Any]]) -> list[tuple[datetime, Any]]:
    """The views that tell something: "visit" names whom a moment touched, sometimes nobody."""
    return [(at, said_by(name, view)) for at, view in views if name != "visit" or view.touched]


def said_by(name: str, view: Any) -> Any:
    """What a view says: "visit" of those it names."""
    return {one: visit.value(view, one) for one in view.touched} if name == "visit" else view


def last(name: str, views: dict[str, Any], shown: Shown) -> Any:
    """What a pipeline shows at the end: a paced one with its last beat, others when what they show changed last."""
    return shown[name][-1][1] if shown[name] and PIPELINES[name].pace is None else views[name]


def _raise(error: Exception) -> None:
    raise error


def moments_of(seed: int) -> Iterator[datetime]:
    """Some moments of the day, in mid-second and on a whole one."""
    dice, events = random.Random(seed), day(seed)
    yield dice.choice(events).at
    yield dice.choice(events).at.replace(microsecond=0)


@every_day
def test_a_replay_from_the_start_ends_with_the_live_view(seed: int) -> None:
    _, views, shown = live(seed)
    for name in PIPELINES:
        seen = replayed(seed, name, day(seed)[0].at - BEFORE)
        assert seen[0].at == day(seed)[0].at - BEFORE
        assert seen[-1].view == last(name, views, shown), name


@every_day
def test_a_replay_shows_each_view_at_the_time_at_which_live_showed_it(seed: int) -> None:
    _, _, shown = live(seed)
    for name in (name for name, pipeline in PIPELINES.items() if pipeline.pace is None):
        first, *then = replayed(seed, name, day(seed)[0].at - BEFORE)
        assert first.view == said_by(name, PIPELINES[name].view(PIPELINES[name].empty))
        assert [(seen.at, seen.view) for seen in then] == shown[name], name


@every_day
def test_a_replay_from_any_moment_goes_on_as_live_did(seed: int) -> None:
    _, views, shown = live(seed)
    for start in moments_of(seed):
        for name, pipeline in PIPELINES.items():
            _, *then = replayed(seed, name, start)
            if then:
                assert then[-1].view == last(name, views, shown), name
            if pipeline.pace is None:
                assert [(seen.at, seen.view) for seen in then] == [each for each in shown[name] if each[0] > start]


@every_day
def test_a_live_state_that_was_saved_at_any_moment_goes_on_to_the_same_end(seed: int) -> None:
    states, _, _ = live(seed)
    moments = list(every_second(day(seed), last=end(seed)))
    cut = random.Random(seed).randint(0, len(moments))
    before: States = fold(moments[:cut])
    encoded = encode(Knowledge(position=cut, at=None, desk=DeskState(), states=before))
    assert dict(fold(moments[cut:], start=decode(encoded).states)) == states


@pytest.mark.parametrize("seed", [*DAYS[:-1], 5])
def test_ticks_between_events_make_no_difference_but_for_the_last(seed: int) -> None:
    """So a start, and what a replay begins with, may fold the events alone."""
    states, _, _ = live(seed)
    *_, last_tick = every_second(day(seed), last=end(seed))
    assert without_touched(fold([*day(seed), last_tick])) == without_touched(states)


def without_touched(states: States) -> dict[str, Any]:
    """The states without whom the last moment touched."""
    return dict(states) | {"visit": states["visit"].ground}


DIGEST = """
import hashlib
from engine.facts.catalogue import FACTS
from tests.engine.invented import invented_day
from tests.engine.saved.test_versions import digests

day, rows = invented_day(2), []  # in it offers to two operators end at once
for fact in FACTS:
    state = fact.empty
    for event in day:
        state, made = fact.step(state, event)
        rows += made
print(digests(day), hashlib.sha256(repr(rows).encode()).hexdigest())
"""


def test_states_and_rows_are_the_same_in_every_process() -> None:
    """The order in a map is another in each: no step may go by it."""
    said = set()
    for seed in ("1", "3", "6"):  # an order of the operators each
        run = subprocess.run(
            [sys.executable, "-c", DIGEST],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[3],
        )
        said.add(run.stdout)
    assert len(said) == 1
    assert "overview" in said.pop()


def test_a_pipeline_that_goes_by_another_clock_would_be_found() -> None:
    """The comparison can fail: a view of another moment is another view."""
    _, views, _ = live(0)
    short = next(seen.view for seen in replayed(0, "visits_a_minute", day(0)[0].at - BEFORE))
    assert short != views["visits_a_minute"]
