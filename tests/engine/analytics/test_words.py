"""No column, table or report needs quotes, wherever a query names it: neither in this DuckDB nor in the next."""

from collections.abc import Iterator

import duckdb
import pytest

from engine.analytics import reports, schema
from engine.history.tables import COLUMNS

# Words that this DuckDB takes and 2.0 reserves.
OF_DUCKDB_2 = {"at"}
PLACES = (
    "SELECT {column} FROM {table}",
    "SELECT t.{column} FROM {table} AS t",
    "SELECT count({column}), max(t.{column}) FROM {table} AS t WHERE {column} IS NOT NULL",
    "SELECT {column}, count(*) FROM {table} GROUP BY {column} ORDER BY {column} DESC",
    "SELECT 1 AS {column} FROM {table}",
    "SELECT a.{column} FROM {table} AS a JOIN {table} AS b USING ({column})",
    "SELECT {column} FROM (SELECT {column} AS {column} FROM {table}) AS {table}",
    "SELECT x.{column} FROM (SELECT 1) AS x({column})",
    "WITH w AS (SELECT {column} FROM {table}) FROM w QUALIFY row_number() OVER (ORDER BY w.{column}) = 1",
)
REPORTED = (
    "SELECT {column} FROM {report}('2026-03-01', '2026-03-02')",
    "SELECT {column}, count(r.{column}) FROM {report}('2026-03-01', '2026-03-02') AS r GROUP BY {column}",
)


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables and the reports, without a row."""
    with duckdb.connect(":memory:") as made:
        for statements in schema.tables():
            made.execute(statements)
        reports.make(made)
        yield made


def columns(database: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Every table with each of its columns."""
    return [(table, column) for table, column, *_ in database.execute(COLUMNS).fetchall()]


@pytest.mark.parametrize("place", PLACES)
def test_a_column_needs_no_quotes(database: duckdb.DuckDBPyConnection, place: str) -> None:
    found = columns(database)
    assert len(found) > 100
    for table, column in found:
        (names,) = [database.execute(place.format(table=table, column=column)).description]
        assert [name for name, *_ in names or []]


def test_no_column_is_a_word_that_duckdb_keeps_for_itself(database: duckdb.DuckDBPyConnection) -> None:
    kept = {word for (word,) in database.execute(
        "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category <> 'unreserved'").fetchall()}  # fmt: skip
    assert {"at", "select"} <= kept
    names = {column for _, column in columns(database)} | {table for table, _ in columns(database)}
    assert names & (kept | OF_DUCKDB_2) == set()


@pytest.mark.parametrize("name", reports.SHOWN)
@pytest.mark.parametrize("place", REPORTED)
def test_a_column_of_a_report_needs_none_either(database: duckdb.DuckDBPyConnection, name: str, place: str) -> None:
    report = f"report_{name}"
    found = database.execute(f"FROM {report}('2026-03-01', '2026-03-02')").description or []
    assert found
    for column, *_ in found:
        assert database.execute(place.format(report=report, column=column)).description
