"""The call is understood: a chat just made is the same in live tile, report, CSV, Visitors List and notebook."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from engine.history import connect
from parlour.notebooks import FIRST, FOLDER
from tests.browser import end_chat
from tests.e2e.demo import Demo
from tests.e2e.people import Operator, Visitor
from tests.notebooks.running import cells_of, figures_of, rows_of, shown_by
from tests.parlour.whole import until

pytestmark = pytest.mark.e2e
FRESH_MS = 20_000  # a report asks again by itself every 15 s


def known(demo: Demo, sql: str) -> list[dict[str, Any]]:
    """What an analyst is answered."""
    rows: list[dict[str, Any]] = connect(*analyst(demo)).query(sql).arrow().to_pylist()
    return rows


def analyst(demo: Demo) -> tuple[str, str]:
    """The analysts' address and token."""
    return f"http://127.0.0.1:{demo.port + 2}", (demo.data_dir / "analyst.key").read_text().strip()


def said(seconds: float) -> str:
    """Seconds as the dashboard says them."""
    minutes, rest = divmod(int(seconds + 0.5), 60)  # as JavaScript rounds
    return f"{minutes}:{rest:02}"


def figure(ann: Operator, title: str) -> Locator:
    """The value of a headline figure."""
    cards = ann.page.get_by_role("list", name="Figures").get_by_role("listitem")
    titled = ann.page.locator(".figure-title").get_by_text(title, exact=True)
    return cards.filter(has=titled).locator(".figure-value")


