"""The roll-ups: a report that rests on them says what the rows say, whatever the period and the batches."""

import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.analytics.store import Store
from engine.events import Event
from tests.engine.analytics.days import on_day, random_day
from tests.engine.analytics.tables import ask, everything, tables_of
from tests.engine.story import NINE, Story

pytestmark = pytest.mark.slow

DAYS = 6
MIDNIGHT = NINE.replace(hour=0)
# The same measures, straight from the rows.
TOP_PAGES = """
SELECT address, arg_max(title, ts) AS title, count(*) AS "views", count(DISTINCT (ts::DATE, visitor)) AS visitors
FROM page_views WHERE ts >= ?::TIMESTAMPTZ AND ts < ?::TIMESTAMPTZ GROUP BY address ORDER BY "views" DESC, address
"""
VISITS = """
SELECT count(*) AS visits, count(DISTINCT visitor) AS visitors
FROM visits WHERE started_at >= ?::TIMESTAMPTZ AND started_at < ?::TIMESTAMPTZ
"""
A_DAY = """
SELECT started_at::DATE AS "day", count(*) AS visits, count(DISTINCT visitor) AS visitors
FROM visits WHERE started_at >= ?::TIMESTAMPTZ AND started_at < ?::TIMESTAMPTZ GROUP BY "day" ORDER BY "day"
"""


def some_days(seed: int) -> list[Event]:
    """Six people who come, look around and go, on some of six days; some stay past midnight."""
    dice, story = random.Random(seed), Story()
    guests: dict[str, Any] = {}
    ordinals: dict[str, int] = {}
    for day in range(DAYS):
        for _ in range(dice.randint(0, 8)):
            name = f"guest {dice.randint(1, 6)}"
            ordinals[name] = ordinals.get(name, 0) + 1
            if name in guests:
                guests[name].comes(ordinal=ordinals[name])
            else:
                guests[name] = story.visitor(name)
            for _ in range(dice.randint(0, 3)):
                story.now += timedelta(minutes=dice.randint(1, 90))
                page = dice.randint(1, 5)
                guests[name].views(f"https://shop.test/{page}", dice.choice([None, f"Page {page}, {day}"]))
            guests[name].goes()
        story.now = max(story.now, MIDNIGHT + timedelta(days=day + 1, minutes=dice.randint(0, 900)))
    return story.events


def report(store: Store, name: str, period: list[str]) -> list[dict[str, Any]]:
    return ask(store, f"FROM report_{name}(?, ?)", *period)


def some_period(dice: random.Random) -> list[str]:
    """Of whole days, of parts of them, or within one."""
    step = dice.choice([timedelta(days=1), timedelta(minutes=7), timedelta(hours=6)])
    last = timedelta(days=DAYS + 1) // step
    start = dice.randint(-3, last - 1)
    ends: tuple[datetime, ...] = (MIDNIGHT + start * step, MIDNIGHT + dice.randint(start + 1, last) * step)
    return [end.isoformat() for end in ends]


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 8))])
def test_reports_from_roll_ups_say_what_the_rows_say(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    with tables_of(tmp_path, some_days(seed), batch=dice.choice([3, 20, 1_000])) as store:
        assert ask(store, "SELECT count(*) AS n FROM store.day_pages")[0]["n"] > 0
        for period in (some_period(dice) for _ in range(25)):
            assert report(store, "top_pages", period) == ask(store, TOP_PAGES, *period)
            (told,), (counted,) = report(store, "visits", period), ask(store, VISITS, *period)
            assert told | counted == told
            days = [row for row in report(store, "visits_a_day", period) if row["visits"]]
            assert days == ask(store, A_DAY, *period)


@pytest.mark.parametrize("batch", [*(pytest.param(size, marks=pytest.mark.long) for size in (1, 7)), 60])
def test_whatever_the_batches_the_roll_ups_are_those_of_a_rebuild(tmp_path: Path, batch: int) -> None:
    events = [event for number in range(3) for event in on_day(number, random_day(number, steps=60))]
    for name in ("pieces", "whole"):
        (tmp_path / name).mkdir()
    with tables_of(tmp_path / "pieces", events, batch=batch) as pieces, tables_of(tmp_path / "whole", events) as whole:
        assert everything(pieces) == everything(whole)
        assert len(ask(whole, 'SELECT DISTINCT "day" FROM store.day_pages')) == 2


def test_a_day_is_added_up_when_the_next_one_begins_and_again_when_a_clock_was_set_back(tmp_path: Path) -> None:
    story = Story()
    vera = story.visitor("vera")
    story.now += timedelta(days=1)
    vera.views("https://shop.test/cart", "Cart")
    story.now -= timedelta(days=1)
    story.visitor("wim")
    with tables_of(tmp_path, story.events, batch=1) as store:
        (day,) = ask(store, 'SELECT "day", sum("views")::INT AS "views" FROM store.day_pages GROUP BY ALL')
        (seen,) = ask(store, "SELECT count(*) AS n FROM store.day_visitors")
        (until,) = ask(store, "FROM store.rolled")
    assert (day["day"], day["views"], seen["n"]) == (MIDNIGHT.date(), 2, 2)
    assert until["until"] == MIDNIGHT.date() + timedelta(days=1)
