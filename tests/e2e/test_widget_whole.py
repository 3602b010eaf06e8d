"""Visitor and operator, both in real Chromium: hold by the buttons, a browser closed in mid-chat; and keys alone."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.demo import Demo
from tests.e2e.people import Operator, Visitor

pytestmark = pytest.mark.e2e


@pytest.fixture
def vera(own_demo: Callable[[], Demo], chromium: Browser) -> Iterator[Visitor]:
    visitor = Visitor(chromium, own_demo()).opens()
    yield visitor
    assert not visitor.problems
    visitor.leaves()


def test_hold_resume_and_an_operators_browser_closed_in_mid_chat(vera: Visitor, chromium: Browser) -> None:
    ann = Operator(chromium, vera.demo).signs_in().switches(on=True)
    vera.asks()
    ann.presses("Accept")
    expect(vera.dialog("Chat with operator")).to_be_visible()
    box, send = (
        vera.chat.get_by_role("textbox", name="Message", exact=True),
        vera.chat.get_by_role("button", name="Send", exact=True),
    )
    box.fill("half a thought")
    ann.profile.get_by_role("button", name="Hold", exact=True).click()
    expect(send).to_have_count(0)
    box.press("Enter")
    ann.profile.get_by_role("button", name="Resume", exact=True).click()
    expect(send).to_be_visible()
    expect(box).to_have_value("half a thought")
    send.click()
    ann.sees("half a thought")
    vera.demo.set("operator_grace", 2)
    ann.leaves()
    expect(vera.dialog("Call queued")).to_be_visible(timeout=20_000)
    vera.sees(f"The connection to {ann.name} was lost. You wait again, ahead of the queue.")
    vera.sees("half a thought")
    again = Operator(chromium, vera.demo, 1).signs_in().switches(on=True)
    again.presses("Accept")
    expect(vera.dialog("Chat with operator")).to_be_visible()
    vera.sees(f"You are talking with {again.name}.")
    again.sees("half a thought")
    again.leaves()


def test_everything_in_the_window_is_reached_by_keys_alone(vera: Visitor, chromium: Browser) -> None:
    ann = Operator(chromium, vera.demo).signs_in().switches(on=True)
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
    ann.leaves()
