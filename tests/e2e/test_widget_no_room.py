"""A server whose disk gets full, as visitors see it in real Chromium: a plain word, and what was written stays."""

import pytest
from playwright.sync_api import expect

from engine.room import LEAST, MEGABYTE
from tests.e2e.inside import AtTheDoor, Guest, Inside

pytestmark = pytest.mark.e2e


async def _has_left(house: Inside, megabytes: int) -> None:
    house.running.house.core.condition.has_left(megabytes * MEGABYTE, LEAST)


async def _is_full(house: Inside, full: bool) -> None:
    house.running.house.core._filled(full)


@pytest.fixture
def house(house: Inside) -> Inside:
    house.run(_has_left(house, 900))
    return house


def test_a_message_that_cannot_be_left_stays_in_the_form_and_goes_when_there_is_room(
    house: Inside, vera: Guest
) -> None:
    house.run(_has_left(house, 200))
    vera.comes()  # a page whose view is given up has its button all the same
    vera.page.get_by_role("button", name="Leave a message").click()
    form = vera.dialog("Leave a message")
    form.get_by_role("textbox", name="E-mail").fill("vera@example.org")
    form.get_by_role("textbox", name="Message").fill("Is it green?")
    form.get_by_role("button", name="Send").click()
    expect(form.get_by_role("alert")).to_have_text(
        "We cannot take this at the moment. Please try again later. Your text is still here."
    )
    expect(form.get_by_role("textbox", name="Message")).to_have_value("Is it green?")
    house.run(_has_left(house, 900))
    form.get_by_role("button", name="Send").click()
    expect(form.get_by_text("Thank you! Your message has arrived.")).to_be_visible()


def test_a_new_chat_that_cannot_begin_says_so_and_begins_when_there_is_room(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    house.run(_has_left(house, 100))
    vera.comes()
    vera.page.get_by_role("button", name="Click for Live Help").click()
    start = vera.dialog("Start communication")
    start.get_by_role("textbox", name="Your name").fill("Vera")
    start.get_by_role("button", name="Text chat").click()
    expect(start.get_by_role("alert")).to_have_text("We cannot begin a new chat at the moment. Please try again later.")
    expect(start.get_by_role("textbox", name="Your name")).to_have_value("Vera")
    house.run(_has_left(house, 900))
    start.get_by_role("button", name="Text chat").click()
    expect(vera.dialog("Routing your call…")).to_be_visible()
    assert ann


def test_a_message_on_a_full_disk_says_so_and_goes_out_by_itself(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    vera.comes().in_chat(ann)
    house.run(_is_full(house, True))
    vera.writes("Are you there?")
    expect(
        vera.log.get_by_text("We cannot take this at the moment. It goes out by itself as soon as we can.")
    ).to_be_visible()
    house.run(_is_full(house, False))
    vera.sees("Are you there?")
    expect(vera.log.get_by_text("It goes out by itself")).to_have_count(0)
    ann.says("I am")
    vera.sees("I am")
