"""The tables' document, made from the tables themselves: `python -m docs.make_tables` writes docs/tables.md."""

from itertools import groupby
from pathlib import Path

import duckdb

from engine.analytics import reports, schema
from engine.analytics.reports.parameters import PARAMETERS
from engine.history.tables import COLUMNS

PAGE = Path(__file__).parent / "tables.md"
HEAD = """\
<!-- Made by `make docs` from engine/analytics/schema/ and engine/analytics/reports/: change those. -->
# Tables and columns

What a query can read, as `house.tables()` and `house.reports()` tell it too. [Analysing](analyse.md) says how to ask.
Times are UTC; ids are UUIDs; a null is a value that is not known, or not yet.
"""


def columns() -> list[dict[str, str]]:
    """Every column of every table that can be queried, with what it means."""
    with duckdb.connect(":memory:") as database:
        for statements in schema.tables():
            database.execute(statements)
        found: list[dict[str, str]] = database.execute(COLUMNS).to_arrow_table().to_pylist()
        return found


def page() -> str:
    """The document."""
    tables = [(name, list(rows)) for name, rows in groupby(columns(), key=lambda row: row["table"])]
    return "\n".join((HEAD, *(_table(name, rows) for name, rows in tables), _reports())).rstrip() + "\n"


def _table(name: str, rows: list[dict[str, str]]) -> str:
    told = [f"| `{row['column']}` | {row['type']} | {row['meaning']} |" for row in rows]
    return "\n".join(
        (f"## {name}\n", f"{rows[0]['table_meaning']}\n", "| column | type | meaning |", "|---|---|---|", *told, "")
    )


def _reports() -> str:
    told = [
        f"### report_{report.name}\n\n{report.title}. {report.definition}\n\n"
        + "".join(f"The {name} makes no difference.\n\n" for name in _unheeded(report.heeds))
        + f"```sql\n{report.query}\n```\n"
        for report in reports.registry().values()
    ]
    return "\n".join(
        (
            "## Reports\n",
            "Each takes a start, a stop that is not part of it, and by name a department, or null for all, and a time "
            "zone: `zone := 'Europe/Berlin'` cuts days by its clocks, and takes a start and a stop without a zone "
            "as theirs. Without one they are UTC's.\n",
            *told,
        )
    )


def _unheeded(heeds: tuple[str, ...]) -> list[str]:
    return [one.name for one in PARAMETERS if one.name not in heeds]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
