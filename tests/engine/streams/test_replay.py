"""A replay: its grid, its pace, its end, and what it says of what cannot be."""

import logging
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import reactivex
from reactivex import Observable
from reactivex.testing import ReactiveTest, TestScheduler

from engine.events import EventId, Record, Tick
from engine.streams.machinery.paced import paced
from engine.streams.machinery.pipeline import Moment
from engine.streams.machinery.with_ticks import with_ticks
from engine.streams.registry import PIPELINES
from engine.streams.replay import NoSuchPipeline, Replay, Seen
from engine.streams.views import waiting_times
from tests.engine.story import NINE, Story

on_next, on_completed, on_error = ReactiveTest.on_next, ReactiveTest.on_completed, ReactiveTest.on_error
SECOND = timedelta(seconds=1)


def past(story: Story) -> Observable[Record]:
    """The story as the history gives it."""
    return reactivex.from_iterable(
        [
            Record(position=place, id=EventId(str(place)), cause="c", event=event)
            for place, event in enumerate(story.events, 1)
        ]
    )


def heard(source: Observable[Any]) -> list[Any]:
    """All that comes, and then the end or the error."""
    seen: list[Any] = []
    source.subscribe(seen.append, seen.append, lambda: seen.append("end"))
    return seen


def ticks(seen: list[Any]) -> list[float]:
    return [(one.at - NINE).total_seconds() for one in seen if isinstance(one, Tick)]


# --- the grid


def test_ticks_stand_between_events_and_after_those_of_their_own_second(story: Story) -> None:
    story.visitor("vera")
    story.now = NINE + SECOND - timedelta(milliseconds=1)
    story.setting("max_chats", 2)  # on the whole second
    story.now += 2 * SECOND - timedelta(milliseconds=1)
    story.setting("max_chats", 3)
    seen = heard(Replay(past(story), start=NINE - SECOND, stop=NINE + 4.5 * SECOND).moments())
    assert seen[-1] == "end"
    assert ticks(seen) == [0, 1, 2, 3, 4]
    order = [type(one).__name__ for one in seen[:-1]]
    assert order[0] == "Tick"  # nine o'clock, before all that came later
    settings = [place for place, name in enumerate(order) if name == "SettingChanged"]
    tick_of_one = seen.index(Tick(at=NINE + SECOND))
    assert settings[0] == tick_of_one - 1
    assert seen[settings[1]].at == NINE + 3 * SECOND
    assert order[settings[1] + 1] == "Tick"


def test_a_replay_has_only_what_came_after_its_start_up_to_its_stop(story: Story) -> None:
    story.passes(3)
    story.visitor("vera")
    story.passes(3)
    story.visitor("wim")
    start, stop = NINE + SECOND, story.now - timedelta(milliseconds=1)
    moments = heard(Replay(past(story), start=start, stop=stop).moments())[:-1]
    assert [one for one in story.moments if start < one.at <= stop] == moments


def test_what_comes_after_the_stop_is_not_waited_for() -> None:
    clock, story = TestScheduler(), Story()
    first, last = story.events[0], story.events[-1]
    source = clock.create_hot_observable(on_next(300, first), on_next(400, last), on_next(500, last))
    seen = clock.start(lambda: source.pipe(with_ticks(NINE, first.at)))
    assert [message.time for message in seen.messages] == [300, 300, 400]
    assert str(seen.messages[-1].value) == "OnCompleted()"
    assert [(one.subscribe, one.unsubscribe) for one in source.subscriptions] == [(200, 400)]


def test_nothing_at_all_is_a_row_of_ticks() -> None:
    seen = heard(reactivex.empty().pipe(with_ticks(NINE, NINE + 2 * SECOND)))
    assert seen == [Tick(at=NINE), Tick(at=NINE + SECOND), Tick(at=NINE + 2 * SECOND), "end"]


def test_an_error_of_the_history_comes_through() -> None:
    broken = ValueError("the server went")
    span = Replay(reactivex.throw(broken), start=NINE, stop=NINE + SECOND)
    assert heard(span.moments()) == [broken]
    assert heard(span.pipeline("queue")) == [broken]


def test_who_goes_midway_leaves_the_history() -> None:
    clock, story = TestScheduler(), Story()
    records = [Record(position=1, id=EventId("1"), cause="c", event=event) for event in story.events]
    source = clock.create_hot_observable(*(on_next(300 + 10 * n, one) for n, one in enumerate(records)))
    span = Replay(source, start=NINE - SECOND, stop=NINE + SECOND)
    clock.start(lambda: span.pipeline("directory"), disposed=305.0)
    assert [(one.subscribe, one.unsubscribe) for one in source.subscriptions] == [(200, 305)]


