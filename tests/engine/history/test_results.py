"""What one has after asking: rows in every form, and as a notebook shows them."""

import sys
from datetime import timedelta

import duckdb
import pyarrow as pa
import pytest

from engine.history import History, HistoryError, Result, Tables
from tests.engine.history.scripted import Script, rows
from tests.engine.story import NINE

HOSTILE = '<script>alert("1")</script>'
WAITS = pa.table(
    {
        "conversation": ["c1", "c2", "c3"],
        "asked_at": pa.array([NINE, NINE + timedelta(seconds=1), None], pa.timestamp("us", tz="UTC")),
        "seconds": [4.5, None, 1.0],
    }
)


@pytest.fixture
def waits(house: History, server: Script) -> Result:
    """An answer that came over HTTP."""
    server.to_queries = [rows(WAITS)]
    return house.query("FROM waits")


def test_a_result_is_an_arrow_table(waits: Result) -> None:
    assert waits.arrow() == WAITS
    assert (len(waits), waits.columns) == (3, ["conversation", "asked_at", "seconds"])


def test_a_result_is_a_pandas_frame_with_times_in_utc(waits: Result) -> None:
    frame = waits.pandas()
    assert list(frame["conversation"]) == ["c1", "c2", "c3"]
    assert frame["asked_at"][0] == NINE
    assert str(frame["asked_at"].dtype) == "datetime64[us, UTC]"
    assert frame["seconds"].sum() == 5.5


def test_a_result_is_a_polars_frame(waits: Result) -> None:
    polars = pytest.importorskip("polars")
    frame = waits.polars()
    assert isinstance(frame, polars.DataFrame)
    assert frame["conversation"].to_list() == ["c1", "c2", "c3"]
    assert frame["asked_at"][0] == NINE


def test_without_polars_it_is_said_how_to_get_it(waits: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(HistoryError, match="polars is not installed: “pip install polars” adds it"):
        waits.polars()


def test_a_result_is_a_relation_to_go_on_asking(waits: Result) -> None:
    asked = waits.relation().filter("seconds > 2").project("conversation")
    assert asked.fetchall() == [("c1",)]


def test_a_result_can_be_asked_by_its_name(waits: Result) -> None:
    assert len(waits) == 3
    assert duckdb.sql("SELECT count(seconds) FROM waits").fetchall() == [(2,)]


def test_an_empty_result_has_its_columns(house: History, server: Script) -> None:
    server.to_queries = [rows(WAITS.slice(0, 0))]
    nothing = house.query("FROM waits")
    assert (len(nothing), list(nothing.pandas().columns)) == (0, WAITS.column_names)
    assert repr(nothing) == "<0 rows of conversation, asked_at, seconds>"
    assert nothing._repr_html_().endswith("<p>0 rows</p>")


def test_a_notebook_shows_foreign_text_as_text() -> None:
    shown = Result(pa.table({HOSTILE: [HOSTILE, None, "שלום"]}))._repr_html_()
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;") == 2
    assert '<td dir="auto" style="text-align: start">שלום</td>' in shown


def test_a_notebook_shows_the_first_rows_and_the_beginning_of_long_texts() -> None:
    shown = Result(pa.table({"text": [f"{n} {'x' * 10_000}" for n in range(1_234)]}))._repr_html_()
    assert shown.count("<tr>") == 1 + 20
    assert len(shown) < 20 * 300
    assert "<p>1,234 rows, the first 20 are shown</p>" in shown


def test_a_notebook_shows_times_to_the_second_and_nothing_for_nothing(waits: Result) -> None:
    shown = waits._repr_html_()
    assert ">2026-03-01 09:00:01</td><td dir=" in shown
    assert "<td>4.5</td>" in shown
    assert "None" not in shown


# --- the tables

COLUMNS = pa.table(
    {
        "table": ["persons", "waits", "waits"],
        "column": ["name", "seconds", "outcome"],
        "type": ["varchar", "double", "varchar"],
        "meaning": [HOSTILE, "how long", None],
        "table_meaning": ["Who they are", "Each wait", "Each wait"],
    }
)


def test_the_tables_are_shown_with_their_columns_and_what_they_mean(house: History, server: Script) -> None:
    server.to_queries = [rows(COLUMNS)]
    tables = house.tables()
    assert tables.names == ["persons", "waits"]
    assert repr(tables) == "persons: Who they are\nwaits: Each wait"
    assert tables.arrow() == COLUMNS
    shown = tables._repr_html_()
    assert shown.count("<details>") == 2
    assert "<summary><b>waits</b> Each wait</summary>" in shown
    assert "<script" not in shown


def test_no_tables_are_shown_as_none() -> None:
    assert Tables(COLUMNS.slice(0, 0)).names == []
