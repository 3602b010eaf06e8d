"""The reports: each one SQL macro in a file, with its title and its definition in words as the leading comment.

The dashboard and notebooks ask for them by name; a live tile of the same measure is the same definition. What they
take is a period [start, stop), as times or ISO texts, and by name what stands in `parameters.py`, or null for all.
"""

from functools import cache
from pathlib import Path
from typing import Any, Protocol

import msgspec

from engine.analytics.reports.parameters import PARAMETERS, filled, question

HERE = Path(__file__).parent
PARTS = (
    "utc_day",
    "zone_day",
    "moment",
    "days",
    "whole_days",
    "visitors_in",
    "chat_moments",
    "chats_by",
)  # what reports are made of, in the order in which they are made
SHOWN = ("chats", "chats_a_day", "visits", "visits_a_day", "top_pages", "operators")


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report.

    Attributes:
        name: of the macro is `report_` and this.
        definition: what its columns mean, in words.
        heeds: the names of the parameters that make a difference, beside the period.
        sql: the statement that makes the macro.
        query: how it is asked for, with its parameters by their names.

    """

    name: str
    title: str
    definition: str
    heeds: tuple[str, ...]
    sql: str
    query: str


class _Database(Protocol):
    def execute(self, query: str, /) -> Any:
        """Run a statement."""


@cache
def registry() -> dict[str, Report]:
    """The reports by name, in the order in which they are shown."""
    return {name: _read(name) for name in SHOWN}


@cache
def parts() -> dict[str, Report]:
    """What the reports are made of, by name, in the order in which one needs the other."""
    return {name: _read(name) for name in PARTS}


def make(database: _Database) -> None:
    """Make all macros, each with its definition as its comment."""
    for report in (*parts().values(), *registry().values()):
        macro = report.sql.partition("MACRO ")[2].partition("(")[0]
        kind = "MACRO TABLE" if " AS TABLE" in report.sql else "MACRO"
        definition = report.definition.replace("'", "''")
        database.execute(report.sql)
        database.execute(f"COMMENT ON {kind} {macro} IS '{definition}'")


@cache
def _read(name: str) -> Report:
    lines = (HERE / f"{name}.sql").read_text(encoding="utf-8").splitlines()
    words = [line.removeprefix("--").strip() for line in lines if line.startswith("--")]
    sql = "\n".join(line for line in lines if not line.startswith("--"))
    return Report(
        name=name,
        title=words[0],
        definition=" ".join(words[1:]),
        heeds=tuple(one.name for one in PARAMETERS if name in one.heeded_by),
        sql=filled(sql),
        query=question(name),
    )
