"""A report's parameters: they make a difference in the reports that their row names, and in no other."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from engine.analytics import reports
from engine.analytics.reports.parameters import PARAMETERS, Parameter, question
from engine.analytics.store import Store
from tests.engine.analytics.days import random_day
from tests.engine.analytics.tables import ask, tables_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def a_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, str, str]]:
    """The tables of a random day, its start and its end."""
    day = random_day(3, steps=300)
    folder: Path = tmp_path_factory.mktemp("day")
    with tables_of(folder, day) as store:
        yield store, day[0].at.isoformat(), (day[-1].at + timedelta(seconds=1)).isoformat()


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda one: one.name)
@pytest.mark.parametrize("report", reports.SHOWN)
def test_it_makes_a_difference_where_its_row_says(
    a_day: tuple[Store, str, str], report: str, parameter: Parameter
) -> None:
    store, start, stop = a_day
    chosen = [row["id"] for row in ask(store, parameter.choices)]
    everything, *of_each = (
        ask(store, f"FROM report_{report}(?, ?, {parameter.name} := ?)", start, stop, one) for one in (None, *chosen)
    )
    assert len(of_each) >= 2
    assert any(rows != everything for rows in of_each) == (report in parameter.heeded_by)


def test_a_question_has_every_parameter_by_its_name() -> None:
    asked = question("chats")
    assert asked.startswith("FROM report_chats($start, $stop, ")
    assert all(f"{one.name} := ${one.name}" in asked for one in PARAMETERS)


def test_no_placeholder_is_left_in_what_analysts_are_shown() -> None:
    for report in (*reports.registry().values(), *reports.parts().values()):
        assert "{" not in report.sql
    assert {name for one in PARAMETERS for name in one.heeded_by} <= set(reports.SHOWN)
