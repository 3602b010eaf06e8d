"""What a report is on the screen: its figures, its tables, and the plot that suits it.

Measures are defined in `engine.analytics.reports` and nowhere else; here they are named, laid out and labelled.
"""

import re
from dataclasses import dataclass
from typing import Literal

from dashboard.reports.parameters import ReportId
from engine.analytics import reports
from engine.analytics.reports.parameters import question
from engine.views import AnyView

Kind = Literal["text", "count", "seconds", "length", "day", "time"]
Grain = Literal["day", "hour", "minutes"]
Colour = Literal["accent", "chat", "waiting", "problem", "neutral"]
STEPS: dict[Grain, str] = {"day": "1 DAY", "hour": "1 HOUR", "minutes": "5 MINUTES"}


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the answer: `title` is a key of the catalogue, `term` how the definition calls it, if it does."""

    key: str
    title: str
    kind: Kind = "count"
    term: str | None = None


@dataclass(frozen=True, kw_only=True)
class TableOf:
    """A table: of the report `name`, or, `in_time`, of the report `a_day`, or of `name` by the hour or five minutes."""

    name: str
    title: str
    columns: tuple[Column, ...]
    in_time: bool = False
    a_day: str = ""

    def sql(self, grain: Grain) -> str:
        """The question, with its parameters by their names."""
        if not self.in_time:
            return question(self.name)
        if grain == "day":
            return question(self.a_day)
        step = STEPS[grain]
        asked = question(self.name, "t.begins", f"least(t.begins + INTERVAL {step}, $stop::TIMESTAMPTZ)")
        return _STEPWISE.format(step=step, asked=asked)

    def by(self, grain: Grain) -> tuple[Column, ...]:
        """All columns; one in time begins with the time."""
        if not self.in_time:
            return self.columns
        time = Column(key="day", title="reports.day", kind="day")
        return (time if grain == "day" else Column(key="begins", title="reports.begins", kind="time"), *self.columns)

    def macros(self, grain: Grain) -> tuple[str, ...]:
        """The reports that the question rests on."""
        return (self.a_day if self.in_time and grain == "day" else self.name,)


_STEPWISE = """\
SELECT t.begins, r.*
FROM generate_series($start::TIMESTAMPTZ, $stop::TIMESTAMPTZ - INTERVAL 1 MICROSECOND, INTERVAL {step}) AS t(begins),
    LATERAL ({asked}) AS r
ORDER BY t.begins"""


@dataclass(frozen=True, kw_only=True)
class Series:
    """A column in the plot."""

    column: str
    title: str
    colour: Colour


@dataclass(frozen=True, kw_only=True)
class Plot:
    """The plot of the first table: stacked bars in time, bars in time beside each other, or a bar for each row."""

    title: str
    how: Literal["stacked", "beside", "rows"]
    series: tuple[Series, ...]
    label: str = ""  # the column that names a row


@dataclass(frozen=True, kw_only=True)
class Report:
    """A page of the Reports.

    Attributes:
        totals: the question for the figures: one row.
        rests_on: the report in `engine.analytics.reports` that the figures are of.
        live: the view whose tile stands beside the figures.
        whole_minutes: whether its live tile counts by whole minutes.

    """

    id: ReportId
    totals: str
    rests_on: str
    figures: tuple[Column, ...]
    tables: tuple[TableOf, ...]
    plot: Plot
    live: AnyView | None = None
    whole_minutes: bool = False

    @property
    def heeds(self) -> tuple[str, ...]:
        """The parameters that make a difference, beside the period."""
        return reports.registry()[self.rests_on].heeds


def definition(name: str, term: str | None = None) -> str:
    """What a report means, in words; with `term`, what it says of that one."""
    words = reports.registry()[name].definition
    if term is None:
        return words
    found = re.search(rf"(?:^|(?<=\. )){re.escape(term)}: (.+?)(?=\.(?: [A-Z][a-z]+(?: [a-z]+)?:|$))", words)
    return f"{term}: {found[1]}." if found else words


def behind(name: str, question: str) -> str:
    """The SQL behind a figure: the question as it was asked, then the macros it rests on."""
    every = {**reports.parts(), **reports.registry()}
    found: list[str] = []

    def collect(sql: str) -> None:
        for known, report in every.items():
            if report.sql not in found and re.search(rf"\b(?:report_)?{known}\(", sql.partition(" AS TABLE")[2] or sql):
                found.append(report.sql)
                collect(report.sql)

    collect(question)
    if every[name].sql not in found:
        found.append(every[name].sql)
    return "\n\n".join((f"{question};", *(f"{sql.strip()};" for sql in found)))
