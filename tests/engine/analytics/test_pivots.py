"""A PIVOT is answered where it names its columns, and refused with the cure where it does not."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from engine.analytics.errors import Refusal
from engine.analytics.query import Limits, Question, run
from engine.analytics.store import Store
from engine.history import Result
from tests.engine.analytics.tables import tables_of
from tests.engine.story import Story

LISTED = "outcome IN ('answered', 'abandoned')"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Two chats that were answered and one that was not."""
    story = Story()
    story.operator("Otto", on=True)
    for name in ("vera", "wim"):
        story.visitor(name).asks().rings_at("Otto").is_accepted_by("Otto").ends()
    story.visitor("xena").asks().cancels()
    with tables_of(tmp_path_factory.mktemp("pivots"), story.events) as made:
        yield made


def asked(store: Store, sql: str, params: list[Any] | None = None) -> pa.Table:
    """An analyst's answer."""
    question, folder = Question(sql=sql, params=params or []), Path(gettempdir())
    answer = run(store.cursor(), question, limits=Limits(), folder=folder, on_hang=lambda: None)
    try:
        return pa.ipc.open_stream(b"".join(answer.chunks())).read_all()
    finally:
        answer.close()


@pytest.mark.parametrize(
    ("sql", "params"),
    [
        ("PIVOT (SELECT outcome FROM conversations) ON LISTED USING count(*)", []),
        ("SELECT * FROM (PIVOT (SELECT outcome FROM waits) ON LISTED USING count(*))", []),
        ("FROM (SELECT outcome FROM waits) PIVOT (count(*) FOR LISTED)", []),
        ("WITH p AS (PIVOT (SELECT outcome FROM waits) ON LISTED USING count(*)) FROM p", []),
        ("PIVOT (SELECT outcome FROM waits WHERE asked_at >= ?) ON LISTED "
         "USING count(*)", ["2026-01-01"]),
    ],
)  # fmt: skip
def test_a_pivot_that_names_its_columns_is_answered(store: Store, sql: str, params: list[str]) -> None:
    told = asked(store, sql.replace("LISTED", LISTED), params)
    assert told.to_pylist() == [{"answered": 2, "abandoned": 1}]


@pytest.mark.parametrize(
    "sql",
    [
        "PIVOT waits ON outcome",
        "PIVOT waits ON outcome USING avg(seconds);",
        "pivot_wider waits on outcome, reason using count(*)",
        "SELECT * FROM (PIVOT waits ON outcome USING count(*))",
        "WITH p AS (PIVOT waits ON outcome USING count(*)) FROM p",
        "FROM (PIVOT waits ON outcome) AS a, (PIVOT offers ON outcome) AS b",
        "PIVOT waits ON outcome IN (SELECT DISTINCT outcome FROM waits) USING count(*)",
        "-- by outcome\nPIVOT waits ON outcome USING count(*)",
    ],
)
def test_one_that_does_not_is_refused_with_the_cure(store: Store, sql: str) -> None:
    with pytest.raises(Refusal, match=r"must name the values .* ON outcome IN \('answered', 'abandoned'\)") as refused:
        asked(store, sql)
    assert (refused.value.status, refused.value.error) == (400, "not-one-select")


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("CREATE TYPE t AS ENUM ('a'); SELECT 1", "2 statements"),
        ("DROP TABLE visitors; PIVOT waits ON outcome", "3 statements"),
        ("PIVOT waits ON outcome; SELECT 1", "3 statements"),
        ("CREATE TABLE t AS PIVOT waits ON outcome", "4 statements"),
        ("CREATE TABLE t(i INT)", "no SELECT"),
    ],
)
def test_what_only_holds_one_is_still_no_select(store: Store, sql: str, what: str) -> None:
    with pytest.raises(Refusal, match=what) as refused:
        asked(store, sql)
    assert refused.value.error == "not-one-select"


def test_what_the_cure_says_works(store: Store) -> None:
    rows = Result(asked(store, "SELECT outcome FROM waits"))
    assert len(rows) == 3
    pivoted = duckdb.sql("PIVOT rows ON outcome USING count(*)")
    assert (pivoted.columns, pivoted.fetchall()) == (["abandoned", "answered"], [(1, 2)])


def test_unpivot_needs_no_cure(store: Store) -> None:
    told = asked(store, "UNPIVOT (SELECT 1 AS a, 2 AS b) ON a, b INTO NAME what VALUE number")
    assert told.to_pylist() == [{"what": "a", "number": 1}, {"what": "b", "number": 2}]
