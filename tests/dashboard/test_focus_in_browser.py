"""Who goes by keys keeps their place in a real Chromium: whatever changes, and whatever goes, under the focus."""

import asyncio
import re

import pytest
from playwright.sync_api import Page, expect

from engine.commands import Refused
from tests.dashboard.house import House
from tests.dashboard.running import Running
from tests.dashboard.test_day_in_browser import part, serving, tab_of
from tests.e2e.keys import tab_to

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]


def test_a_tab_and_a_latest_line_keep_the_focus_while_messages_come(running: Running, page: Page) -> None:
    (vera,) = serving(running, "Vera")
    tab_of(page, "Vera").focus()
    running.at(lambda _house: vera.writes("where is my parcel?"))
    expect(tab_of(page, "Vera").get_by_label("1 unread message")).to_be_visible()
    expect(tab_of(page, "Vera")).to_be_focused()
    line = page.get_by_role("list", name="Latest lines of my chats").get_by_role("link")
    line.focus()
    running.at(lambda _house: vera.writes("and where is it?"))
    expect(line).to_contain_text("and where is it?")
    expect(line).to_be_focused()


def test_a_press_counts_where_a_message_comes_between_its_two_halves(running: Running, page: Page) -> None:
    (vera,) = serving(running, "Vera")
    profile = page.get_by_role("region", name="Visitor's profile", exact=True)
    for target, opens in ((tab_of(page, "Vera"), 1), (page.get_by_role("button", name="Close Vera"), 0)):
        target.hover()
        page.mouse.down()
        running.at(lambda _house: vera.writes("where is my parcel?"))
        expect(tab_of(page, "Vera").get_by_label(re.compile("unread"))).to_have_text("1")
        page.mouse.up()
        expect(profile).to_have_count(opens)
        page.keyboard.press("Alt+1")


def test_a_closed_tab_hands_the_focus_to_the_heading(running: Running, page: Page) -> None:
    serving(running, "Vera")
    tab_of(page, "Vera").click()
    page.get_by_role("button", name="Close Vera").press("Enter")
    expect(tab_of(page, "Vera")).to_have_count(0)
    expect(page.get_by_role("heading", level=1, name="Site Monitor")).to_be_focused()


def test_a_row_that_changes_keeps_the_focus(running: Running, page: Page) -> None:
    running.at(lambda house: house.asks("Vera"))
    running.at(lambda house: house.bob.arrives())
    page.keyboard.press("Alt+2")
    row = page.get_by_role("region", name="Communication Queue").get_by_role("listitem")
    for button in (row.get_by_role("button", name="Actions"), row.get_by_role("group")):
        button.focus()
        running.at(lambda house: house.bob.switches(on=True))
        expect(row).to_contain_text("Offered to Bob")
        expect(button).to_be_focused()
        running.at(lambda house: house.bob.switches(on=False))
        expect(row).not_to_contain_text("Offered to Bob")
        expect(button).to_be_focused()


def test_a_marked_message_keeps_the_focus_at_its_buttons(running: Running, page: Page) -> None:
    async def leave(house: House) -> None:
        mona = await house.comes("Mona")
        for subject in ("m1", "m2"):
            await mona.leaves("Where is it?", subject)

    running.at(leave)
    part(page, "Messages").get_by_role("button", name="Next", exact=True).click()
    letter = page.get_by_role("tabpanel", name="Messages").get_by_role("listitem").filter(has_text="m1")
    letter.get_by_role("button", name="Mark as answered").press("Enter")
    expect(letter).to_contain_text("Ann marked it as answered")
    expect(letter.get_by_role("button", name="Mark as open")).to_be_focused()


def test_a_ring_that_ends_gives_the_focus_back_and_one_that_is_refused_keeps_it(running: Running, page: Page) -> None:
    link = page.get_by_role("navigation", name="Sections").get_by_role("link", name="Reports")
    link.focus()
    running.at(lambda house: house.bob.works())
    tom = running.at(lambda house: house.rings("Tom"))
    ring = page.get_by_role("dialog", name="Incoming chat request")
    decline = ring.get_by_role("button", name="Decline")
    decline.focus()
    running.do(lambda house: house.door.answers.append(Refused(reason="busy")))
    page.keyboard.press("Enter")
    expect(ring.get_by_role("alert")).to_contain_text("The server is busy")
    expect(decline).to_be_focused()
    running.at(lambda house: house.bob.accepts(tom))
    expect(page.get_by_text("Taken by Bob")).to_be_visible()
    expect(link).to_be_focused()


