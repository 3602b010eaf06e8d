"""The first words, as the visitor types them: over the wait, to the operator, and into a message that is left."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.inside import AtTheDoor, Guest, Inside
from tests.parlour.whole import until

pytestmark = pytest.mark.e2e
LEAKS, WHERE = "My tent leaks", "Where is my parcel?"


def start(vera: Guest) -> Locator:
    vera.button("Click for Live Help").click()
    form = vera.dialog("Start communication")
    expect(form).to_be_visible()
    return form


def message(form: Locator) -> Locator:
    return form.get_by_role("textbox", name="Message", exact=True)


def text_chat(form: Locator) -> None:
    form.get_by_role("button", name="Text chat", exact=True).click()


@pytest.fixture
def tab(chromium: Browser, house: Inside) -> Iterator[Guest]:
    """A visitor of another browser."""
    other = Guest(chromium, house)
    yield other
    other.leaves()


def test_they_are_the_visitors_first_message_when_somebody_comes(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    form = start(vera.comes())
    expect(message(form)).to_have_attribute("placeholder", "How can we help?")
    message(form).fill(LEAKS)
    form.get_by_role("textbox", name="Your name", exact=True).fill("Vera")
    text_chat(form)
    routing = vera.dialog("Routing your call…")
    expect(routing.get_by_text(LEAKS, exact=True)).to_be_visible()
    ann.accepts()
    vera.sees(LEAKS)
    expect(vera.log.locator(".message.own")).to_have_count(1)
    expect(message(vera.dialog("Chat with operator"))).to_have_value("")
    ann.says("Where does it leak?")
    vera.sees("Where does it leak?")


def test_enter_asks_and_nothing_need_be_said(ann: AtTheDoor, vera: Guest) -> None:
    form = start(vera.comes())
    expect(message(form)).to_be_focused()
    vera.page.keyboard.type("one")
    vera.page.keyboard.press("Shift+Enter")
    vera.page.keyboard.type("two")
    vera.page.keyboard.press("Enter")
    expect(vera.dialog("Routing your call…").get_by_text("one\ntwo", exact=True)).to_be_visible()
    vera.dialog("Routing your call…").get_by_role("button", name="Cancel", exact=True).click()
    text_chat(start_again(vera))
    dialog = vera.dialog("Routing your call…")
    add = dialog.get_by_role("button", name="Add a message", exact=True)
    expect(add).to_be_visible()
    others = [
        dialog.get_by_role("button", name=name, exact=True).bounding_box() for name in ("Leave a message", "Cancel")
    ]
    assert [box and (box["x"], box["width"]) for box in [add.bounding_box(), *others]] == 3 * [
        others[0] and (others[0]["x"], others[0]["width"])
    ]


def start_again(vera: Guest) -> Locator:
    form = vera.dialog("Start communication")
    expect(form).to_be_visible()
    expect(message(form)).to_have_value("")
    return form


def test_they_change_while_it_rings_and_while_one_waits(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    form = start(vera.comes())
    message(form).fill(LEAKS)
    text_chat(form)
    routing = vera.dialog("Routing your call…")
    routing.get_by_role("button", name="Change message", exact=True).click()
    box = message(routing)
    expect(box).to_be_focused()
    expect(box).to_have_value(LEAKS)
    box.fill(WHERE)
    vera.page.reload()
    box = message(vera.dialog("Routing your call…"))
    expect(box).to_have_value(WHERE)  # what is being written is kept
    box.press("Enter")
    expect(routing.get_by_text(WHERE, exact=True)).to_be_visible()
    ann.declines()
    queued = vera.dialog("Call queued")
    expect(queued.get_by_text(WHERE, exact=True)).to_be_visible()
    queued.get_by_role("button", name="Change message", exact=True).click()
    message(queued).fill("")
    queued.get_by_role("button", name="Save", exact=True).click()
    expect(queued.get_by_role("button", name="Add a message", exact=True)).to_be_focused()
    queued.get_by_role("button", name="Add a message", exact=True).click()
    message(queued).fill(LEAKS)
    queued.get_by_role("button", name="Save", exact=True).click()
    expect(queued.get_by_text(LEAKS, exact=True)).to_be_visible()
    ann.accepts()
    vera.sees(LEAKS)
    expect(vera.log.locator(".message.own")).to_have_count(1)


def test_who_is_still_writing_when_somebody_comes_goes_on_in_the_chat(ann: AtTheDoor, vera: Guest) -> None:
    form = start(vera.comes())
    message(form).fill(LEAKS)
    text_chat(form)
    routing = vera.dialog("Routing your call…")
    routing.get_by_role("button", name="Change message", exact=True).click()
    message(routing).fill("My tent leaks, badly")
    ann.accepts()
    vera.sees(LEAKS)
    expect(message(vera.dialog("Chat with operator"))).to_have_value("My tent leaks, badly")


def test_a_second_window_sees_them_and_a_lost_operator_does_not_have_them_written_again(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    form = start(vera.comes())
    message(form).fill(LEAKS)
    text_chat(form)
    expect(vera.dialog("Routing your call…")).to_be_visible()
    vera.page.reload()
    expect(vera.dialog("Routing your call…").get_by_text(LEAKS, exact=True)).to_be_visible()
    ann.accepts()
    vera.sees(LEAKS)
    ann.leaves()
    house.passes(61)
    expect(vera.dialog("Call queued")).to_be_visible()
    ann.arrives().switches(on=True)
    ann.accepts()
    expect(vera.dialog("Chat with operator")).to_be_visible()
    expect(vera.log.locator(".message.own")).to_have_count(1)


def test_what_is_too_long_is_said_under_the_field_and_stays(ann: AtTheDoor, vera: Guest) -> None:
    form = start(vera.comes())
    message(form).fill("x" * 10_001)
    text_chat(form)
    expect(form.get_by_text("at most 10000 characters")).to_be_visible()
    expect(message(form)).to_have_attribute("aria-invalid", "true")
    expect(message(form)).to_be_focused()
    expect(message(form)).to_have_accessible_description(
        "This is too long: at most 10000 characters. Your text is still here."
    )
    message(form).fill(LEAKS)
    text_chat(form)
    expect(vera.dialog("Routing your call…").get_by_text(LEAKS, exact=True)).to_be_visible()


def test_they_go_along_into_a_message_that_is_left(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    form = start(vera.comes())
    message(form).fill(LEAKS)
    text_chat(form)
    routing = vera.dialog("Routing your call…")
    expect(routing.get_by_text(LEAKS, exact=True)).to_be_visible()
    routing.get_by_role("button", name="Leave a message", exact=True).click()
    leave = vera.dialog("Leave a message")
    expect(message(leave)).to_have_value(LEAKS)
    leave.get_by_role("textbox", name="E-mail", exact=True).fill("vera@example.org")
    leave.get_by_role("button", name="Send", exact=True).click()
    expect(leave.get_by_text("We answer to vera@example.org as soon as somebody is back.", exact=True)).to_be_visible()
    until(lambda: any(one.state == "left" for one in house.conversations.values()), what="the message")


def test_who_closed_the_page_before_asking_finds_what_they_wrote(ann: AtTheDoor, vera: Guest) -> None:
    message(start(vera.comes())).fill(LEAKS)
    vera.page.reload()
    expect(message(start(vera))).to_have_value(LEAKS)
