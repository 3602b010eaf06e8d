"""A report asked of the history, at once: the figures of a period and the one before, the tables, the choices."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any

import msgspec

from dashboard.history.question import History
from dashboard.reports.parameters import Parameters, Span, span, values
from dashboard.reports.report import Column, Grain, Report
from engine.analytics.reports.parameters import PARAMETERS
from engine.analytics.screens.several import Asked, Several

Row = dict[str, Any]
_GRAINS: dict[str, Grain] = {"hour": "minutes", "today": "hour"}
_DAY_S = 86_400
_TIMES = {"day": date, "time": datetime}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a report says; each of `tables` has the rows of the report's.

    Attributes:
        values: those of the question's parameters, by name.
        choices: what may be chosen, by the parameter's name.

    """

    span: Span
    values: dict[str, str | None]
    grain: Grain
    now: Row
    before: Row
    tables: list[list[Row]]
    choices: dict[str, list[Row]]
    stale: bool

    @property
    def zone(self) -> str:
        """By whose clocks it is told."""
        return self.values["zone"] or "UTC"


async def ask(history: History, report: Report, parameters: Parameters, *, now: datetime, zone: tzinfo = UTC) -> Answer:
    """All that the section shows, as the tables are at one moment, by the clocks of a zone. Raises `HistoryError`."""
    period = span(parameters, now, whole_minutes=report.whole_minutes, zone=zone)
    grain = grain_of(parameters, period)
    of = values(parameters, period, rests_on=report.rests_on)
    before = values(parameters, period.before, rests_on=report.rests_on)
    told = await history.ask(
        Several(
            questions=(
                Asked(report.totals, of),
                Asked(report.totals, before),
                *(Asked(table.sql(grain), of) for table in report.tables),
                *(Asked(one.choices) for one in PARAMETERS),
            )
        )
    )
    totals, others = told.answer[:2], told.answer[2:]
    tables, choices = others[: len(report.tables)], others[len(report.tables) :]
    return Answer(
        span=period,
        values=of,
        grain=grain,
        now=next(iter(totals[0]), {}),
        before=next(iter(totals[1]), {}),
        tables=[_timed(rows, one.by(grain)) for one, rows in zip(report.tables, tables, strict=True)],
        choices={one.name: rows for one, rows in zip(PARAMETERS, choices, strict=True)},
        stale=told.stale,
    )


def grain_of(parameters: Parameters, period: Span) -> Grain:
    """By which step a report in time is told."""
    short = parameters.period == "custom" and (period.stop - period.start).total_seconds() <= _DAY_S
    return "hour" if short else _GRAINS.get(parameters.period, "day")


def _timed(rows: list[Row], columns: tuple[Column, ...]) -> list[Row]:
    """The rows with their times, which came as texts."""
    times = {column.key: _TIMES[column.kind] for column in columns if column.kind in _TIMES}
    return [{**row, **{key: msgspec.convert(row[key], kind) for key, kind in times.items()}} for row in rows]
