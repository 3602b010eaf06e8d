"""The report "Visits": how many came, how often, and what they looked at."""

from dashboard.reports.report import Column, Plot, Report, Series, TableOf
from engine.analytics.reports.parameters import question
from engine.views import VisitsAMinute

_COUNTS = (
    Column(key="visits", title="reports.visits"),
    Column(key="visitors", title="reports.visitors"),
)
REPORT = Report(
    id="visits",
    totals=question("visits"),
    rests_on="visits",
    figures=(
        *_COUNTS,
        Column(key="pages", title="reports.pages"),
        Column(key="length_median_s", title="reports.length-median", kind="seconds"),
    ),
    tables=(
        TableOf(name="visits", a_day="visits_a_day", in_time=True, title="reports.visits.table", columns=_COUNTS),
        TableOf(
            name="top_pages",
            title="reports.top-pages.table",
            columns=(
                Column(key="address", title="reports.page-address", kind="text"),
                Column(key="title", title="reports.page-title", kind="text"),
                Column(key="views", title="reports.views"),
                Column(key="visitors", title="reports.visitors"),
            ),
        ),
    ),
    plot=Plot(
        title="reports.visits.plot",
        how="beside",
        series=(
            Series(column="visits", title="reports.visits", colour="accent"),
            Series(column="visitors", title="reports.visitors", colour="neutral"),
        ),
    ),
    live=VisitsAMinute(),
    whole_minutes=True,
)
