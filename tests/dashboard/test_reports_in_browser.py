"""Reports, the Visitors List and a visitor's past in a real Chromium, with invented rows behind them."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from engine.events import ConversationId
from tests.dashboard.house import House
from tests.dashboard.invented import SALES, asked, came, furnish, uuid
from tests.dashboard.people import Guest
from tests.dashboard.running import Running

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    # A browser sends a model whole with its first message after the server made it (see dashboard/panel/libraries.py).
    pytest.mark.filterwarnings("ignore:reference already known"),
]
HOSTILE = "<img src=x onerror=\"document.title='owned'\">"
MINUTE = timedelta(minutes=1)
AWAY = "Reports are not up to date: the analytics process does not answer."


async def fill(house: House, running: Running) -> None:
    """A past with some visitors; the first three chatted within the last hour, which the house knows of too."""
    fake, now = running.analytics, datetime.now(UTC)
    talks = await talked(house)
    with fake.at_once():
        furnish(fake)
        for number in range(60):
            name = {0: "Vera", 1: HOSTILE, 2: "=SUM(A1)"}.get(number)
            came(fake, number, now - (10 + 7 * number) * MINUTE, name=name, email=f"user{number}@example.org")
        for number, talk in enumerate(talks):
            outcome = ("abandoned", "answered")[number != 1]
            asked(fake, number, now - (5 + number) * MINUTE, outcome=outcome, conversation=talk)
        fake.put("page_views", address=HOSTILE, title="=1+1", ts=now - MINUTE, visitor=uuid(1, kind=1))


async def talked(house: House) -> list[ConversationId]:
    """Three visitors come, ask, and go; who is served says something. The first comes again and only looks."""
    guests = [Guest(house, id=uuid(number, kind=1)) for number in range(3)]
    await house.bob.arrives()
    for number, guest in enumerate(guests):
        await guest.views()
        await guest.asks()
        if number == 1:
            await guest.cancels()
        else:
            await house.bob.accepts(guest)
            await guest.writes(f"said in chat {number}")
            await guest.ends()
        await guest.is_lost()
    await house.bob.goes()
    await guests[0].views()
    await guests[0].goes()
    return [guest.talk for guest in guests]


@pytest.fixture(autouse=True)
def _filled(running: Running, page: Page) -> None:
    running.at(lambda house: fill(house, running))


def figure(page: Page, title: str) -> str:
    """A headline figure."""
    card = page.get_by_role("list", name="Figures").get_by_role("listitem").filter(has_text=title)
    return card.locator(".figure-value").inner_text()


def test_a_report_its_parameters_in_the_address_and_the_way_back(running: Running, page: Page) -> None:
    page.get_by_role("link", name="Reports", exact=True).click()
    figures = page.get_by_role("list", name="Figures")
    expect(figures.get_by_role("listitem")).to_have_count(11)
    assert page.url.endswith("#reports/chats?period=7d")
    page.get_by_label("Period").select_option("Last hour")
    expect(page).to_have_url(f"{running.base}/app/#reports/chats?period=hour")
    expect(page.get_by_role("columnheader", name="From", exact=True)).to_be_visible()
    assert (figure(page, "Asked"), figure(page, "Abandoned")) == ("3", "1")
    page.get_by_label("Department").select_option("Sales")
    expect(page).to_have_url(f"{running.base}/app/#reports/chats?period=hour&department={SALES}")
    expect(figures.get_by_role("listitem").filter(has_text="Asked").locator(".figure-value")).to_have_text("0")
    page.go_back()
    expect(figures.get_by_role("listitem").filter(has_text="Asked").locator(".figure-value")).to_have_text("3")
    expect(page.get_by_label("Department")).to_have_value("")
    page.reload()
    expect(page.get_by_label("Period")).to_have_value("hour")
    expect(figures.get_by_role("listitem").filter(has_text="Asked").locator(".figure-value")).to_have_text("3")
    page.get_by_label("Period").select_option("Custom")
    expect(page.get_by_label("From", exact=True)).to_be_focused()
    expect(page).to_have_url(f"{page.url.split('?')[0]}?period=custom&from=" + page.url.split("from=")[1])


def test_a_plot_without_bars_says_that_there_is_nothing(running: Running, page: Page) -> None:
    page.goto(f"{running.base}/app/#reports/chats?period=hour&department={SALES}")
    plot = page.locator(".plot")
    expect(plot.get_by_text("Nothing in this period.")).to_be_visible()
    expect(plot.get_by_role("heading", name="What became of those who asked")).to_be_visible()
    expect(plot.locator("canvas")).to_have_count(0)
    page.get_by_label("Department").select_option("All departments")
    expect(plot.locator("canvas").first).to_be_visible()
    expect(plot.get_by_text("Nothing in this period.")).to_have_count(0)
    page.get_by_label("Department").select_option("Sales")
    expect(plot.get_by_text("Nothing in this period.")).to_be_visible()


def test_a_figure_s_question_is_copied_for_a_notebook(running: Running, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=running.base)
    page.goto(f"{running.base}/app/#reports/chats?period=7d&department={SALES}")
    page.get_by_role("button", name="Behind Offered").click()
    page.get_by_role("menuitem", name="Open in notebook").click()
    dialog = page.get_by_role("dialog", name="Offered: Open in notebook")
    dialog.get_by_role("button", name="Copy").click()
    expect(dialog.get_by_role("status")).to_have_text("Copied. Paste it into a cell of a notebook.")
    code = page.evaluate("navigator.clipboard.readText()")
    assert "FROM report_chats($start, $stop, department := $department)" in code
    assert f"\"department\": '{SALES}',  # None: all" in code
    compile(code, "cell", "exec")


def test_each_figure_has_its_definition_and_its_sql(page: Page) -> None:
    page.get_by_role("link", name="Reports", exact=True).click()
    more = page.get_by_role("button", name="Behind Offered")
    more.click()
    page.get_by_role("menuitem", name="Definition").click()
    dialog = page.get_by_role("dialog", name="Offered: Definition")
    expect(dialog).to_contain_text("conversations that rang at least at one operator")
    page.keyboard.press("Escape")
    expect(more).to_be_focused()
    more.press("Enter")
    page.get_by_role("menuitem", name="SQL").press("Enter")
    expect(page.get_by_role("dialog", name="Offered: SQL")).to_contain_text("MACRO report_chats(")
    page.get_by_role("button", name="Close").click()


def test_the_csv_has_the_shown_rows_and_nothing_that_runs(page: Page) -> None:
    page.get_by_role("link", name="Reports", exact=True).click()
    page.get_by_role("link", name="Visits", exact=True).click()
    table = page.get_by_role("region", name="Top pages").get_by_role("table")
    expect(table).to_contain_text(HOSTILE)
    expect(table.get_by_role("columnheader")).to_have_text(["Address", "Title", "Views", "Visitors"])
    shown = [row.get_by_role("cell").all_inner_texts() for row in table.get_by_role("row").all()[1:]]
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV of Top pages").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    header, *rows = list(csv.reader(io.StringIO(text, newline="")))
    assert header == ["Address", "Title", "Views", "Visitors"]
    assert [row[1:] for row in rows] == [["'=1+1" if cell == "=1+1" else cell for cell in row] for row in shown]
    assert [HOSTILE, "'=1+1", "1", "1"] in rows
    assert page.title() != "owned"


@pytest.mark.long  # tests/e2e/test_reports.py kills it in earnest
def test_while_analytics_is_down_the_section_says_so_and_comes_back_by_itself(running: Running, page: Page) -> None:
    page.get_by_role("link", name="Reports", exact=True).click()
    expect(page.get_by_role("list", name="Figures").get_by_role("listitem")).to_have_count(11)
    running.do(lambda _house: setattr(running.analytics, "up", False))
    page.get_by_role("link", name="Operators", exact=True).click()
    expect(page.get_by_text(AWAY)).to_be_visible()
    expect(page.get_by_role("list", name="Figures").get_by_role("listitem")).to_have_count(0)
    page.get_by_role("link", name="Site Monitor").click()
    running.at(lambda house: house.comes("Nora", known=True))
    expect(page.get_by_role("group").filter(has_text="Nora")).to_be_visible()
    page.get_by_role("link", name="Visitors List").click()
    expect(page.get_by_text(AWAY)).to_be_visible()
    running.do(lambda _house: setattr(running.analytics, "up", True))
    expect(page.get_by_role("row").nth(1)).to_contain_text("Vera", timeout=10_000)
    expect(page.get_by_text(AWAY)).to_be_hidden()
    running.do(lambda _house: setattr(running.analytics, "stale", True))
    page.get_by_role("link", name="Reports", exact=True).click()
    expect(page.get_by_text("Reports are not up to date: the analytics process is behind.")).to_be_visible()
    expect(page.get_by_role("region", name="Operators").get_by_role("row")).to_have_count(3)


def test_the_list_sorts_searches_and_pages_and_shows_who_is_online(running: Running, page: Page) -> None:
    running.at(lambda house: Guest(house, id=uuid(0, kind=1)).views())
    page.get_by_role("link", name="Visitors List").click()
    table = page.get_by_role("table", name="Visitors List")
    expect(page.get_by_text("1–25 of 60")).to_be_visible()
    expect(table.get_by_role("row").nth(1)).to_contain_text("Online")
    expect(table.get_by_role("columnheader", name="Last visit")).to_have_attribute("aria-sort", "descending")
    table.get_by_role("button", name="Last visit").click()
    expect(table.get_by_role("columnheader", name="Last visit")).to_have_attribute("aria-sort", "ascending")
    expect(table.get_by_role("row").nth(1)).to_contain_text("user59@")
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_text("26–50 of 60")).to_be_visible()
    page.get_by_role("button", name="Last page").click()
    expect(page.get_by_text("51–60 of 60")).to_be_visible()
    expect(page.get_by_role("button", name="Next page")).to_be_disabled()
    page.get_by_role("searchbox", name="Search").fill("<img")
    expect(page.get_by_text("1–1 of 1")).to_be_visible()
    expect(table).to_contain_text(HOSTILE)
    page.get_by_role("searchbox", name="Search").fill("user5*@example")
    expect(page.get_by_text("1–11 of 11")).to_be_visible()
    page.get_by_role("searchbox", name="Search").fill("nobody of this name")
    expect(page.get_by_text("Nobody matches.", exact=False)).to_be_visible()
    assert page.locator("img, [onerror]").count() == 0


@pytest.mark.own_tab
def test_a_row_opens_the_profile_with_earlier_visits_and_a_chat_to_read(page: Page) -> None:
    page.get_by_role("link", name="Visitors List").click()
    rows = page.get_by_role("table", name="Visitors List").get_by_role("row")
    rows.nth(1).focus()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(2)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    profile = page.get_by_role("region", name="Visitor's profile")
    expect(profile.get_by_role("tabpanel")).to_contain_text("Left at")
    visits = profile.get_by_role("region", name="Earlier visits")
    visits.get_by_text("2 pages").click()
    expect(visits.get_by_text("Cart", exact=True)).to_be_visible()
    chat = profile.get_by_role("region", name="Chats").get_by_role("button").filter(has_text="Answered")
    chat.click()
    expect(profile.get_by_role("log")).to_contain_text("said in chat 0")
    expect(profile.get_by_role("textbox")).to_have_count(0)
    chat.click()
    expect(profile.get_by_role("log")).to_have_count(0)
    page.get_by_role("link", name="Back to Visitors List").click()
    rows.nth(4).get_by_role("rowheader").click()
    expect(profile.get_by_role("tabpanel")).to_contain_text("Not on the site now.")
    page.get_by_role("link", name="Back to Visitors List").click()
    rows.nth(2).dblclick()
    expect(page.get_by_role("heading", level=2)).to_have_text(HOSTILE)
    assert page.locator("img, [onerror]").count() == 0


def test_on_wide_screens_the_visitor_stands_beside_the_conversation(running: Running, page: Page) -> None:
    running.at(lambda house: house.rings("Nora"))
    page.get_by_role("button", name="Accept").click()
    beside = page.get_by_role("complementary", name="About the visitor")
    expect(beside).to_contain_text("Cart")
    expect(page.get_by_role("textbox", name="Message")).to_be_visible()
    page.set_viewport_size({"width": 1000, "height": 700})
    expect(beside).to_be_hidden()


def test_lists_hold_still_under_the_pointer(running: Running, page: Page) -> None:
    first, _second = (running.at(lambda house, name=name: house.asks(name)) for name in ("First", "Second"))  # type: ignore[misc]
    page.get_by_role("link", name="Communication Overview").click()
    queue = page.get_by_role("region", name="Communication Queue")
    second = queue.get_by_text("Second")
    second.hover()
    before = second.bounding_box()
    running.at(lambda _house: first.cancels())
    running.at(lambda house: house.asks("Third"))
    expect(queue.get_by_text("Third")).to_be_visible()
    assert second.bounding_box() == before
    page.mouse.move(0, 0)
    expect(queue.get_by_text("First")).to_have_count(0)
    assert second.bounding_box() != before


def test_what_rings_can_be_answered_beside_a_definition_and_the_focus_goes_back(running: Running, page: Page) -> None:
    page.get_by_role("link", name="Reports", exact=True).click()
    more = page.get_by_role("button", name="Behind Offered")
    more.press("Enter")
    page.get_by_role("menuitem", name="Definition").press("Enter")
    dialog = page.get_by_role("dialog", name="Offered: Definition")
    expect(dialog).to_be_visible()
    running.at(lambda house: house.rings("Tom"))
    decline = page.get_by_role("dialog", name="Incoming chat request").get_by_role("button", name="Decline")
    decline.click(timeout=3_000)
    expect(decline).to_have_count(0)
    dialog.get_by_role("button", name="Close").press("Enter")
    expect(dialog).to_have_count(0)
    expect(more).to_be_focused()


def test_paging_by_keys_stays_in_the_table(page: Page) -> None:
    page.get_by_role("link", name="Visitors List", exact=True).click()
    rows = page.get_by_role("row")
    rows.nth(1).focus()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(2)).to_be_focused()
    page.keyboard.press("PageDown")
    expect(page.get_by_role("navigation", name="Pages").get_by_role("status")).to_contain_text("26–50 of 60")
    expect(rows.nth(1)).to_be_focused()


def test_while_the_tables_are_made_it_is_said_how_far_they_are_until_the_answer_comes_by_itself(
    running: Running, page: Page
) -> None:
    running.do(lambda _: setattr(running.analytics, "made", (1_250_000, 20_000_000)))
    page.get_by_role("link", name="Reports", exact=True).click()
    stale = page.get_by_role("status").filter(has_text="are being made from the journal").locator("visible=true")
    expect(stale).to_contain_text("1,250,000 of 20,000,000 events (6 %)")
    running.do(lambda _: setattr(running.analytics, "made", (19_999_999, 20_000_000)))
    expect(stale).to_contain_text("19,999,999 of 20,000,000 events (99 %)", timeout=15_000)
    page.get_by_role("link", name="Visitors List", exact=True).click()
    expect(stale).to_contain_text("(99 %)")
    running.do(lambda _: setattr(running.analytics, "made", None))
    expect(stale).to_have_count(0, timeout=15_000)


def test_what_is_behind_a_figure_stands_in_the_middle_whole_and_can_be_copied(running: Running, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=running.base)
    page.goto(f"{running.base}/app/#reports/chats?period=7d")
    page.get_by_role("button", name="Behind Chats missed").click()
    page.get_by_role("menuitem", name="SQL").click()
    dialog = page.get_by_role("dialog", name="Chats missed: SQL")
    box = dialog.bounding_box()
    assert box
    assert abs(box["x"] + box["width"] / 2 - 640) <= 1
    assert "100vmax" in dialog.evaluate("it => getComputedStyle(it).boxShadow") or dialog.evaluate(
        "it => /\\b1280px/.test(getComputedStyle(it).boxShadow)"  # as it is computed
    )
    code = dialog.locator("pre")
    assert code.evaluate("it => it.scrollWidth <= it.clientWidth")
    dialog.get_by_role("button", name="Copy").click()
    expect(dialog.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == code.inner_text()
    page.keyboard.press("Escape")


def test_what_was_missed_and_declined_says_whether_it_is_chats_or_offers(page: Page) -> None:
    page.get_by_role("link", name="Reports", exact=True).click()
    figures = page.get_by_role("list", name="Figures")
    for report, unit in (("Chats", "Chats"), ("Operators", "Offers")):
        page.get_by_role("main").get_by_role("link", name=report, exact=True).click()
        for what in ("declined", "missed"):
            expect(figures.get_by_text(f"{unit} {what}", exact=True)).to_be_visible()


def test_the_time_zone_is_chosen_and_stands_in_the_address(page: Page) -> None:
    page.get_by_role("link", name="Reports", exact=True).click()
    zone = page.get_by_label("Time zone")
    own = page.evaluate("new Intl.DateTimeFormat().resolvedOptions().timeZone")
    expect(zone.locator("option:checked")).to_have_text(f"Yours ({own})")
    expect(page.get_by_text(f"by the clocks of {own}")).to_be_visible()
    zone.select_option("Asia/Tokyo")
    expect(page.get_by_text("by the clocks of Asia/Tokyo")).to_be_visible()
    assert "zone=Asia%2FTokyo" in page.url
    page.reload()
    expect(zone).to_have_value("Asia/Tokyo")
    page.get_by_label("Period").select_option("today")
    column = page.locator(".tables tbody th").first
    expect(column).to_have_text(re.compile(r"12:00 AM|00:00|0:00"))  # the day begins there at its own midnight
    zone.select_option("")
    expect(page).to_have_url(re.compile("reports/chats[?]period=today$"))


def test_a_duration_is_read_as_a_clock(running: Running, page: Page) -> None:
    page.get_by_role("link", name="Reports", exact=True).click()
    expect(page.get_by_role("list", name="Figures").get_by_role("listitem")).to_have_count(11)
    assert re.fullmatch(r"\d+:\d\d|–", figure(page, "Waiting, median"))
