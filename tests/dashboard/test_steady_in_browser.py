"""What stands still on the boards in a real Chromium, whatever comes into them: measured boxes; and titles of pages."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.dashboard.house import House
from tests.dashboard.running import Running

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]
TOPS = "badge => [...badge.querySelectorAll('strong, .page, .quiet')].map(one => one.getBoundingClientRect().y)"


def badge_of(page: Page, called: str) -> Locator:
    return page.get_by_role("list", name="Visitors now").get_by_role("listitem").filter(has_text=called)


def top(place: Locator) -> float:
    box = place.bounding_box()
    assert box
    return box["y"]


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)])
def test_the_waiting_clock_moves_nothing_however_long_it_gets(
    running: Running, page: Page, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    running.at(lambda house: house.comes("Tom", known=True))
    expect(badge_of(page, "Tom")).to_be_visible()
    figures = page.get_by_role("list", name="The site now, all departments")
    chart, board = page.locator("main .plot"), page.get_by_role("list", name="Visitors now")
    before = top(chart), top(board)
    running.at(lambda house: house.asks("Vera"))
    expect(figures.get_by_text(re.compile("1 waiting"))).to_be_visible()
    assert (top(chart), top(board)) == before
    waiting = figures.get_by_role("listitem").last.locator("span")
    for said in ("1 waiting (9:59)", "1 waiting (10:00)", "1 waiting (1:00:00)", "12 waiting + 12 ringing (10:00:00)"):
        waiting.evaluate("(place, said) => { place.textContent = said; }", said)
        assert (top(chart), top(board)) == before, said


@pytest.mark.parametrize("title", ["Cart", "A tent for two people and a dog, with room for all their boots"])
def test_a_pill_moves_no_text_of_its_badge(running: Running, page: Page, title: str) -> None:
    tom = running.at(lambda house: house.comes("Tom", known=True, title=title))
    badge = badge_of(page, "Tom")
    expect(badge.locator(".page")).to_have_text(title)
    before = badge.evaluate(TOPS)
    running.at(lambda _house: tom.asks())
    expect(badge.get_by_text("waiting", exact=False).or_(badge.locator(".mark")).first).to_be_visible()
    assert badge.evaluate(TOPS) == before
    inside = badge.evaluate("badge => badge.firstElementChild.scrollHeight - badge.firstElementChild.clientHeight")
    assert inside <= 0


@pytest.mark.own_tab  # of which the titles of other pages are not known
def test_titles_are_said_without_what_all_pages_of_the_site_end_with(running: Running, page: Page) -> None:
    running.at(lambda house: house.comes("Tom", known=True, title="Cart · Fernweh"))
    cart = badge_of(page, "Tom").locator(".page")
    expect(cart).to_have_text("Cart · Fernweh")  # of one title nobody knows what is its ending

    async def another(house: House) -> None:
        await house.comes("Vera", known=True, title="Tents · Fernweh")

    running.at(another)
    expect(badge_of(page, "Vera").locator(".page")).to_have_text("Tents")
    expect(cart).to_have_text("Cart")
    expect(cart).to_have_attribute("title", re.compile("^Cart · Fernweh\nhttp"))