def test_one_why_after_the_other_is_one_dialog_and_the_focus_ends_where_something_is(
    running: Running, page: Page
) -> None:
    names = ("Vera", "Tom", "Mona")
    waiting = [running.at(lambda house, name=name: house.rings(name)) for name in names]  # type: ignore[misc]
    dialogs = page.get_by_role("dialog", name=re.compile(r"^Why\?"))
    page.get_by_role("button", name="and 2 more").click()
    for name in names:
        ring = page.get_by_role("dialog", name="Incoming chat request").filter(has_text=name)
        ring.get_by_role("button", name="Why?").click()
        expect(dialogs).to_have_count(1)
        expect(page.get_by_role("dialog", name=f"Why? {name}")).to_be_visible()
    for guest in waiting:
        running.at(lambda _house, guest=guest: guest.cancels())  # type: ignore[misc]
    expect(page.get_by_role("dialog", name="Incoming chat request")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(dialogs).to_have_count(0)
    expect(page.get_by_role("heading", level=1, name="Site Monitor")).to_be_focused()


@pytest.mark.parametrize("width", [390, 1024])
def test_what_rings_can_be_answered_beside_an_open_dialog(running: Running, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.get_by_role("button", name="Main menu").click()
    page.get_by_role("menuitem", name="Keyboard").click()
    for name in ("Tom", "Vera"):
        running.at(lambda house, name=name: house.rings(name))  # type: ignore[misc]
    for _ in range(2):
        ring = page.get_by_role("dialog", name="Incoming chat request").first
        ring.get_by_role("button", name="Decline").click(timeout=3_000)
    expect(page.get_by_role("dialog", name="Incoming chat request")).to_have_count(0)
    help_list = page.get_by_role("dialog", name="Keyboard")
    expect(help_list).to_be_visible()
    help_list.get_by_role("button", name="Close").first.click()
    expect(help_list).to_have_count(0)


def test_who_takes_somebody_whose_profile_is_open_already_can_write_at_once(running: Running, page: Page) -> None:
    running.at(lambda house: house.asks("Nora"))
    page.keyboard.press("Alt+2")
    page.get_by_role("region", name="Communication Queue").get_by_role("group").press("Enter")
    expect(page.get_by_role("region", name="Visitor's profile")).to_contain_text("waits in the queue")
    page.get_by_role("button", name="Main menu").focus()
    page.keyboard.press("Alt+n")
    expect(page.get_by_role("textbox", name="Message", exact=True)).to_be_focused()


def test_who_turned_to_something_else_keeps_it_when_the_box_comes_late(running: Running, page: Page) -> None:
    nora = running.at(lambda house: house.asks("Nora"))
    page.keyboard.press("Alt+2")
    page.get_by_role("region", name="Communication Queue").get_by_role("group").press("Enter")
    expect(page.get_by_role("region", name="Visitor's profile")).to_contain_text("waits in the queue")
    roll = page.get_by_role("button", name="Roll up to the counts", exact=True)
    tab_to(page, roll)
    running.at(lambda house: house.ann.accepts(nora))  # in another window of hers
    expect(page.get_by_role("textbox", name="Message", exact=True)).to_be_visible()
    expect(roll).to_be_focused()


@pytest.mark.own_tab
def test_resume_right_after_hold_counts_though_the_answer_to_hold_is_late(running: Running, page: Page) -> None:
    serving(running, "Vera")
    tab_of(page, "Vera").click()
    running.do(lambda house: setattr(house.door, "late", asyncio.Event()))
    page.get_by_role("button", name="Hold", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("On hold: neither of you can write.")).to_be_visible()
    page.get_by_role("button", name="Resume", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("log", name="Conversation")).to_contain_text("Ann resumed the chat")
    running.do(answer)
    expect(page.get_by_role("textbox", name="Message")).to_be_enabled()


def answer(house: House) -> None:
    """What was late comes now."""
    assert house.door.late
    house.door.late.set()


def test_next_passes_over_who_has_left_in_the_same_moment(running: Running, page: Page) -> None:
    for name in ("Quentin", "Nora"):
        running.at(lambda house, name=name: house.asks(name))  # type: ignore[misc]
    expect(part(page, "Chats")).to_contain_text("2")
    running.do(lambda house: house.door.answers.append(Refused(reason="ended")))
    page.keyboard.press("Alt+n")
    expect(tab_of(page, "Nora")).to_have_attribute("aria-current", "page")


def test_on_a_phone_the_section_that_is_shown_is_in_sight_among_all(running: Running, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for key, section in ((4, "Reports"), (1, "Site Monitor"), (3, "Visitors List")):
        page.keyboard.press(f"Alt+{key}")
        link = page.get_by_role("navigation", name="Sections").get_by_role("link", name=section)
        expect(link).to_be_in_viewport(ratio=0.99)


def test_keys_lead_to_the_sections_and_their_list(running: Running, page: Page) -> None:
    for key, section in enumerate(("Site Monitor", "Communication Overview", "Visitors List", "Reports"), 1):
        page.keyboard.press(f"Alt+{key}")
        expect(page.get_by_role("heading", level=1)).to_have_text(section)
    serving(running, "Vera")
    tab_of(page, "Vera").click()
    page.get_by_role("textbox", name="Message").press_sequentially("really?")
    help_list = page.get_by_role("dialog", name="Keyboard")
    expect(help_list).to_have_count(0)
    page.get_by_role("log", name="Conversation").focus()
    page.keyboard.press("?")
    expect(help_list).to_contain_text("Next: take who rings or waits longest")
    page.keyboard.press("Escape")
    expect(help_list).to_have_count(0)
    expect(page.get_by_role("log", name="Conversation")).to_be_focused()
