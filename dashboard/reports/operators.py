"""The report "Operators": who served how many, and how long each was available."""

from dashboard.reports.report import Column, Plot, Report, Series, TableOf
from engine.analytics.reports.parameters import question

_TOTALS = f"""\
SELECT
    coalesce(sum(r.chats), 0)::BIGINT AS chats, coalesce(sum(r.offers), 0)::BIGINT AS offers,
    coalesce(sum(r.declined), 0)::BIGINT AS declined, coalesce(sum(r.missed), 0)::BIGINT AS missed,
    coalesce(sum(r.available_s), 0)::DOUBLE AS available_s
{question("operators")} AS r"""
_CHATS = Column(key="chats", title="reports.chats-taken")
_COUNTS = (
    Column(key="offers", title="reports.offers"),
    Column(key="declined", title="reports.offers-declined"),
    Column(key="missed", title="reports.offers-missed"),
)
_AVAILABLE = Column(key="available_s", title="reports.available", kind="length")
REPORT = Report(
    id="operators",
    totals=_TOTALS,
    rests_on="operators",
    figures=(_CHATS, *_COUNTS, _AVAILABLE),
    tables=(
        TableOf(
            name="operators",
            title="reports.operators.table",
            columns=(
                Column(key="name", title="reports.operator", kind="text"),
                _CHATS,
                *_COUNTS,
                Column(key="first_response_median_s", title="reports.response-median", kind="seconds"),
                Column(key="duration_median_s", title="reports.duration-median", kind="seconds"),
                _AVAILABLE,
            ),
        ),
    ),
    plot=Plot(
        title="reports.operators.plot",
        how="rows",
        series=(Series(column="chats", title="reports.chats-taken", colour="accent"),),
        label="name",
    ),
)
