"""Days of reports by the clocks of a time zone: what they count is what Python's own zones say of the same times."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from engine.analytics import reports
from engine.analytics.store import Store
from engine.events import HelpAsked, PageViewed, VisitStarted
from tests.engine.analytics.tables import ask, tables_of
from tests.engine.story import Story

STEP = timedelta(minutes=30)
# Each with a day on which its clocks are changed, to a shorter or a longer one, or none at all.
DAYS = {
    "Europe/Berlin": (date(2026, 3, 29), 46),
    "Africa/Cairo": (date(2026, 4, 24), 46),  # at midnight, which there is not
    "America/Santiago": (date(2026, 4, 4), 50),  # at midnight, twice 23 o'clock
    "Australia/Lord_Howe": (date(2026, 4, 5), 49),  # by half an hour
    "Asia/Kolkata": (date(2026, 4, 10), 48),  # half an hour off the others
    "UTC": (date(2026, 3, 29), 48),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, list[Any]]]:
    """Somebody comes, asks and cancels every half an hour, from the end of March to the end of April."""
    story = Story()
    for day in sorted({day for day, _ in DAYS.values()}):
        story.now = max(story.now, datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1, hours=12))
        while story.now < datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=2, hours=12):
            begun = story.now
            story.visitor(f"v{begun:%m%d%H%M}").asks().cancels()
            story.now = begun + STEP
    with tables_of(tmp_path_factory.mktemp("zones"), story.events) as store:
        yield store, story.events


def by_day(events: list[Any], kind: type[Any], zone: str) -> Counter[date]:
    return Counter(event.at.astimezone(ZoneInfo(zone)).date() for event in events if isinstance(event, kind))


@pytest.mark.parametrize("zone", DAYS)
def test_days_are_cut_by_the_clocks_of_the_zone(told: tuple[Store, list[Any]], zone: str) -> None:
    store, events = told
    day, halves = DAYS[zone]
    period = (str(day - timedelta(days=1)), str(day + timedelta(days=2)))
    chats = ask(store, "FROM report_chats_a_day(?, ?, zone := ?)", *period, zone)
    visits = ask(store, "FROM report_visits_a_day(?, ?, zone := ?)", *period, zone)
    days = [day + timedelta(days=n) for n in (-1, 0, 1)]
    assert [row["day"] for row in chats] == [row["day"] for row in visits] == days
    asked, came = by_day(events, HelpAsked, zone), by_day(events, VisitStarted, zone)
    assert [row["asked"] for row in chats] == [asked[one] for one in days]
    assert [row["visits"] for row in visits] == [row["visitors"] for row in visits] == [came[one] for one in days]
    assert came[day] == halves


@pytest.mark.parametrize("zone", DAYS)
def test_the_days_make_the_total_of_the_period(told: tuple[Store, list[Any]], zone: str) -> None:
    store, events = told
    day, _ = DAYS[zone]
    period = (str(day - timedelta(days=1)), str(day + timedelta(days=2)), zone)
    days = ask(store, "FROM report_chats_a_day(?, ?, zone := ?)", *period)
    (chats,) = ask(store, "FROM report_chats(?, ?, zone := ?)", *period)
    (visits,) = ask(store, "FROM report_visits(?, ?, zone := ?)", *period)
    pages = ask(store, "FROM report_top_pages(?, ?, zone := ?)", *period)
    assert sum(row["asked"] for row in days) == chats["asked"] == visits["visits"] == visits["visitors"] > 100
    viewed = by_day(events, PageViewed, zone)
    assert sum(row["views"] for row in pages) == sum(viewed[day + timedelta(days=n)] for n in (-1, 0, 1))


def test_a_period_that_says_its_zone_is_that_period_whatever_days_are_cut_by(told: tuple[Store, list[Any]]) -> None:
    store, _ = told
    same = [
        ("2026-03-29", "2026-03-30", "Europe/Berlin"),
        ("2026-03-29T00:00", "2026-03-30 00:00:00", "Europe/Berlin"),
        ("2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00", "Europe/Berlin"),
        ("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", "Europe/Berlin"),
        ("2026-03-28 23:00:00 UTC", "2026-03-29 18:00:00 America/New_York", "Asia/Kolkata"),
        ("2026-03-28T23:00", "2026-03-29T22:00:00.000000", "UTC"),
    ]
    counted = [ask(store, "FROM report_chats(?, ?, zone := ?)", *period)[0]["asked"] for period in same]
    assert counted == [46] * len(same)


def test_without_a_zone_days_are_utc_s(told: tuple[Store, list[Any]]) -> None:
    store, _ = told
    for name in ("chats_a_day", "visits_a_day", "chats", "visits", "top_pages", "operators"):
        asked = f"FROM report_{name}('2026-03-28', '2026-03-31'"
        assert (
            ask(store, f"{asked})")
            == ask(store, f"{asked}, zone := 'UTC')")
            == ask(store, f"{asked}, zone := 'Etc/UTC')")
        )


def test_a_zone_that_is_none_is_said(told: tuple[Store, list[Any]]) -> None:
    store, _ = told
    with pytest.raises(duckdb.Error, match=r"Unknown TimeZone 'Europe/Berlin\?'.*Europe/Berlin"):
        ask(store, "FROM report_chats_a_day('2026-03-29', '2026-03-30', zone := 'Europe/Berlin?')")


def test_a_day_that_a_zone_left_out_has_no_row(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "none.duckdb")) as database:
        database.execute("SET TimeZone = 'UTC'")
        for part in ("utc_day", "zone_day", "moment", "days"):
            database.execute(reports.parts()[part].sql)
        found = database.execute("FROM report_days('2011-12-29', '2012-01-01', zone := 'Pacific/Apia')").fetchall()
    assert found == [(date(2011, 12, 29),), (date(2011, 12, 31),)]