def downloaded(ann: Operator, link: str) -> list[dict[str, str]]:
    """A table's CSV."""
    with ann.page.expect_download() as download:
        ann.page.get_by_role("link", name=link).click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def shown(ann: Operator, region: str) -> list[list[str]]:
    """The rows of a table as they are shown."""
    table = ann.page.get_by_role("region", name=region, exact=True).get_by_role("table")
    rows: list[list[str]] = table.evaluate(
        "table => [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return rows


def test_a_chat_is_the_same_in_tile_report_csv_list_and_notebook(
    own_demo: Callable[[], Demo], chromium: Browser
) -> None:
    demo = own_demo()
    ann = Operator(chromium, demo).signs_in().switches(on=True)
    vera, tom = Visitor(chromium, demo).opens(), Visitor(chromium, demo).opens()
    vera.asks("Vera")
    ann.presses("Accept")
    vera.writes("Where is my parcel?")
    ann.sees("Where is my parcel?")
    ann.writes("Let me look.")
    vera.sees("Let me look.")
    end_chat(ann.page)
    expect(vera.chat.get_by_text("Chat ended", exact=True)).to_be_visible()
    tom.asks("Tom")
    expect(ann.request).to_be_visible()
    tom.chat.get_by_role("button", name="Cancel", exact=True).click()
    expect(ann.request).to_have_count(0, timeout=10_000)

    until(lambda: len(known(demo, "FROM waits WHERE outcome IS NOT NULL")) == 2, what="both waits are known")
    waits = {row["outcome"]: row["seconds"] for row in known(demo, "FROM waits")}
    median = (waits["answered"] + waits["abandoned"]) / 2
    (talk,) = known(
        demo,
        "SELECT conversation::VARCHAR AS conversation, first_response_s FROM conversations WHERE outcome = 'answered'",
    )

    ann.goes_to("Reports")
    ann.page.get_by_label("Period").select_option("Last hour")
    tile = ann.page.get_by_role("group", name="Last hour, live")
    expect(tile).to_contain_text(f"1 answered · 1 abandoned · waiting time: median {said(median)}")
    for title, value in {
        "Asked": "2", "Offered": "2", "Accepted": "1", "Abandoned": "1", "Chats declined": "0", "Left messages": "0",
        "Waiting, median": said(median), "First response, median": said(talk["first_response_s"]),
    }.items():  # fmt: skip
        expect(figure(ann, title)).to_have_text(value, timeout=FRESH_MS)

    rows = downloaded(ann, "CSV of Chats over time")
    table = shown(ann, "Chats over time")
    assert [[row[name] for name in ("Asked", "Accepted", "Abandoned")] for row in rows] == [
        [row[1], row[3], row[6]] for row in table
    ]
    assert sum(int(row["Accepted"]) for row in rows) == sum(int(row["Abandoned"]) for row in rows) == 1
    in_csv = [float(row["Waiting, 95% (s)"]) for row in rows if row["Accepted"] == "1" and row["Abandoned"] == "0"]
    assert all(abs(seconds - waits["answered"]) < 1e-5 for seconds in in_csv)

    ann.page.get_by_role("link", name="Visits", exact=True).click()
    ann.page.get_by_label("Period").select_option("Last hour")
    expect(figure(ann, "Visits")).to_have_text("2", timeout=FRESH_MS)
    expect(ann.page.get_by_role("group", name="Last hour, live")).to_contain_text("2 visits")
    ann.page.get_by_role("link", name="Operators", exact=True).click()
    expect(figure(ann, "Chats")).to_have_text("1", timeout=FRESH_MS)
    assert [row[:2] for row in shown(ann, "Operators") if row[0] == ann.name] == [[ann.name, "1"]]

    ann.goes_to("Visitors List")
    row = ann.page.get_by_role("row").filter(has_text="Vera")
    expect(row).to_contain_text("Online")
    row.dblclick()
    chats = ann.profile.get_by_role("region", name="Chats", exact=True)
    expect(chats.get_by_role("button")).to_contain_text(re.compile(rf"Support · {ann.name}.*Answered"))
    in_the_notebook_too(demo, ann.name, talk, waits, in_report=rows)
    vera.leaves()
    tom.leaves()
    assert not ann.problems
    ann.leaves()


def in_the_notebook_too(
    demo: Demo, operator: str, talk: dict[str, Any], waits: dict[str, float], *, in_report: list[dict[str, str]]
) -> None:
    """Assert that the notebook tells the very same: counts, waits, first response, and what was said."""
    url, token = analyst(demo)
    shown = shown_by(FOLDER / FIRST, url=url, token=token)
    days = figures_of(shown["days"])
    titles = {"Asked": "asked", "Offered": "offered", "Accepted": "accepted", "Abandoned": "abandoned"}
    for title, column in titles.items():
        assert sum(int(day[column]) for day in days) == sum(int(row[title]) for row in in_report), title
    assert sum(int(day["asked"]) for day in days) == 2
    if len(days) == 1:  # else midnight has parted them
        assert float(days[0]["first_response_median_s"]) == pytest.approx(talk["first_response_s"], abs=1e-4)
        median = (waits["answered"] + waits["abandoned"]) / 2
        assert float(days[0]["waiting_median_s"]) == pytest.approx(median, abs=1e-4)
    (vera,) = [cells for row in rows_of(shown["chats"]) if talk["conversation"] in (cells := cells_of(row))]
    assert vera[1:5] == ["Vera", "Support", operator, "ended"]
    assert (float(vera[5]), vera[6]) == (round(waits["answered"], 2), "2")
    told = re.search(r"median_s=([\d.]+)", shown["tile"])
    assert told
    assert float(told[1]) == pytest.approx((waits["answered"] + waits["abandoned"]) / 2, abs=1e-4)
    said_there = [cells_of(row)[1:] for row in rows_of(shown["conversation"])]
    assert said_there == [["Vera", "Where is my parcel?"], [operator, "Let me look."]]


@pytest.mark.long  # tests/dashboard/test_reports_in_browser.py has the screen, test_restart.py that chats go on
def test_while_analytics_is_dead_chats_go_on_and_the_reports_come_back(
    own_demo: Callable[[], Demo], chromium: Browser
) -> None:
    demo = own_demo()
    ann = Operator(chromium, demo).signs_in().switches(on=True)
    vera = Visitor(chromium, demo).opens()
    ann.goes_to("Reports")
    ann.page.get_by_label("Period").select_option("Last hour")
    expect(figure(ann, "Asked")).to_have_text("0")
    demo.kill("analytics")
    ann.page.get_by_role("link", name="Visits", exact=True).click()
    expect(ann.page.get_by_text(re.compile("^Reports are not up to date"))).to_be_visible()
    vera.asks("Vera")
    ann.presses("Accept")
    expect(vera.dialog("Chat with operator")).to_be_visible()
    expect(ann.profile).to_be_visible()  # the step that is taken back
    ann.page.go_back()
    ann.page.get_by_role("link", name="Chats", exact=True).click()
    ann.page.get_by_label("Period").select_option("Last hour")
    expect(figure(ann, "Accepted")).to_have_text("1", timeout=FRESH_MS)
    expect(ann.page.get_by_text(re.compile("^Reports are not up to date"))).to_be_hidden()
    ann.leaves()
    vera.leaves()