# --- pipelines


def test_a_pipeline_shows_the_start_and_then_each_change_with_its_time(story: Story) -> None:
    vera = story.visitor("vera").asks()
    asked = story.now
    story.passes(5)
    vera.is_accepted_by("Ann")
    answered = story.now
    seen = heard(Replay(past(story), start=NINE, stop=story.now + 3 * SECOND).pipeline("waiting_times"))
    assert seen[0] == Seen(NINE, waiting_times.view(waiting_times.EMPTY))
    assert [(one.view.waiting, one.view.answered) for one in seen[1:-1]] == [(1, 0), (0, 1)]
    assert asked <= seen[1].at <= asked + SECOND
    assert answered <= seen[2].at <= answered + SECOND
    assert seen[-1] == "end"


def test_a_tile_shows_its_last_beat_at_the_stop_at_the_latest(story: Story) -> None:
    story.visitor("vera").asks()
    seen = heard(Replay(past(story), start=NINE, stop=story.now).pipeline("waiting_times"))
    assert (seen[-2].at, seen[-2].view.waiting) == (story.now, 1)


def test_what_a_pipeline_cannot_take_is_said_and_passed_over(story: Story, caplog: pytest.LogCaptureFixture) -> None:
    story.visitor("vera").is_offered_to("Ann")  # of a conversation that never began
    story.visitor("wim").asks().is_queued()
    with caplog.at_level(logging.ERROR):
        seen = heard(Replay(past(story), start=NINE - SECOND, stop=story.now).pipeline("queue"))
    assert "the pipeline queue could not take a OfferMade of c-vera at " in caplog.text
    assert set(seen[-2].view["Support"]) == {"c-wim"}


def test_each_subscription_is_a_replay_of_its_own(story: Story) -> None:
    story.visitor("vera").asks().is_queued()
    queue = Replay(past(story), start=NINE, stop=story.now).pipeline("queue")
    assert heard(queue) == heard(queue)


@pytest.mark.parametrize("name", list(PIPELINES))
def test_every_pipeline_can_be_replayed(name: str, story: Story) -> None:
    story.visitor("vera").asks().is_queued()
    assert heard(Replay(past(story), start=NINE - SECOND, stop=story.now).pipeline(name))[-1] == "end"


# --- the pace


def test_a_speed_makes_each_moment_wait_for_its_time(story: Story) -> None:
    story.passes(2)
    story.visitor("vera")
    began = time.monotonic()
    seen = heard(Replay(past(story), start=NINE + SECOND, stop=NINE + 3 * SECOND, speed=10).moments())
    assert time.monotonic() - began >= 0.2
    assert ticks(seen) == [2, 3]


def test_who_goes_while_it_waits_is_let_go_at_once(story: Story) -> None:
    seen: list[Moment] = []
    waiting, source = threading.Event(), reactivex.Subject[Moment]()
    subscription = source.pipe(paced(NINE, 0.001)).subscribe(seen.append)

    def emit() -> None:
        waiting.set()
        source.on_next(Tick(at=NINE + SECOND))  # a thousand seconds from now

    thread = threading.Thread(target=emit)
    thread.start()
    waiting.wait(5)
    subscription.dispose()
    thread.join(5)
    assert not thread.is_alive()
    assert seen == []


# --- what cannot be


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ({"start": NINE, "stop": NINE - SECOND}, "before it starts"),
        ({"start": NINE.replace(tzinfo=None), "stop": NINE}, "with a zone"),
        ({"start": NINE, "stop": NINE, "speed": 0}, "at the speed 0"),
    ],
)
def test_a_span_that_is_none_is_refused(span: dict[str, Any], said: str, story: Story) -> None:
    with pytest.raises(ValueError, match=said):
        Replay(past(story), **span)


def test_a_pipeline_that_is_none_is_refused_with_those_there_are(story: Story) -> None:
    with pytest.raises(NoSuchPipeline, match=r"no pipeline “queues”, but: directory, .*queue"):
        Replay(past(story), start=NINE, stop=NINE).pipeline("queues")


def test_times_of_any_zone_are_one_time(story: Story) -> None:
    story.visitor("vera")
    there = datetime.fromisoformat("2026-03-01T10:00:00+01:00")
    assert there == NINE.astimezone(UTC)
    one, other = (Replay(past(story), start=at, stop=story.now) for at in (NINE, there))
    assert heard(one.moments()) == heard(other.moments())
    assert repr(one).startswith("<a replay from 2026-03-01 09:00")
