"""The reports: what they count, and that the live tile of the same measure says the same."""

import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.analytics import reports
from engine.analytics.store import Store
from engine.events import DepartmentId, Event, HelpAsked, OperatorId, PartRemoved, Tick
from engine.streams.machinery.pipeline import Moment
from engine.streams.views import visits_a_minute, waiting_times
from tests.engine.analytics.days import id_of, random_day
from tests.engine.analytics.tables import ask, tables_of
from tests.engine.story import NINE, Story

pytestmark = pytest.mark.slow

MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
DAY = (NINE.replace(hour=0), NINE.replace(hour=0) + timedelta(days=1))


def report(store: Store, name: str, start: datetime, stop: datetime, department: str | None = None) -> Any:
    asked = None if department is None else id_of(department)
    return ask(store, f"FROM report_{name}(?, ?, department := ?)", start.isoformat(), stop.isoformat(), asked)


def tile(events: list[Event], at: datetime) -> waiting_times.WaitingTimes:
    """The live tile at a tick."""
    state = waiting_times.EMPTY
    for event in events:
        if event.at <= at:
            state = waiting_times.step(state, event)
    return waiting_times.view(waiting_times.step(state, Tick(at=at)))


@pytest.mark.parametrize("seed", range(8))
def test_the_live_tile_and_the_report_of_its_hour_are_equal(tmp_path: Path, seed: int) -> None:
    dice, day = random.Random(seed), random_day(seed, steps=300)
    ends = [event.at for event in day]
    with tables_of(tmp_path, day) as store:
        for at in [dice.choice(ends).replace(microsecond=0) + timedelta(seconds=1) for _ in range(6)]:
            live = tile(day, at)
            # The tile has the hour up to and with its tick; a report's period is without its end.
            (told,) = report(store, "chats", at - HOUR + MICROSECOND, at + MICROSECOND)
            assert (told["accepted"], told["abandoned"]) == (live.answered, live.abandoned)
            assert told["waiting_median_s"] == pytest.approx(live.median_s)
            assert told["waiting_p95_s"] == pytest.approx(live.p95_s)


def test_the_live_curve_and_the_report_count_the_same_visits(tmp_path: Path) -> None:
    day = random_day(2, steps=300)
    at = day[-1].at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    state = visits_a_minute.EMPTY
    moments: list[Moment] = [*day, Tick(at=at)]
    for moment in moments:
        state = visits_a_minute.step(state, moment)
    with tables_of(tmp_path, day) as store:
        (told,) = report(store, "visits", at - timedelta(minutes=59), at + timedelta(minutes=1))
    assert told["visits"] == visits_a_minute.view(state).hour > 0


def busy_day() -> Story:
    """Two departments, an answer after 20 s, a miss, a decline, one who leaves, two left messages."""
    story = Story()
    story.operator("Otto", on=True)
    story.operator("Sue", "Sales", on=True)
    vera = story.visitor("vera").asks().rings_at("Otto")
    story.passes(20)
    vera.is_accepted_by("Otto")
    story.passes(10)
    vera.is_told("Hello", by="Otto").writes("Hi").ends()
    wim = story.visitor("wim").asks("Sales").rings_at("Sue").is_declined_by("Sue").is_queued("declined")
    story.passes(40)
    wim.cancels()
    xena = story.visitor("xena").asks().rings_at("Otto")
    story.passes(30)
    xena.is_queued("timeout").leaves_message()
    story.visitor("yann").leaves_message(department="Sales")
    return story


def test_chats_are_counted_by_what_happened_in_the_period(tmp_path: Path) -> None:
    with tables_of(tmp_path, busy_day().events) as store:
        (told,) = report(store, "chats", *DAY)
        (sales,) = report(store, "chats", *DAY, department="Sales")
        (never,) = report(store, "chats", DAY[1], DAY[1] + HOUR)
    counts = ("asked", "offered", "accepted", "declined", "missed", "abandoned", "left_messages")
    assert [told[name] for name in counts] == [3, 3, 1, 1, 1, 1, 2]
    assert [sales[name] for name in counts] == [1, 1, 0, 1, 0, 1, 1]
    assert [never[name] for name in counts] == [0] * 7
    assert (round(told["waiting_median_s"]), round(told["waiting_p95_s"])) == (30, 39)
    assert (round(told["first_response_median_s"]), round(sales["waiting_median_s"])) == (10, 40)
    assert sales["first_response_median_s"] is None
    assert never["waiting_median_s"] is None


def test_a_ring_at_many_is_one_offered_chat(tmp_path: Path) -> None:
    story = Story()
    story.visitor("vera").asks().rings_at("Ann", "Bob", "Cid").is_declined_by("Ann").is_queued("timeout")
    with tables_of(tmp_path, story.events) as store:
        (told,) = report(store, "chats", *DAY)
    assert (told["offered"], told["declined"], told["missed"]) == (1, 1, 1)


def test_a_chat_put_back_and_taken_again_is_one_and_an_invitation_taken_at_once_is_none(tmp_path: Path) -> None:
    story = Story()
    story.operator("Otto", on=True)
    vera = story.visitor("vera").asks().rings_at("Otto").is_accepted_by("Otto").is_queued("operator-lost", by="Otto")
    story.passes(20)
    vera.is_accepted_by("Otto", "by-hand").ends()
    story.visitor("wim").is_invited_by("Otto").starts().is_accepted_by("Otto", "invitation").ends()
    with tables_of(tmp_path, story.events) as store:
        (told,) = report(store, "chats", *DAY)
        (operators,) = (row for row in report(store, "operators", *DAY) if row["operator"] == id_of("Otto"))
    live = tile(story.events, story.now.replace(microsecond=0) + timedelta(seconds=1))
    assert (told["asked"], told["offered"], told["accepted"], operators["chats"]) == (1, 1, 1, 2)
    assert (live.answered, live.abandoned) == (1, 0)
    assert told["waiting_p95_s"] == pytest.approx(live.p95_s)
    assert round(told["waiting_p95_s"]) == 19  # both waits are waits


