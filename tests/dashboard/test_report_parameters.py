"""A report's parameters and the address, both ways; and the periods in time."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.reports.parameters import FIRST, LAST, LONGEST, Parameters, Period, ReportId, parse, span
from engine.analytics.reports.parameters import PARAMETERS

NOW = datetime(2025, 3, 12, 14, 30, 15, 250_000, tzinfo=UTC)
ID = "842b9986-e44f-4912-a462-81793b38d28b"


@st.composite
def parameters(draw: st.DrawFn) -> Parameters:
    """Parameters that there are."""
    period: Period = draw(st.sampled_from(get_args(Period)))
    first, last = None, None
    if period == "custom":
        first = draw(st.dates(min_value=FIRST, max_value=LAST - timedelta(days=LONGEST)))
        last = first + timedelta(days=draw(st.integers(min_value=0, max_value=LONGEST - 1)))
    report: ReportId = draw(st.sampled_from(get_args(ReportId)))
    of = draw(st.fixed_dictionaries({}, optional={one.name: st.uuids().map(str) for one in PARAMETERS}))
    zone = draw(st.sampled_from((None, "UTC", "Europe/Berlin")))
    return Parameters(report=report, period=period, first=first, last=last, zone=zone, of=of)


@given(parameters())
def test_what_is_written_into_the_address_is_read_out_of_it(wanted: Parameters) -> None:
    assert parse(wanted.address()) == wanted


@given(st.text(max_size=300), st.text(max_size=100))
def test_any_address_gives_parameters_that_there_are(path: str, query: str) -> None:
    for address in (path, f"#reports/{path}?period={query}&from={query}&to={path}&department={query}&zone={query}"):
        found = parse(address)
        assert parse(found.address()) == found
        found_span = span(found, NOW, whole_minutes=False)
        assert found_span.start <= found_span.stop


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", Parameters()),
        ("#reports", Parameters()),
        ("#reports/visits?period=today", Parameters(report="visits", period="today")),
        (f"#reports/chats?period=hour&department={ID}", Parameters(period="hour", of={"department": ID})),
        ("#reports/chats?period=eternity&department=1 OR 1=1", Parameters()),
        ("#reports/salaries", Parameters()),
        ("#reports/chats?zone=Asia/Tokyo", Parameters(zone="Asia/Tokyo")),
        ("#reports/chats?zone=../../etc/passwd", Parameters()),
        ("#reports/chats?zone=Nowhere", Parameters()),
        ("#reports/chats?period=custom", Parameters()),
        (
            "#reports/chats?period=custom&from=2025-03-09&to=2025-03-01",
            Parameters(period="custom", first=date(2025, 3, 1), last=date(2025, 3, 9)),
        ),
        (
            "#reports/chats?period=custom&from=2025-03-09&to=soon",
            Parameters(period="custom", first=date(2025, 3, 9), last=date(2025, 3, 9)),
        ),
    ],
)
def test_what_an_address_means(address: str, expected: Parameters) -> None:
    assert parse(address) == expected


def test_the_last_hour_is_the_live_tiles_hour() -> None:
    hour = Parameters(period="hour")
    waits = span(hour, NOW, whole_minutes=False)
    # A tile that was drawn at a whole second has dropped what is an hour old by then.
    assert waits.start == NOW.replace(microsecond=1) - timedelta(hours=1)
    minutes = span(hour, NOW, whole_minutes=True)
    assert minutes.start == datetime(2025, 3, 12, 13, 31, tzinfo=UTC)
    assert waits.stop == minutes.stop == NOW
    assert minutes.before.stop == NOW - timedelta(hours=1)


def test_days_are_utc_and_the_running_one_ends_now() -> None:
    week = span(Parameters(period="7d"), NOW, whole_minutes=False)
    assert (week.start, week.stop) == (datetime(2025, 3, 6, tzinfo=UTC), NOW)
    assert (week.before.start, week.before.stop) == (datetime(2025, 2, 27, tzinfo=UTC), NOW - timedelta(days=7))
    today = span(Parameters(period="today"), NOW, whole_minutes=True)
    assert today.before.start == datetime(2025, 3, 11, tzinfo=UTC)


def test_days_are_those_of_the_zone_that_is_chosen() -> None:
    tokyo, berlin = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin")
    late = datetime(2025, 3, 12, 20, tzinfo=UTC)
    today = span(Parameters(period="today"), late, whole_minutes=False, zone=tokyo)
    assert today.start == datetime(2025, 3, 12, 15, tzinfo=UTC)
    # A week that is an hour shorter begins at midnight all the same, and so does the one before.
    week = span(Parameters(period="7d"), datetime(2025, 4, 2, 12, tzinfo=UTC), whole_minutes=False, zone=berlin)
    assert week.start == datetime(2025, 3, 26, 23, tzinfo=UTC)
    assert week.before.start == datetime(2025, 3, 19, 23, tzinfo=UTC)
    custom = Parameters(period="custom", first=date(2025, 3, 30), last=date(2025, 3, 30))
    day = span(custom, datetime(2025, 4, 2, tzinfo=UTC), whole_minutes=False, zone=berlin)
    assert day.stop.astimezone(UTC) - day.start.astimezone(UTC) == timedelta(hours=23)


def test_a_custom_period_has_both_its_days() -> None:
    past = Parameters(period="custom", first=date(2025, 3, 1), last=date(2025, 3, 9))
    assert span(past, NOW, whole_minutes=False).stop == datetime(2025, 3, 10, tzinfo=UTC)
    future = Parameters(period="custom", first=date(2025, 4, 1), last=date(2025, 4, 2))
    assert span(future, NOW, whole_minutes=False).stop == span(future, NOW, whole_minutes=False).start
