"""What is amiss with disk and journal, as operators see it in real Chromium."""

import pytest
from playwright.sync_api import Locator, Page, expect

from engine.condition import Conditions
from engine.room import LEAST, MEGABYTE
from tests.dashboard.house import House
from tests.dashboard.running import Running

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]


def banners(page: Page) -> Locator:
    return page.locator(".at-trouble .banner")


def condition(house: House) -> Conditions:
    return house.main.core.condition


def test_a_banner_says_what_is_given_up_as_long_as_it_is(running: Running, page: Page) -> None:
    expect(page.get_by_role("switch", name="Live Help")).to_be_visible()
    expect(banners(page)).to_have_count(0)
    running.do(lambda house: condition(house).has_left(200 * MEGABYTE, LEAST))
    expect(banners(page)).to_have_text(
        "The disk of the server has little room. Given up until there is more: page views, left messages. Chats go on."
    )
    running.do(lambda house: condition(house).is_full(True))
    expect(banners(page)).to_have_text(
        "The disk of the server is full: nothing can be kept. What is written goes out as soon as there is room."
    )
    running.do(lambda house: condition(house).is_damaged("the events 1 to 2 cannot all be read"))
    expect(banners(page)).to_have_count(2)
    expect(banners(page).last).to_contain_text("The journal of this server is damaged.")
    page.get_by_role("link", name="Visitors List").click()
    expect(banners(page)).to_have_count(2)  # over all sections
    running.do(lambda house: condition(house).is_full(False))
    running.do(lambda house: condition(house).has_left(900 * MEGABYTE, LEAST))
    running.do(lambda house: condition(house).is_damaged(None))
    expect(banners(page)).to_have_count(0)


def test_an_invitation_that_is_given_up_says_why_and_keeps_its_words(running: Running, page: Page) -> None:
    running.at(lambda house: house.comes("Vera", known=True))
    running.do(lambda house: condition(house).has_left(100 * MEGABYTE, LEAST))
    badge = page.get_by_role("group").filter(has_text="Vera")
    badge.click(button="right")
    page.get_by_role("menuitem", name="Engage in communication").click()
    dialog = page.get_by_role("dialog", name="Engage in communication")
    words = dialog.get_by_role("textbox")
    words.fill("May I help?")
    dialog.get_by_role("button", name="Send").click()
    expect(dialog.get_by_role("alert")).to_have_text(
        "The disk of the server has little room: nothing new begins until there is more. Chats go on. no-room"
    )
    expect(words).to_have_value("May I help?")
    running.do(lambda house: condition(house).has_left(900 * MEGABYTE, LEAST))
