"""The notebook runs from top to bottom beside a live server, and shows the chats of that very run."""

import re
from pathlib import Path

import pytest

from parlour.notebooks import FIRST, FOLDER
from tests.notebooks.running import figures_of, read, rows_of, shown_by
from tests.notebooks.talk import ANSWER, QUESTION, THANKS, Talk

pytestmark = pytest.mark.slow

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.fixture(scope="module")
def shown(talk: Talk) -> dict[str, str]:
    """What each cell of the notebook shows, as text and HTML, by the cell's name."""
    return shown_by(FOLDER / FIRST, url=talk.url, token=talk.token)


def test_it_shows_the_tables(shown: dict[str, str]) -> None:
    assert "<b>conversations</b>" in shown["tables"]
    assert "<b>message_texts</b>" in shown["tables"]


def test_it_shows_the_chats_of_this_run(shown: dict[str, str], talk: Talk) -> None:
    rows = rows_of(shown["chats"])
    assert len(rows) == 2
    otto, vera = rows  # the latest first
    assert all(f">{text}</td>" in vera for text in ("Vera", "Support", talk.operator["name"], "ended", "3", talk.vera))
    assert all(f">{text}</td>" in otto for text in ("Otto", "Support", "abandoned", "0", talk.otto))


def test_its_report_counts_them(shown: dict[str, str]) -> None:
    (counts,) = figures_of(shown["days"])
    expected = {"asked": "2", "offered": "2", "accepted": "1", "declined": "0", "abandoned": "1", "left_messages": "0"}
    assert counts | expected == counts


def test_its_waiting_times_are_those_of_the_live_tile(shown: dict[str, str], talk: Talk) -> None:
    for name in ("median_s", "p95_s", "answered", "abandoned", "waiting"):
        assert re.search(rf"\b{name}={talk.waiting_times[name]}\b", shown["tile"]), (name, shown["tile"])
    assert re.search(r"Support\s+abandoned\s+1", shown["quantiles"])
    assert re.search(r"Support\s+answered\s+1", shown["quantiles"])


def test_its_plots_hold_the_waits_and_ask_nothing_of_another_host(shown: dict[str, str]) -> None:
    assert "How long each visitor waited" in shown["plot"]
    assert "Visitors waiting" in shown["crowd"]
    assert not re.search(r"(?:src|href)=.{0,2}https?:|cdn\.bokeh", shown["plot"] + shown["crowd"])


def test_it_reads_the_conversation_and_shows_what_was_said_as_text(shown: dict[str, str], talk: Talk) -> None:
    said = re.findall(r">([^<>]*)</td></tr>", shown["conversation"])
    escaped = QUESTION.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#x27;")
    assert said == [escaped, ANSWER, THANKS]
    assert talk.operator["name"] in shown["conversation"]
    assert "<b>" not in shown["conversation"]


def test_it_finds_where_the_word_was_said(shown: dict[str, str], talk: Talk) -> None:
    assert f">{talk.vera}</td>" in shown["search"]
    assert "4711" in shown["search"]
    assert "<p>1 row</p>" in shown["search"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_it_is_kept_without_what_it_showed(path: Path) -> None:
    notebook = read(path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.id for cell in code if cell.outputs or cell.execution_count is not None] == []
    assert all(cell.cell_type == "markdown" or cell.source.strip() for cell in notebook.cells)
