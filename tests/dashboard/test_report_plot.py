"""Where the bars of a report stand: each within the time that it counts."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

import pytest

from dashboard.components.report_plot import ReportPlot
from dashboard.reports.registry import REPORTS
from dashboard.reports.report import Grain, Plot

STEPS: dict[Grain, timedelta] = {"hour": timedelta(hours=1), "minutes": timedelta(minutes=5)}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
IN_TIME = [report.plot for report in REPORTS.values() if report.plot.how != "rows"]


def drawn(plot: Plot, grain: Grain, starts: list[Any], zone: tzinfo = UTC) -> ReportPlot:
    """The figure of rows that begin so."""
    shown = ReportPlot(plot, words=str, grain=grain, zone=zone, dark=False)
    column = "day" if grain == "day" else "begins"
    shown.update([{column: start, **{one.column: 1 for one in plot.series}} for start in starts])
    return shown


def edges(shown: ReportPlot) -> list[tuple[float, float]]:
    """The left and the right end of every bar, in milliseconds."""
    found = []
    for _, bars in shown._bars:
        glyph = bars.glyph
        moved = glyph.x.transform.value if getattr(glyph.x, "transform", None) else 0
        found += [(at + moved - glyph.width / 2, at + moved + glyph.width / 2) for at in shown.source.data["at"]]
    return found


def ms(at: datetime) -> float:
    return (at - EPOCH) / timedelta(milliseconds=1)


@pytest.mark.parametrize(
    "offset", [timedelta(), timedelta(hours=2), timedelta(hours=5, minutes=30), -timedelta(hours=9)]
)
@pytest.mark.parametrize("grain", STEPS)
@pytest.mark.parametrize("plot", IN_TIME, ids=lambda plot: plot.how)
def test_a_bar_lies_from_its_hour_to_the_next(plot: Plot, grain: Grain, offset: timedelta) -> None:
    step = STEPS[grain]
    starts = [datetime(2026, 3, 1, 22, 0, tzinfo=UTC) + n * step for n in range(5)]
    shown = drawn(plot, grain, starts, timezone(offset))
    found = edges(shown)
    assert len(found) == 5 * len(plot.series)
    for place, (left, right) in enumerate(found):
        begins = ms(starts[place % 5] + offset)
        assert begins < left < right < begins + step / timedelta(milliseconds=1)
    first = starts[0] + offset
    assert shown.source.data["when"][0] == first.strftime("%d %b, %H:%M")  # what it is called is when it begins


@pytest.mark.parametrize("plot", IN_TIME, ids=lambda plot: plot.how)
def test_the_bar_of_a_day_stands_over_its_name(plot: Plot) -> None:
    day = datetime(2026, 3, 29, tzinfo=UTC)
    shown = drawn(plot, "day", [day.date()], timezone(timedelta(hours=2)))
    middle = sum(left + right for left, right in edges(shown)) / len(edges(shown)) / 2
    assert middle == pytest.approx(ms(day))
    assert shown.source.data["when"] == ["29 Mar 2026"]


@pytest.mark.parametrize("plot", IN_TIME, ids=lambda plot: plot.how)
def test_no_name_stands_between_two_hours(plot: Plot) -> None:
    ticker = drawn(plot, "hour", [])._figure.xaxis[0].ticker
    assert (ticker.min_interval, ticker.num_minor_ticks) == (3_600_000, 0)
    assert all(24 % mantissa == 0 for mantissa in ticker.mantissas)


@pytest.mark.parametrize(("twelve", "hour", "said"), [(False, "%H:%M", "22:00"), (True, "%I:%M %p", "10:00 PM")])
def test_the_axis_and_the_bars_go_by_the_clock_of_who_looks(twelve: bool, hour: str, said: str) -> None:
    shown = ReportPlot(IN_TIME[0], words=str, grain="hour", zone=UTC, twelve=twelve, dark=False)
    shown.update([{"begins": datetime(2026, 3, 1, 22, tzinfo=UTC), **{one.column: 1 for one in IN_TIME[0].series}}])
    formatter = shown._figure.xaxis[0].formatter
    assert {formatter.minutes, formatter.hourmin, formatter.hours} == {hour}
    assert shown.source.data["when"] == [f"01 Mar, {said}"]
