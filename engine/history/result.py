"""The rows that answer a query, in the form that an analyst likes: Arrow, pandas, polars, or a DuckDB relation."""

from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from engine.history.errors import HistoryError
from engine.history.kinds import plain

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl

SHOWN_ROWS, SHOWN_SIGNS = 20, 200  # of a result in a notebook


class Result:
    """A result. `duckdb.sql("FROM result")` and `polars.DataFrame(result)` take it as it is.

    Of two columns of one name the second has a number behind it; sums are whole numbers, spans durations.
    """

    def __init__(self, table: pa.Table) -> None:
        self._table = plain(table)

    def __len__(self) -> int:
        return int(self._table.num_rows)

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self._table.column_names)

    def arrow(self) -> pa.Table:
        """The rows as an Arrow table."""
        return self._table

    def pandas(self) -> "pd.DataFrame":
        """The rows as a pandas data frame; times keep their zone, UTC, and spans are timedeltas."""
        frame: pd.DataFrame = self._table.to_pandas()
        return frame

    def polars(self) -> "pl.DataFrame":
        """The rows as a polars data frame. Raises `HistoryError` where polars is not installed."""
        try:
            import polars as pl
        except ImportError:
            raise HistoryError("polars is not installed: “pip install polars” adds it.") from None
        return pl.DataFrame(self._table)

    def relation(self) -> "duckdb.DuckDBPyRelation":
        """The rows as a relation of this program's own DuckDB, to go on asking without the server."""
        import duckdb

        return duckdb.from_arrow(self._table)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<{_counted(len(self), 'row')} of {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        return html_table(self.columns, self._table.slice(0, SHOWN_ROWS).to_pylist(), of=len(self))


def html_table(columns: list[str], rows: list[dict[str, Any]], *, of: int) -> str:
    """Rows as HTML, the first ones `of` so many; everything in them is foreign text, and shown as text."""
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join(f"<tr>{''.join(_cell(row[name]) for name in columns)}</tr>" for row in rows)
    more = f", the first {len(rows)} are shown" if len(rows) < of else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{_counted(of, 'row')}{more}</p>"


def _cell(value: object) -> str:
    if isinstance(value, int | float):
        return f"<td>{value}</td>"
    text = "" if value is None else f"{value:%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else str(value)
    shown = text if len(text) <= SHOWN_SIGNS else f"{text[: SHOWN_SIGNS - 1]}…"
    return f'<td dir="auto" style="text-align: start">{escape(shown)}</td>'


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
