"""A dialog that was just closed is closed, in a real Chromium: what is pressed in the same turn of its loop counts."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.dashboard.running import Running
from tests.dashboard.test_day_in_browser import DEFAULT, here, serving, tab_of

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]
# Each key where the focus is then, and no turn of the loop between them; Enter at a button is its click.
AT_ONCE = """keys => keys.map(key => {
    let there = document.activeElement;
    while (there.shadowRoot?.activeElement) there = there.shadowRoot.activeElement;
    const press = { key, bubbles: true, composed: true, cancelable: true };
    if (there.dispatchEvent(new KeyboardEvent("keydown", press)) && key === "Enter") there.click();
})"""


def press_at_once(page: Page, *keys: str) -> None:
    page.evaluate(AT_ONCE, list(keys))


def one_of(dialog: Locator) -> None:
    """The one that was closed has gone meanwhile, and the one that was opened has stayed and has the focus."""
    expect(dialog).to_have_count(1)
    expect(dialog).to_be_visible()
    assert dialog.evaluate("dialog => dialog.open && dialog.contains(dialog.getRootNode().activeElement)")


def gone_to(dialog: Locator, page: Page, where: Locator) -> None:
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(where).to_be_focused()


def test_the_list_of_keys_opens_again_right_after_it_was_closed(running: Running, page: Page) -> None:
    menu, dialog = page.get_by_role("button", name="Main menu"), page.get_by_role("dialog", name="Keyboard")
    menu.focus()
    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    for _ in range(2):
        press_at_once(page, "Escape", "?")
        one_of(dialog)
    press_at_once(page, "?", "?", "?")  # closes, opens and closes
    expect(dialog).to_have_count(0)
    expect(menu).to_be_focused()
    press_at_once(page, "?", "Escape", "?")
    one_of(dialog)
    gone_to(dialog, page, menu)


def test_an_invitation_opens_again_right_after_it_was_closed(running: Running, page: Page) -> None:
    running.at(here)
    page.get_by_role("group").filter(has_text="Vera").press("Enter")
    page.get_by_role("menuitem", name="View profile", exact=True).press("Enter")
    page.get_by_role("tab", name="Live Communication").click()
    engage = page.get_by_role("button", name="Engage in communication")
    dialog = page.get_by_role("dialog", name="Engage in communication")
    engage.press("Enter")
    expect(dialog).to_be_visible()
    dialog.get_by_role("textbox").fill("May I help?")
    press_at_once(page, "Escape", "Enter")
    one_of(dialog)
    expect(dialog.get_by_role("textbox")).to_have_value(DEFAULT)
    gone_to(dialog, page, engage)


@pytest.mark.parametrize("by", ["profile", "ring"])
def test_a_story_opens_again_right_after_it_was_closed(running: Running, page: Page, by: str) -> None:
    if by == "ring":
        running.at(lambda house: house.rings("Vera"))
        place: Any = page.get_by_role("dialog", name="Incoming chat request")
    else:
        serving(running, "Vera")
        tab_of(page, "Vera").click()
        place = page.get_by_role("region", name="Visitor's profile", exact=True)
    why, dialog = place.get_by_role("button", name="Why?"), page.get_by_role("dialog", name="Why? Vera")
    why.press("Enter")
    expect(dialog).to_be_visible()
    press_at_once(page, "Escape", "Enter")
    one_of(dialog)
    gone_to(dialog, page, why)
