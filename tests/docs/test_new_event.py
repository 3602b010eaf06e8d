"""What a new thing costs, counted anew: the files that have its words are those that the page quotes, and so many."""

import pytest

from tests.docs.counting import Page, Row

PAGE = Page("new-event.md")


def test_the_table_has_what_is_to_be_counted() -> None:
    assert [row.most for row in PAGE.rows] == [20, 6, 9, 7, 3, 1, 2, 1]


@pytest.mark.parametrize("row", PAGE.rows, ids=lambda row: row.name)
def test_the_files_with_its_words_are_those_that_are_quoted_and_counted(row: Row) -> None:
    found = PAGE.with_words(row.name)
    assert found == PAGE.quoted(row.name)
    assert len(found) == row.files <= row.most
