"""The focus goes on where the work does, in a real Chromium: after the end, an invitation, an opened profile."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.dashboard.running import Running
from tests.dashboard.test_day_in_browser import part, serving, tab_of

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]


def profile(page: Page) -> Locator:
    return page.get_by_role("region", name="Visitor's profile")


def log_of(page: Page) -> Locator:
    return page.get_by_role("log", name="Conversation")


@pytest.mark.parametrize("how", ["key", "mouse"])
def test_after_the_end_it_is_where_the_end_is_said(running: Running, page: Page, how: str) -> None:
    serving(running, "Vera")
    tab_of(page, "Vera").click()
    end = page.get_by_role("button", name="End communication")
    expect(end).to_be_visible()
    page.wait_for_timeout(450)  # a finger on its way ends nothing
    yes = page.get_by_role("dialog", name="End this chat?").get_by_role("button", name="End", exact=True)
    for button in (end, yes):
        button.press("Enter") if how == "key" else button.click()
    expect(page.get_by_text("Chat ended", exact=True)).to_be_focused()


@pytest.mark.parametrize("place", ["box", "question"])
def test_it_is_there_when_the_visitor_ends_the_chat_too(running: Running, page: Page, place: str) -> None:
    (vera,) = serving(running, "Vera")
    tab_of(page, "Vera").click()
    expect(page.get_by_role("textbox", name="Message", exact=True)).to_be_focused()
    if place == "question":
        page.get_by_role("button", name="End communication").press("Enter")
        expect(page.get_by_role("button", name="Go on", exact=True)).to_be_focused()
    running.at(lambda _house: vera.ends())
    expect(page.get_by_text("Chat ended", exact=True)).to_be_focused()


def test_who_looks_elsewhere_keeps_the_focus_when_the_chat_ends(running: Running, page: Page) -> None:
    (vera,) = serving(running, "Vera")
    tab_of(page, "Vera").click()
    menu = page.get_by_role("button", name="Main menu")
    menu.focus()
    running.at(lambda _house: vera.ends())
    expect(page.get_by_text("Chat ended", exact=True)).to_be_visible()
    expect(menu).to_be_focused()


@pytest.mark.parametrize("opened_by", ["profile", "badge"])
def test_who_has_invited_goes_on_at_the_conversation(running: Running, page: Page, opened_by: str) -> None:
    running.at(lambda house: house.comes("Vera", known=True))
    badge = page.get_by_role("group").filter(has_text="Vera")
    if opened_by == "badge":
        badge.click(button="right")
        page.get_by_role("menuitem", name="Engage in communication", exact=True).click()
    else:
        badge.dblclick()
        profile(page).get_by_role("tab", name="Live Communication").click()
        profile(page).get_by_role("button", name="Engage in communication").click()
    page.get_by_role("dialog", name="Engage in communication").get_by_role("button", name="Send").click()
    expect(log_of(page)).to_contain_text("ready to help you")
    expect(log_of(page)).to_be_focused()


def test_who_opens_a_profile_is_in_it(running: Running, page: Page) -> None:
    running.at(lambda house: house.comes("Vera", known=True))
    running.at(lambda house: house.asks("Tom"))
    badge = page.get_by_role("group").filter(has_text="Vera")
    general = profile(page).get_by_role("tabpanel", name="General")
    badge.dblclick()
    expect(general).to_be_focused()
    page.keyboard.press("Alt+1")
    badge.press("Enter")
    page.keyboard.press("Enter")  # "View profile"
    expect(general).to_be_focused()
    page.keyboard.press("Alt+2")
    waiting = page.get_by_role("region", name="Communication Queue").get_by_role("group")
    waiting.press("Enter")
    expect(log_of(page)).to_be_focused()
    running.at(lambda house: house.leaves("Mona"))
    left = part(page, "Messages").get_by_role("button", name="Next", exact=True)
    left.click()
    expect(profile(page).get_by_role("tabpanel", name="Messages")).to_be_visible()
    expect(left).to_be_focused()  # it stays where it can be pressed again


def test_ready_hands_the_focus_to_the_switch(running: Running, page: Page) -> None:
    running.at(lambda house: house.set("wrap_up", 600))
    running.at(lambda house: house.ann.switches(on=True))
    (vera,) = serving(running, "Vera")
    running.at(lambda _house: vera.ends())
    page.get_by_role("banner").get_by_role("button", name="Ready").press("Enter")
    expect(page.get_by_role("switch", name="Live Help")).to_be_focused()
