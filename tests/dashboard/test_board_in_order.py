"""Who stands where on the board, who counts, and one clock and one count of who waits, in a real Chromium."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.dashboard.house import House
from tests.dashboard.people import SALES, Guest
from tests.dashboard.running import Running

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]
AWAY = 6  # seconds after which who is lost has left


def badges(page: Page) -> Locator:
    """Those who are on the board, in the order they are read in."""
    return page.get_by_role("list", name="Visitors now").locator("li:not(.gone)")


def in_order(page: Page, *names: str) -> None:
    """The badges stand in this order."""
    for place, name in enumerate(names, 1):
        badge = badges(page).filter(has_text=name)
        expect(badge).to_have_attribute("aria-posinset", str(place))
    expect(badges(page)).to_have_count(len(names))


def headline(page: Page) -> Locator:
    return page.get_by_role("list", name="The site now, all departments")


async def five(house: House) -> dict[str, Guest]:
    """Five who came one after the other."""
    return {name: await house.comes(name, known=True) for name in ("Vera", "Olga", "Tom", "Nora", "Wim")}


def test_who_waits_is_first_then_the_newest_and_who_left_is_last_and_does_not_count(
    running: Running, page: Page
) -> None:
    guests = running.at(five)
    in_order(page, "Wim", "Nora", "Tom", "Olga", "Vera")
    expect(headline(page)).to_contain_text("5 on the site")
    running.at(lambda _house: guests["Olga"].asks())
    in_order(page, "Olga", "Wim", "Nora", "Tom", "Vera")
    running.at(lambda _house: guests["Nora"].is_lost())
    expect(headline(page)).to_contain_text("4 on the site")
    in_order(page, "Olga", "Wim", "Nora", "Tom", "Vera")  # for a moment: it may be a page that changes
    running.at(lambda house: house.passes(AWAY))
    in_order(page, "Olga", "Wim", "Tom", "Vera", "Nora")
    left = badges(page).filter(has_text="Nora").locator(".mark")
    expect(left).to_have_text(re.compile(r"^Left \d+ s ago$"))
    assert left.evaluate("one => getComputedStyle(one).color") == "rgb(82, 96, 95)"  # grey, and not that of a problem
    expect(headline(page)).to_contain_text("4 on the site")
    running.at(lambda _house: guests["Nora"].views())
    in_order(page, "Olga", "Wim", "Nora", "Tom", "Vera")
    expect(headline(page)).to_contain_text("5 on the site")


def test_who_left_is_not_online_in_the_visitors_list(running: Running, page: Page) -> None:
    vera = running.at(lambda house: house.comes("Vera", known=True))
    now = datetime.now(UTC)
    kept = {"visitor": vera.id, "first_seen": now, "last_seen": now, "visits": 1, "device": "desktop"}
    running.do(lambda _house: running.analytics.put("visitors", **kept))
    page.keyboard.press("Alt+3")
    row = page.get_by_role("row").nth(1)
    expect(row).to_contain_text("Online")
    running.at(lambda _house: vera.is_lost())
    running.at(lambda house: house.passes(AWAY))
    expect(row).not_to_contain_text("Online")


def test_one_count_says_who_waits_and_who_rings_and_of_which_departments(running: Running, page: Page) -> None:
    async def wait(house: House) -> None:
        await house.adds_sales()
        olga = await house.comes("Olga")
        await olga.asks(SALES)  # where nobody is
        await house.rings("Vera")

    running.at(wait)
    expect(headline(page)).to_contain_text(re.compile(r"1 waiting \+ 1 ringing \(\d+:\d\d\)"))
    page.keyboard.press("Alt+2")
    strip = page.get_by_role("list", name="Now, all departments")
    expect(strip.get_by_role("listitem").first).to_have_text("All departments")
    expect(strip).to_contain_text(re.compile(r"1\s*waiting\s*\+ 1 ringing \(\d+:\d\d\)"))
    chats = page.get_by_role("contentinfo").get_by_role("group", name="Chats", exact=True)
    expect(chats).to_contain_text("0")
    assert chats.get_attribute("title") == "In your departments"


def test_the_same_wait_has_the_same_clock_wherever_it_is_shown(running: Running, page: Page) -> None:
    running.at(lambda house: house.rings("Vera"))
    ring = page.get_by_role("dialog", name="Incoming chat request")
    asked = ring.locator("time").get_attribute("datetime")
    running.at(lambda house: house.passes(31))  # nobody answered: it is queued
    page.keyboard.press("Alt+2")
    row = page.get_by_role("region", name="Communication Queue").get_by_role("listitem")
    expect(row).to_contain_text(re.compile(r"In Queue since \d?\d:\d\d"))
    chats = page.get_by_role("contentinfo").get_by_role("group", name="Chats", exact=True)
    for place in (row, chats):
        expect(place.locator("time")).to_have_attribute("datetime", asked or "")


def test_what_stands_beside_the_figures_does_not_move_with_them(running: Running, page: Page) -> None:
    plot = page.locator(".bk-Figure")
    expect(plot).to_be_visible()
    before = plot.bounding_box()
    running.at(lambda house: house.rings("Vera"))
    expect(headline(page)).to_contain_text("1 ringing")
    after = plot.bounding_box()
    assert before
    assert after
    assert (after["x"], after["width"]) == (before["x"], before["width"])


def test_a_mark_moves_no_text_of_its_badge(running: Running, page: Page) -> None:
    vera = running.at(lambda house: house.comes("Vera", known=True))
    facts = badges(page).locator("p.quiet")
    expect(facts).to_have_count(3)
    before = [one.bounding_box() for one in facts.all()]
    running.at(lambda _house: vera.asks())
    expect(badges(page)).to_contain_text("Waiting")
    assert [one.bounding_box() for one in facts.all()] == before


def test_a_visit_is_so_long_ago_and_its_pages_are_paths(running: Running, page: Page) -> None:
    async def come(house: House) -> None:
        vera = await house.comes("Vera", known=True)
        await vera.views("http://localhost/help/returns?topic=2", "Returns")
        await vera.views("http://localhost/untitled", None)

    running.at(come)
    page.get_by_role("group", name=re.compile("^Vera")).click()
    general = page.get_by_role("tabpanel", name="General")
    since = general.locator("dd time").first
    expect(since).to_have_text(re.compile(r"^\d+ s ago$"))
    expect(since).to_have_attribute("title", re.compile(r"\d{4}.*\d?\d:\d\d:\d\d"))
    expect(general.get_by_text("/help/returns?topic=2", exact=True)).to_have_attribute(
        "title", "http://localhost/help/returns?topic=2"
    )
    expect(general.get_by_text("/untitled", exact=True)).to_be_visible()


def test_the_chart_has_a_time_axis_and_is_no_unnamed_stop(page: Page) -> None:
    plot = page.locator(".bk-Figure")
    expect(plot).to_be_visible()
    unnamed = plot.evaluate(
        """plot => [plot, ...plot.shadowRoot.querySelectorAll('*')]
          .filter(one => one.tabIndex >= 0 && !one.ariaLabel).map(one => one.outerHTML.slice(0, 80))"""
    )
    assert unnamed == []
