"""What can be asked: the tables with their columns, and the reports, as the server itself documents them."""

from html import escape
from itertools import groupby

import pyarrow as pa

from engine.history.result import Result, html_table

COLUMNS = """
WITH documented AS (
    SELECT table_name AS name, comment FROM duckdb_tables() WHERE schema_name = 'main' AND NOT internal
    UNION ALL
    SELECT view_name, comment FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal
)
SELECT d.name AS "table", c.column_name AS "column", lower(c.data_type) AS "type", c.comment AS meaning,
       d.comment AS table_meaning
FROM documented AS d
JOIN duckdb_columns() AS c ON c.table_name = d.name AND c.schema_name = 'main' AND NOT c.internal
ORDER BY d.name, c.column_index
"""
REPORTS = """
SELECT function_name AS report, comment AS meaning
FROM duckdb_functions()
WHERE function_type = 'table_macro' AND NOT internal AND comment IS NOT NULL AND starts_with(function_name, 'report_')
ORDER BY ALL
"""


class Tables(Result):
    """The documented tables, a row for each column; a notebook shows a line for each table, which opens."""

    def __init__(self, table: pa.Table) -> None:
        super().__init__(table)
        rows = groupby(table.to_pylist(), key=lambda row: row["table"])
        self._tables = {name: list(columns) for name, columns in rows}

    @property
    def names(self) -> list[str]:
        """The names of the tables."""
        return list(self._tables)

    def __repr__(self) -> str:
        return "\n".join(f"{name}: {columns[0]['table_meaning']}" for name, columns in self._tables.items())

    def _repr_html_(self) -> str:
        shown = ["column", "type", "meaning"]
        return "".join(
            f"<details><summary><b>{escape(name)}</b> {escape(columns[0]['table_meaning'] or '')}</summary>"
            f"{html_table(shown, columns, of=len(columns))}</details>"
            for name, columns in self._tables.items()
        )
