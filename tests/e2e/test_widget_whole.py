"""A chat in the window by keys alone, with an operator at the dashboard."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.demo import Demo
from tests.e2e.people import Operator, Visitor

pytestmark = pytest.mark.e2e


def test_everything_in_the_window_is_reached_by_keys_alone(
    staff: tuple[Operator, Operator], demo: Demo, chromium: Browser
) -> None:
    ann = staff[0].switches(on=True)
    vera = Visitor(chromium, demo).opens()
    keys = vera.page.keyboard
    expect(vera.button("Click for Live Help")).to_be_visible()
    vera.page.locator("body").press("Shift+Tab")  # the button is the last thing on the page
    expect(vera.button("Click for Live Help")).to_be_focused()
    keys.press("Enter")
    name = vera.chat.get_by_role("textbox", name="Your name", exact=True)
    expect(vera.dialog("Start communication")).to_be_visible()
    for _ in range(3):
        if name.evaluate("one => one === document.activeElement"):
            break
        keys.press("Tab")
    keys.type("Kay")
    keys.press("Enter")
    expect(vera.dialog("Routing your call…")).to_be_visible()
    keys.press("Escape")
    expect(vera.page.locator("iframe")).to_be_hidden()
    expect(vera.button("Click for Live Help")).to_be_focused()
    keys.press("Enter")
    ann.presses("Accept")
    expect(vera.chat.get_by_role("textbox", name="Message", exact=True)).to_be_focused()
    keys.type("by keys")
    keys.press("Shift+Enter")
    keys.type("alone")
    keys.press("Enter")
    vera.sees("by keys\nalone")
    for _ in range(3):
        keys.press("Shift+Tab")  # over the log and the close button
    expect(vera.chat.get_by_role("button", name="End chat", exact=True)).to_be_focused()
    keys.press("Enter")
    expect(vera.chat.get_by_text("Chat ended", exact=True)).to_be_visible()
    assert not vera.problems
    vera.leaves()
