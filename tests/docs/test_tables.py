"""The tables' document: current, and nothing in it without a word."""

from docs import make_tables


def test_the_committed_document_is_what_the_schema_says() -> None:
    assert make_tables.PAGE.read_text(encoding="utf-8") == make_tables.page(), "run `make docs`"


def test_every_table_and_column_that_can_be_asked_is_told_with_its_meaning() -> None:
    page = make_tables.page()
    rows = make_tables.columns()
    assert len(rows) > 100
    for row in rows:
        assert row["meaning"], row
        assert row["table_meaning"], row
        assert f"## {row['table']}\n" in page
        assert f"| `{row['column']}` | {row['type']} | {row['meaning']} |" in page
