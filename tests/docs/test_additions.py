"""What a page and a report's parameter cost, counted anew."""

import pytest

from engine.analytics.reports.parameters import PARAMETERS, Parameter
from tests.docs.counting import Page, Row, sources, text_of

PAGE = Page("additions.md")


def test_the_table_has_what_is_to_be_counted() -> None:
    assert [row.most for row in PAGE.rows] == [4, 3]


@pytest.mark.parametrize("row", PAGE.rows, ids=lambda row: row.name)
def test_the_files_with_its_words_are_those_that_are_quoted_and_counted(row: Row) -> None:
    found = PAGE.with_words(row.name)
    assert found == PAGE.quoted(row.name)
    assert len(found) == row.files <= row.most


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda one: one.name)
def test_no_report_s_page_names_a_parameter(parameter: Parameter) -> None:
    for path in sources(("dashboard/reports", "dashboard/pages")):
        code = "\n".join(line for line in text_of(path).splitlines() if "…" not in line)  # an example in words
        assert parameter.name not in code, path
