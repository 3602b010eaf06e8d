"""The button tells what goes on while the window is closed; it keeps its name. And the end, by whom it was."""

import pytest
from playwright.sync_api import expect

from tests.e2e.inside import AtTheDoor, Guest, Inside

pytestmark = pytest.mark.e2e
LABEL = "Click for Live Help"


def told(vera: Guest, text: str) -> None:
    """The bubble says so, and the button's description too; its name stays."""
    words = vera.page.locator("parlour-widget .tells")
    expect(words).to_have_text(text)
    expect(words).to_have_role("status")
    expect(words).to_have_css("opacity", "1")
    expect(vera.button(LABEL)).to_have_accessible_description(text)


def quiet(vera: Guest) -> None:
    expect(vera.page.locator("parlour-widget .tells")).to_have_text("")
    expect(vera.page.locator("parlour-widget .tells")).to_have_css("opacity", "0")


def minimises(vera: Guest) -> None:
    vera.chat.get_by_role("button", name="Close", exact=True).click()
    expect(vera.page.locator("iframe")).to_be_hidden()


def test_it_tells_of_routing_and_of_the_place_in_line(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    vera.comes()
    vera.button(LABEL).click()
    vera.dialog("Start communication").get_by_role("button", name="Text chat", exact=True).click()
    expect(vera.dialog("Routing your call…")).to_be_visible()
    quiet(vera)  # the window says it
    minimises(vera)
    told(vera, "Looking for an operator…")
    ann.declines()
    told(vera, "Waiting · 1st")
    vera.page.locator("parlour-widget .tells").click()
    expect(vera.dialog("Call queued")).to_be_visible()
    quiet(vera)
    expect(vera.button(LABEL)).to_have_accessible_description("Waiting · 1st")
    minimises(vera)
    ann.accepts()
    expect(vera.page.locator("parlour-widget .tells")).to_have_text("Ann is here")


def test_it_tells_of_an_answer_with_a_line_of_it_of_hold_and_of_the_end(ann: AtTheDoor, vera: Guest) -> None:
    vera.comes().in_chat(ann)
    minimises(vera)
    quiet(vera)
    ann.says("<b>Where</b> does it leak?")
    words = vera.page.locator("parlour-widget .tells")
    expect(words.locator("strong")).to_have_text("Ann answered")
    expect(words.locator("span")).to_have_text("<b>Where</b> does it leak?")
    expect(vera.button(LABEL)).to_have_accessible_description("Ann answered · <b>Where</b> does it leak? · New: 1")
    vera.button(LABEL).click()
    expect(vera.log.get_by_text("<b>Where</b> does it leak?", exact=True)).to_be_visible()
    minimises(vera)
    quiet(vera)
    ann.holds()
    told(vera, "Ann has suspended the chat")
    ann.resumes()
    quiet(vera)
    ann.ends()
    told(vera, "Ann ended the chat.")
    vera.button(LABEL).click()
    expect(vera.chat.get_by_text("Chat ended", exact=True)).to_be_visible()
    minimises(vera)
    quiet(vera)


def test_who_ended_it_is_said_and_an_enter_that_comes_too_late_begins_nothing(ann: AtTheDoor, vera: Guest) -> None:
    vera.comes().in_chat(ann)
    box = vera.chat.get_by_role("textbox", name="Message", exact=True)
    box.click()
    box.press_sequentially("and one mo")
    ann.ends()
    expect(vera.chat.get_by_text("Ann ended the chat.", exact=True)).to_be_visible()
    vera.page.keyboard.press("Enter")
    vera.page.keyboard.press("Enter")
    expect(vera.chat.get_by_text("Chat ended", exact=True)).to_be_visible()
    expect(vera.chat.get_by_role("status").filter(has_text="Chat ended")).to_be_focused()
    vera.page.keyboard.press("Tab")
    expect(vera.chat.get_by_role("button", name="Start again", exact=True)).to_be_focused()


def test_who_ends_it_is_told_so(ann: AtTheDoor, vera: Guest) -> None:
    vera.comes().in_chat(ann)
    vera.chat.get_by_role("button", name="End chat", exact=True).click()
    expect(vera.chat.get_by_text("You ended the chat.", exact=True)).to_be_visible()


def test_an_invitations_words_go_along_into_the_chat(ann: AtTheDoor, vera: Guest) -> None:
    vera.comes()
    ann.invites(vera.visitor, "May I help you with the tent?")
    vera.chat.get_by_role("button", name="Start Chat", exact=True).click()
    opening = vera.dialog("Open chat with operator")
    expect(opening.get_by_text("May I help you with the tent?", exact=True)).to_be_visible()
    opening.get_by_role("button", name="Text chat", exact=True).click()
    vera.sees("May I help you with the tent?")


def test_whose_name_is_known_takes_an_invitation_by_enter_alone(ann: AtTheDoor, vera: Guest) -> None:
    vera.comes().in_chat(ann)
    ann.ends()
    vera.chat.get_by_role("button", name="Start again", exact=True).click()
    minimises(vera)
    ann.invites(vera.visitor, "One more thing")
    vera.chat.get_by_role("button", name="Start Chat", exact=True).press("Enter")
    expect(vera.dialog("Open chat with operator").get_by_role("button", name="Text chat", exact=True)).to_be_focused()
    vera.page.keyboard.press("Enter")
    vera.sees("One more thing")


def test_the_wait_after_a_lost_operator_counts_anew_and_what_is_unknown_takes_no_room(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    vera.comes().in_chat(ann)
    house.passes(700)
    ann.leaves()
    house.passes(61)
    queued = vera.dialog("Call queued")
    expect(queued).to_be_visible()
    waiting = queued.locator("div", has=vera.chat.get_by_text("Waiting", exact=True)).last.locator("dd")
    minutes, seconds = waiting.inner_text().split(":")
    assert int(minutes) == 0 and int(seconds) < 30
    if not queued.get_by_text("Usual wait", exact=True).is_visible():
        expect(queued.get_by_text("–", exact=True)).to_have_count(0)
