"""Operators who write with an input method: the Enter that ends a composition does nothing, in a real Chromium."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard.running import Running
from tests.e2e.composing import InputMethod

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]
TEXT = "日本語"


def test_in_the_box_of_a_chat(running: Running, page: Page) -> None:
    running.at(lambda house: house.serves("Vera"))
    page.get_by_role("list", name="Open profiles").get_by_role("link", name=re.compile("^Vera")).click()
    box = page.get_by_role("textbox", name="Message", exact=True)
    InputMethod(page).composes(box, TEXT)
    expect(box).to_have_value(TEXT)
    expect(page.get_by_role("log").locator(".bubble")).to_have_count(0)
    box.press("Enter")
    expect(page.get_by_role("log").locator(".bubble")).to_contain_text(TEXT)
    expect(box).to_have_value("")


def test_in_the_words_of_an_invitation(running: Running, page: Page) -> None:
    running.at(lambda house: house.comes("Vera", known=True))
    page.get_by_role("group").filter(has_text="Vera").click(button="right")
    page.get_by_role("menuitem", name="Engage in communication", exact=True).click()
    dialog = page.get_by_role("dialog", name="Engage in communication")
    box = dialog.get_by_role("textbox", name="Invitation")
    box.fill("")
    InputMethod(page).composes(box, TEXT)
    expect(box).to_have_value(TEXT)
    page.wait_for_timeout(300)
    assert not running.do(lambda house: dict(house.desk.conversations))
    expect(dialog).to_be_visible()
    box.press("Enter")
    expect(page.get_by_role("log", name="Conversation")).to_contain_text(TEXT)
