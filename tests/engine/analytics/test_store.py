"""The store: documented, made again when it is not ours, and moved aside when it is broken."""

import logging
from pathlib import Path

import duckdb
import pytest

from engine.analytics import rows, schema, store
from engine.analytics.store import FILE, InUse
from engine.facts.catalogue import FACTS, columns
from tests.engine.analytics.days import random_day
from tests.engine.analytics.tables import ask, everything, opened, project, tables_of

DAY = random_day(5)


def test_every_table_view_and_column_is_documented_in_the_catalogue(tmp_path: Path) -> None:
    with opened(tmp_path) as made:
        silent = ask(
            made,
            "SELECT table_name, '' AS column_name FROM duckdb_tables() WHERE comment IS NULL "
            "UNION ALL SELECT view_name, '' FROM duckdb_views() WHERE comment IS NULL AND NOT internal "
            "UNION ALL SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL AND NOT internal "
            "UNION ALL SELECT function_name, '' FROM duckdb_functions() WHERE comment IS NULL AND NOT internal",
        )
        shown = {row["name"] for row in ask(made, "SHOW TABLES")}
    assert silent == []
    assert shown == {fact.name for fact in FACTS}


def test_a_table_has_the_columns_of_its_fact(tmp_path: Path) -> None:
    with opened(tmp_path) as made:
        for one in FACTS:
            found = [row["column_name"] for row in ask(made, f"DESCRIBE {one.name}")]
            assert found == list(columns(one))


def test_a_column_that_no_table_can_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="no column can hold"):
        rows.arrow_type(bytes)


def test_tables_go_on_where_they_were(tmp_path: Path) -> None:
    with tables_of(tmp_path, DAY) as made:
        before = everything(made)
    with opened(tmp_path) as again:
        assert everything(again) == before
        assert again.mark() == len(DAY)


def test_tables_of_another_version_are_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with tables_of(tmp_path, DAY):
        pass
    monkeypatch.setattr(schema, "version", lambda: "another")
    with caplog.at_level(logging.INFO), opened(tmp_path) as made:
        assert made.mark() == 0
    assert "made by another version" in caplog.text
    assert not list(tmp_path.glob("*.broken"))


def test_tables_of_another_journal_are_made_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with tables_of(tmp_path, DAY):
        pass
    with caplog.at_level(logging.INFO), opened(tmp_path, epoch="second") as made:
        assert made.mark() == 0
    assert "made of another journal" in caplog.text


@pytest.mark.parametrize("damage", ["overwritten", "cut"])
def test_a_broken_file_is_moved_aside_and_said_and_made_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    file = tmp_path / FILE
    with tables_of(tmp_path, DAY) as made:
        whole = everything(made)
    content = file.read_bytes()
    file.write_bytes(b"nonsense" * 2_000 if damage == "overwritten" else content[: len(content) // 3])
    with opened(tmp_path) as made:
        project(made, DAY)
        assert everything(made) == whole
    assert file.with_name(f"{FILE}.broken").exists()
    assert "cannot be read and is moved aside" in caplog.text


def test_a_file_that_another_process_has_is_no_broken_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.2)
    error = duckdb.IOException("Could not set lock on file")

    def connect(*_: object, **__: object) -> object:
        raise error

    monkeypatch.setattr(duckdb, "connect", connect)
    with pytest.raises(InUse), opened(tmp_path):
        pass
    assert not list(tmp_path.iterdir())
