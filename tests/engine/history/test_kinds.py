"""Names and kinds of what DuckDB answers, in every form that a result has, through the bytes of an answer."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from engine.history import Result
from engine.history.kinds import unlike
from tests.engine.history.scripted import arrow

TWINS = "SELECT 1 AS seconds, 2 AS seconds, 3 AS Seconds, NULL::INT AS seconds_1, 'é' AS \"ö\", 'e' AS \"Ö\""


def answered(sql: str) -> Result:
    """The result of a query, through the bytes of an answer."""
    database = duckdb.connect()
    try:
        table = database.execute(sql).to_arrow_reader(2).read_all()
    finally:
        database.close()
    return Result(pa.ipc.open_stream(arrow(table)).read_all())


NAMES, VALUES = ["seconds", "seconds_2", "Seconds_3", "seconds_1", "ö", "Ö_1"], (1, 2, 3, None, "é", "e")


def test_columns_of_one_name_keep_their_values_in_every_form() -> None:
    twins = answered(TWINS)
    assert twins.columns == NAMES
    assert twins.arrow().to_pylist() == [dict(zip(NAMES, VALUES, strict=True))]
    frame = twins.pandas()
    assert [frame[name][0] for name in NAMES if name != "seconds_1"] == [1, 2, 3, "é", "e"]
    assert twins.relation().project("seconds, seconds_2, seconds_3, seconds_1").fetchall() == [VALUES[:4]]
    assert len(duckdb.sql("FROM twins").columns) == 6
    shown = twins._repr_html_()
    assert "<th>seconds</th><th>seconds_2</th>" in shown
    assert "<td>1</td><td>2</td><td>3</td>" in shown


def test_columns_of_one_name_keep_their_values_in_polars() -> None:
    polars, twins = pytest.importorskip("polars"), answered(TWINS)
    assert twins.polars().row(0) == polars.DataFrame(twins).row(0) == VALUES


def test_a_join_of_two_tables_keeps_both_of_their_columns() -> None:
    joined = answered(
        "SELECT * FROM (VALUES (1, 'a')) AS l(id, name) JOIN (VALUES (1, 'b')) AS r(id, name) ON l.id = r.id"
    )
    assert joined.pandas().to_dict("records") == [{"id": 1, "name": "a", "id_1": 1, "name_1": "b"}]


@pytest.mark.parametrize(
    ("names", "own"),
    [
        ([], []),
        (["a", "b"], ["a", "b"]),
        (["a", "a", "a"], ["a", "a_1", "a_2"]),
        (["a", "a_1", "a"], ["a", "a_1", "a_2"]),
        (["a_1", "a", "a", "a_1"], ["a_1", "a", "a_2", "a_1_1"]),
        (["count_star()", "count_star()"], ["count_star()", "count_star()_1"]),
    ],
)
def test_no_given_name_is_taken_by_another(names: list[str], own: list[str]) -> None:
    assert unlike(names) == own


SUMS = """SELECT sum(n) AS whole, sum(n * 0.25) AS part, count(*) AS many, sum(n::HUGEINT) AS huge, avg(n) AS mean,
    sum(n) FILTER (n > 9) AS none, max(t) - min(t) AS span, list(n * 0.5 ORDER BY n) AS parts, {'s': sum(n)} AS held
    FROM (VALUES (1, TIMESTAMPTZ '2026-03-01 09:00:00+00'), (2, '2026-03-02 10:00:00.000001+00')) AS v(n, t)"""
SPAN = timedelta(days=1, hours=1, microseconds=1)


def test_sums_and_spans_have_kinds_that_can_be_reckoned_with() -> None:
    sums = answered(SUMS)
    kinds = [str(kind) for kind in sums.arrow().schema.types]
    assert kinds[:7] == ["int64", "double", "int64", "int64", "double", "int64", "duration[us]"]
    assert sums.arrow().schema.field("parts").type.value_type == pa.float64()
    assert kinds[8] == "struct<s: int64>"
    (row,) = sums.arrow().to_pylist()
    assert (row["whole"], row["part"], row["huge"], row["none"], row["span"]) == (3, 0.75, 3, None, SPAN)
    assert (row["parts"], row["held"]) == ([0.5, 1.0], {"s": 3})


def test_a_frame_a_relation_and_a_notebook_reckon_with_them() -> None:
    sums = answered(SUMS)
    frame = sums.pandas()
    assert [frame[name].dtype.kind for name in ("whole", "part", "many", "huge", "mean", "span")] == [*"ifiifm"]
    assert frame["span"].dt.total_seconds()[0] == SPAN.total_seconds()
    assert (frame["whole"] / 2)[0] == 1.5
    assert sums.relation().project("typeof(whole), typeof(span)").fetchall() == [("BIGINT", "INTERVAL")]
    assert "<td>3</td><td>0.75</td>" in sums._repr_html_()


def test_polars_reckons_with_them() -> None:
    polars, sums = pytest.importorskip("polars"), answered(SUMS)
    assert sums.polars().schema["span"] == polars.Duration("us")
    assert (sums.polars()["span"][0], sums.polars()["whole"].sum()) == (SPAN, 3)


@pytest.mark.parametrize(
    ("sql", "values"),
    [
        ("SELECT INTERVAL 1 MONTH AS x UNION ALL SELECT NULL ORDER BY ALL NULLS LAST", [timedelta(days=30), None]),
        ("SELECT -INTERVAL '25 hours' AS x", [-timedelta(hours=25)]),
        ("SELECT INTERVAL 1 DAY AS x WHERE false", []),
        ("SELECT NULL::INTERVAL AS x", [None]),
        ("SELECT to_hours(n::INT) AS x FROM range(5) AS r(n)", [timedelta(hours=n) for n in range(5)]),
        (
            "SELECT [INTERVAL 1 DAY, NULL] AS x UNION ALL SELECT NULL ORDER BY ALL NULLS LAST",
            [[timedelta(1), None], None],
        ),
        ("SELECT {'a': INTERVAL 1 DAY} AS x", [{"a": timedelta(days=1)}]),
        ("SELECT sum(x)::HUGEINT AS x FROM (VALUES (9223372036854775807), (1)) AS v(x)", [Decimal(2**63)]),
        ("SELECT -9223372036854775808::HUGEINT AS x", [-(2**63)]),
        ("SELECT 1.10::DECIMAL(9, 2) AS x", [1.1]),
        ("SELECT sum(x) AS x FROM range(0) AS r(x)", [None]),
    ],
)
def test_each_value_is_what_it_was(sql: str, values: list[Any]) -> None:
    assert answered(sql).arrow()["x"].to_pylist() == values


def test_what_is_longer_than_any_duration_is_kept_as_it_came() -> None:
    kept = answered("SELECT INTERVAL '2000000000 months' AS x").arrow()["x"]
    assert str(kept.type) == "month_day_nano_interval"
    assert kept[0].as_py().months == 2_000_000_000