def test_each_day_has_its_row_and_the_days_make_the_total(tmp_path: Path) -> None:
    day = random_day(2, steps=400)
    start, stop = DAY[0], DAY[0] + timedelta(days=9)
    with tables_of(tmp_path, day) as store:
        days = report(store, "chats_a_day", start, stop)
        (total,) = report(store, "chats", start, stop)
        part = report(store, "chats_a_day", start + HOUR, start + HOUR * 25)
    assert [row["day"] for row in days] == [(start + timedelta(days=n)).date() for n in range(9)]
    for name in ("asked", "accepted", "abandoned", "left_messages"):
        assert sum(row[name] for row in days) == total[name] > 0
    assert len(part) == 2


def test_visits_a_day_and_their_visitors(tmp_path: Path) -> None:
    story = Story()
    vera = story.visitor("vera")
    vera.goes()
    vera.comes(ordinal=2)
    vera.goes()
    story.visitor("wim")
    story.now += timedelta(days=2)
    vera.comes(ordinal=3)
    with tables_of(tmp_path, story.events) as store:
        days = report(store, "visits_a_day", DAY[0], DAY[0] + timedelta(days=3))
        (total,) = report(store, "visits", DAY[0], DAY[0] + timedelta(days=3), department="Sales")
    assert [(row["visits"], row["visitors"]) for row in days] == [(3, 2), (0, 0), (1, 1)]
    assert (total["visits"], total["visitors"], total["pages"]) == (4, 2, 2)


def test_the_pages_most_viewed_come_first(tmp_path: Path) -> None:
    story = Story()
    for name in ("vera", "wim"):
        guest = story.visitor(name)
        guest.views("https://shop.test/cart", f"Cart of {name}")
    guest.views("https://shop.test/cart", "The cart")
    with tables_of(tmp_path, story.events) as store:
        cart, start = report(store, "top_pages", *DAY)
    assert (cart["address"], cart["title"], cart["views"], cart["visitors"]) == (
        "https://shop.test/cart",
        "The cart",
        3,
        2,
    )
    assert (start["views"], start["visitors"]) == (2, 2)


def test_operators_are_told_with_their_chats_and_their_time(tmp_path: Path) -> None:
    story = busy_day()
    story.operator("Pia")  # never came
    story.passes(20)
    events = story.events
    with tables_of(tmp_path, events) as store:
        otto, pia, sue = report(store, "operators", DAY[0], story.now)
        (only,) = report(store, "operators", DAY[0], story.now, department="Sales")
    assert [row["name"] for row in (otto, pia, sue)] == ["Otto", "Pia", "Sue"]
    assert (otto["chats"], otto["offers"], otto["declined"], otto["missed"]) == (1, 2, 0, 1)
    assert (sue["chats"], sue["offers"], sue["declined"], sue["missed"]) == (0, 1, 1, 0)
    assert (pia["chats"], pia["offers"], pia["available_s"]) == (0, 0, 0)
    assert round(otto["available_s"]) == 120
    assert round(otto["first_response_median_s"]) == round(otto["duration_median_s"]) == 10
    assert only == sue


def test_who_serves_elsewhere_or_was_removed_stays_in_the_report_of_what_they_did(tmp_path: Path) -> None:
    story = busy_day()
    story.changes_operator("Sue", departments=(DepartmentId("Support"),))
    story.happens(PartRemoved, part="operator", id=OperatorId("Otto"))
    with tables_of(tmp_path, story.events) as store:
        assert [row["name"] for row in report(store, "operators", DAY[0], story.now)] == ["Otto", "Sue"]
        (sue,) = report(store, "operators", DAY[0], story.now, department="Sales")
    assert (sue["name"], sue["offers"]) == ("Sue", 1)


def test_time_available_is_cut_to_the_period(tmp_path: Path) -> None:
    story = Story()
    story.operator("Otto", on=True)
    story.passes(600)
    with tables_of(tmp_path, story.events) as store:
        (otto,) = report(store, "operators", NINE + timedelta(seconds=100), NINE + timedelta(seconds=160))
    assert otto["available_s"] == 60


def test_every_report_says_what_it_means() -> None:
    found = reports.registry()
    assert list(found) == ["chats", "chats_a_day", "visits", "visits_a_day", "top_pages", "operators"]
    of_departments = [("department",), ("department",), (), (), (), ("department",)]
    assert [one.heeds for one in found.values()] == of_departments
    for one in found.values():
        assert one.title
        assert len(one.definition) > 60
        assert one.sql.startswith(f"CREATE OR REPLACE MACRO report_{one.name}(")


def test_analysts_find_the_reports_and_may_leave_the_department_out(tmp_path: Path) -> None:
    with tables_of(tmp_path, busy_day().events) as store:
        found = ask(store, "SELECT function_name, comment FROM duckdb_functions() WHERE function_name LIKE 'report_%'")
        (told,) = ask(store, "FROM report_chats('2026-03-01', '2026-03-02')")
    assert {row["function_name"] for row in found} == {f"report_{name}" for name in (*reports.SHOWN, "days")}
    assert all(row["comment"] for row in found)
    assert told["asked"] == sum(isinstance(event, HelpAsked) for event in busy_day().events)
