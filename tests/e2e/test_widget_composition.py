"""Who writes with an input method: the Enter that ends a composition sends nothing from any box, in real Chromium."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.composing import InputMethod
from tests.e2e.inside import AtTheDoor, Guest, Inside

pytestmark = pytest.mark.e2e
TEXT = "日本語"


def box(vera: Guest, name: str) -> Locator:
    found: Locator = vera.chat.get_by_role("textbox", name=name, exact=True)
    return found


def method(vera: Guest) -> InputMethod:
    return InputMethod(vera.page.frames[-1])


def test_in_the_start_form_and_in_the_chat(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    vera.comes()
    vera.button("Click for Live Help").click()
    expect(vera.dialog("Start communication")).to_be_visible()
    method(vera).composes(box(vera, "Your name"), TEXT)
    expect(box(vera, "Your name")).to_have_value(TEXT)
    vera.page.wait_for_timeout(300)
    assert not house.conversations
    box(vera, "Your name").press("Enter")
    expect(vera.dialog("Routing your call…")).to_be_visible()
    ann.accepts()
    expect(vera.dialog("Chat with operator")).to_be_visible()
    method(vera).composes(box(vera, "Message"), TEXT)
    expect(box(vera, "Message")).to_have_value(TEXT)
    expect(vera.log.locator(".bubble")).to_have_count(0)
    box(vera, "Message").press("Enter")
    vera.sees(TEXT)
    expect(box(vera, "Message")).to_have_value("")


def test_in_each_field_of_a_message_that_is_left(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    ann.switches(on=False)
    vera.comes()
    vera.button("Leave a message").click()
    expect(vera.dialog("Leave a message")).to_be_visible()
    box(vera, "E-mail").fill("vera@example.org")
    box(vera, "Message").fill("x")
    for name in ("Your name", "Subject", "Message"):
        method(vera).composes(box(vera, name), TEXT)
    method(vera).composes(box(vera, "E-mail"), "a")
    expect(box(vera, "Message")).to_have_value(f"x{TEXT}")
    expect(vera.dialog("Leave a message")).to_be_visible()
    vera.page.wait_for_timeout(300)
    assert not house.conversations
    box(vera, "Subject").press("Enter")
    expect(vera.chat.get_by_text("Thank you! Your message has arrived.")).to_be_visible()


def test_in_the_form_of_an_invitation(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    vera.comes()
    ann.invites(vera.visitor, "May I help?")
    vera.chat.get_by_role("button", name="Start Chat", exact=True).click()
    expect(vera.dialog("Open chat with operator")).to_be_visible()
    method(vera).composes(box(vera, "Your name"), TEXT)
    vera.page.wait_for_timeout(300)
    expect(vera.dialog("Open chat with operator")).to_be_visible()
    assert house.conversations[house.conversation()].state == "invited"
    box(vera, "Your name").press("Enter")
    expect(vera.dialog("Chat with operator")).to_be_visible()
