"""How somebody stays within a rate, and that a crowd of those who have asked costs little and is forgotten."""

import random
import sys

import pytest

from engine.limits import Meter, Rate

TWO = Rate(name="two", of="things", most=2, within=10, by="visitor", beyond="refused")


def test_so_many_at_once_and_then_one_each_time_the_wait_is_told() -> None:
    meter = Meter(TWO)
    assert [meter.take("vera", at) for at in (0.0, 1.0, 2.0)] == [0, 0, 3]
    assert meter.take("wim", 2.0) == 0
    assert meter.take("vera", 4.9) == 1
    assert meter.take("vera", 5.0) == 0
    assert meter.take("vera", 5.0) == 5


def test_who_waits_as_long_as_is_told_is_let_in() -> None:
    draw, now = random.Random(7), 1e6
    for most, within in ((1, 1), (3, 7), (60, 10), (524_288, 32), (100, 86_400)):
        meter = Meter(_rate(most, within))
        for _ in range(3_000):
            cost = draw.randint(1, most)
            if wait := meter.take("vera", now, cost):
                now += wait
                assert meter.take("vera", now, cost) == 0
            now += draw.random() * within / most


def _rate(most: int, within: int) -> Rate:
    return Rate(name="a", of="things", most=most, within=within, by="visitor", beyond="refused")


@pytest.mark.parametrize(("most", "within"), [(10, 10), (200, 200), (400, 30)])
def test_over_a_long_while_no_more_than_the_rate_gets_through(most: int, within: int) -> None:
    meter, through = Meter(_rate(most, within)), 0
    for step in range(within * 400):
        through += meter.take("vera", step / 40) == 0
    assert most * 10 <= through <= most * 11 + 1


def test_what_turned_out_to_be_none_is_given_back() -> None:
    meter = Meter(TWO)
    for _ in range(100):
        assert meter.take("vera", 1.0) == 0
        meter.give_back("vera", 1.0)
    assert len(meter) == 0


def test_one_that_is_larger_than_the_bucket_waits_for_a_full_one_and_not_for_ever() -> None:
    meter = Meter(_rate(100, 10))
    assert meter.take("vera", 0.0, 10_000) == 0
    assert meter.take("vera", 0.0) == 1
    assert meter.take("vera", 0.0, 10_000) == 10
    assert meter.take("vera", 10.0, 10_000) == 0


def test_who_has_not_asked_for_a_while_is_forgotten() -> None:
    meter = Meter(TWO)
    for number in range(100_000):
        meter.take(str(number), number * 0.01)  # 500 in the time that one takes to fill up
    assert len(meter) <= 600


def test_a_crowd_larger_than_is_kept_takes_the_place_of_those_longest_untouched() -> None:
    meter = Meter(TWO, keys=1_000)
    for number in range(50_000):
        meter.take("vera", 0.0)
        meter.take(str(number), 0.0)
    assert len(meter) <= 1_000
    assert meter.wait("vera", 0.0) > 0  # who goes on is not forgotten behind a crowd
    assert sys.getsizeof(meter._full_at) < 200_000


def test_what_has_its_turn_comes_evenly_and_nothing_is_refused() -> None:
    meter = Meter(_rate(4, 2))
    assert [meter.reserve("vera", 0.0) for _ in range(8)] == [0.0, 0.0, 0.0, 0.0, 0.5, 1.0, 1.5, 2.0]
    assert meter.reserve("wim", 0.0) == 0.0
    assert meter.reserve("vera", 100.0) == 0.0
