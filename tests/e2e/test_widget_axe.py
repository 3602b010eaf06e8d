"""axe on the widget in every state and on the shop's pages, every frame, light and dark: no finding."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.axe import findings
from tests.e2e.demo import Demo
from tests.e2e.inside import Guest, Inside
from tests.e2e.people import Visitor

pytestmark = pytest.mark.e2e
WORDS = "Hello! I'm Ann. If you have any questions or requests I'm ready to help you."
CUT = "No live connection right now. We keep trying."


@pytest.fixture
def house(house: Inside) -> Inside:
    house.set("operator_grace", 1)
    return house


def guest(chromium: Browser, house: Inside) -> Guest:
    return Guest(chromium, house).comes()


def test_axe_finds_what_is_wrong(house: Inside, chromium: Browser) -> None:
    vera = guest(chromium, house)
    vera.page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=x><input>')")
    vera.button("Leave a message").click()
    expect(vera.dialog("Leave a message")).to_be_visible()
    vera.page.frames[-1].evaluate("document.querySelector('header button').removeAttribute('aria-label')")
    found = " ".join(findings(vera.page))
    for rule in ("image-alt", "label", "button-name"):
        assert rule in found


def test_from_the_invitation_to_the_end(house: Inside, chromium: Browser) -> None:
    ann, vera = house.operator("ann"), guest(chromium, house)
    assert findings(vera.page) == []
    ann.invites(vera.visitor, WORDS)
    expect(vera.dialog("Can we help?")).to_be_visible()
    assert findings(vera.page) == []
    vera.chat.get_by_role("button", name="Start Chat", exact=True).click()
    expect(vera.dialog("Open chat with operator")).to_be_visible()
    assert findings(vera.page) == []
    vera.chat.get_by_role("button", name="Text chat", exact=True).click()
    expect(vera.dialog("Chat with operator")).to_be_visible()
    vera.writes("Hello, see https://tea.example and vera@example.org")
    ann.says("Hello Vera")
    vera.sees("Hello Vera")
    ann.reads(99)
    vera.writes("And another")
    ann.types()
    assert findings(vera.page) == []
    vera.chat.get_by_role("textbox", name="Message", exact=True).fill("a draft")
    ann.holds()
    expect(vera.chat.get_by_role("button", name="Send", exact=True)).to_have_count(0)
    assert findings(vera.page) == []
    ann.resumes()
    expect(vera.chat.get_by_role("button", name="Send", exact=True)).to_be_visible()
    vera.chat.get_by_role("textbox", name="Message", exact=True).fill("x" * 10_001)
    vera.chat.get_by_role("button", name="Send", exact=True).click()
    expect(vera.chat.get_by_role("alert").filter(has_text="too long")).to_be_visible()
    assert findings(vera.page) == []
    ann.leaves()
    house.passes(2)
    expect(vera.dialog("Call queued")).to_be_visible()
    assert findings(vera.page) == []
    ann.arrives().accepts()
    expect(vera.dialog("Chat with operator")).to_be_visible()
    vera.chat.get_by_role("button", name="Close", exact=True).click()
    ann.says("Still there?")
    expect(vera.button("Click for Live Help")).to_have_attribute("aria-description", "New: 1")
    assert findings(vera.page) == []
    vera.button("Click for Live Help").click()
    vera.chat.get_by_role("button", name="End chat", exact=True).click()
    expect(vera.chat.get_by_text("Chat ended", exact=True)).to_be_visible()
    assert findings(vera.page) == []


def test_from_the_button_to_a_left_message(house: Inside, chromium: Browser) -> None:
    ann, vera = house.operator("ann"), guest(chromium, house)
    vera.button("Click for Live Help").click()
    expect(vera.dialog("Start communication")).to_be_visible()
    assert findings(vera.page) == []
    vera.chat.get_by_role("button", name="Text chat", exact=True).click()
    expect(vera.dialog("Routing your call…")).to_be_visible()
    assert findings(vera.page) == []
    ann.declines()
    expect(vera.dialog("Call queued")).to_be_visible()
    assert findings(vera.page) == []
    ann.leaves()
    house.passes(2)
    expect(vera.chat.get_by_text("Nobody is here right now.")).to_be_visible()
    assert findings(vera.page) == []
    vera.chat.get_by_role("button", name="Leave a message", exact=True).click()
    form = vera.dialog("Leave a message")
    form.get_by_role("button", name="Send", exact=True).click()
    expect(form.get_by_text("Please give an e-mail address, so that we can answer.")).to_be_visible()
    assert findings(vera.page) == []
    form.get_by_role("textbox", name="E-mail", exact=True).fill("vera@example.org")
    form.get_by_role("textbox", name="Message", exact=True).fill("Call me")
    form.get_by_role("button", name="Send", exact=True).click()
    expect(vera.chat.get_by_text("Thank you! Your message has arrived.")).to_be_visible()
    assert findings(vera.page) == []


def test_without_a_connection(house: Inside, chromium: Browser) -> None:
    ann, vera = house.operator("ann"), Guest(chromium, house)
    vera.page.clock.install()
    vera.comes().in_chat(ann)
    vera.context.set_offline(True)
    vera.writes("in the tunnel")
    expect(vera.chat.get_by_text("Reconnecting…")).to_be_visible()
    assert findings(vera.page) == []
    vera.page.clock.fast_forward(10_000)
    expect(vera.chat.get_by_text(CUT)).to_be_visible()
    assert findings(vera.page) == []
    vera.chat.get_by_role("button", name="Leave a message", exact=True).click()
    expect(vera.dialog("Leave a message")).to_be_visible()
    assert findings(vera.page) == []


def test_the_shops_pages(demo: Demo, chromium: Browser) -> None:
    vera = Visitor(chromium, demo)
    for path in ("", "catalogue", "catalogue/camp", "product/tent", "cart", "help", "help/shipping", "nowhere"):
        vera.opens(path)
        expect(vera.page.locator("parlour-widget")).to_have_count(1)
        assert findings(vera.page) == []
    vera.leaves()
