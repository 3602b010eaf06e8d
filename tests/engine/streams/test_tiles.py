"""Visits a minute and waiting times."""

from datetime import timedelta

import pytest

from engine.streams.machinery.hour import quantile
from engine.streams.views import visits_a_minute, waiting_times
from tests.engine.story import NINE, Story
from tests.engine.streams.folding import shown


def test_a_visit_counts_in_the_minute_of_its_start(story: Story) -> None:
    story.visitor("vera")
    story.passes(60)
    story.visitor("wim")
    story.visitor("xenia").goes()
    curve = shown(visits_a_minute.PIPELINE, story)
    assert curve.minutes[-2:] == (1, 2)
    assert (curve.hour, curve.on_site, len(curve.minutes)) == (3, 2, 60)
    assert curve.ends == NINE + timedelta(minutes=1)


def test_the_curve_moves_on_without_visits_and_forgets_after_an_hour(story: Story) -> None:
    story.visitor("vera")
    story.passes(59 * 60)
    assert shown(visits_a_minute.PIPELINE, story).minutes[0] == 1
    story.passes(60)
    curve = shown(visits_a_minute.PIPELINE, story)
    assert (curve.hour, curve.on_site) == (0, 1)


def test_a_gap_of_hours_leaves_an_empty_curve(story: Story) -> None:
    story.visitor("vera")
    story.now += timedelta(hours=5)
    story.visitor("wim")
    assert shown(visits_a_minute.PIPELINE, story).minutes == (*(0,) * 59, 1)


def test_who_waits_is_counted_from_asking_to_the_answer(story: Story) -> None:
    vera = story.visitor("vera").asks()
    asked = story.now
    story.passes(10)
    story.visitor("wim").asks().is_queued()
    tile = shown(waiting_times.PIPELINE, story)
    assert (tile.waiting, tile.longest_since, tile.median_s) == (2, asked, None)
    vera.is_accepted_by("Ann")
    assert shown(waiting_times.PIPELINE, story).waiting == 1


def test_waits_that_ended_in_the_last_hour_make_the_median(story: Story) -> None:
    guests = [story.visitor(f"v{number}").asks() for number in range(4)]
    story.passes(10)
    guests[0].is_accepted_by("Ann")
    story.passes(10)
    guests[1].is_accepted_by("Ann")
    story.passes(10)
    guests[2].cancels()
    guests[3].leaves_message()
    tile = shown(waiting_times.PIPELINE, story)
    assert (tile.waiting, tile.answered, tile.abandoned) == (0, 2, 1)
    assert tile.median_s == pytest.approx(25, abs=0.1)
    assert tile.p95_s == pytest.approx(30, abs=0.1)
    story.passes(3_600 - 15)
    assert shown(waiting_times.PIPELINE, story).answered == 1
    story.passes(20)
    tile = shown(waiting_times.PIPELINE, story)
    assert (tile.answered, tile.abandoned, tile.median_s, tile.p95_s) == (0, 0, None, None)


def test_a_quantile_lies_between_its_neighbours() -> None:
    assert quantile([], 0.5) is None
    assert quantile([7.0], 0.95) == 7.0
    assert quantile([1.0, 2.0, 3.0, 4.0], 0.5) == 2.5
    assert quantile([0.0, 10.0], 0.95) == pytest.approx(9.5)
