"""A report asked of the history: the figures of a period and of the one before, the tables, how fresh they are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dashboard.history.question import History
from dashboard.reports.parameters import Parameters, Span, span
from dashboard.reports.report import Grain, Report

Row = dict[str, Any]
_GRAINS: dict[str, Grain] = {"hour": "minutes", "today": "hour"}
_DEPARTMENTS = "SELECT d.department::VARCHAR AS id, d.name FROM departments AS d ORDER BY d.place"
_DAY_S = 86_400


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a report says; each of `tables` has the rows of the report's."""

    span: Span
    department: str | None
    grain: Grain
    now: Row
    before: Row
    tables: list[list[Row]]
    departments: list[Row]
    stale: bool


async def ask(history: History, report: Report, parameters: Parameters, *, now: datetime) -> Answer:
    """One question after the other: others ask too. Raises `HistoryError`."""
    period = span(parameters, now, whole_minutes=report.whole_minutes)
    grain = grain_of(parameters, period)
    department = parameters.department if report.by_department else None

    async def rows(sql: str, of: Span) -> list[Row]:
        found: list[Row] = (await history.query(sql, params(of, department))).to_pylist()
        return found

    return Answer(
        span=period,
        department=department,
        grain=grain,
        now=next(iter(await rows(report.totals, period)), {}),
        before=next(iter(await rows(report.totals, period.before)), {}),
        tables=[await rows(table.sql(grain), period) for table in report.tables],
        departments=(await history.query(_DEPARTMENTS)).to_pylist(),
        stale=await history.stale(),
    )


def grain_of(parameters: Parameters, period: Span) -> Grain:
    """By which step a report in time is told."""
    short = parameters.period == "custom" and (period.stop - period.start).total_seconds() <= _DAY_S
    return "hour" if short else _GRAINS.get(parameters.period, "day")


def params(period: Span, department: str | None) -> list[str | None]:
    """The parameters of a report's question."""
    return [period.start.isoformat(), period.stop.isoformat(), department]
