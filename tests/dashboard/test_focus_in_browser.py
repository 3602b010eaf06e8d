"""Who goes by keys keeps their place in a real Chromium: whatever changes, and whatever goes, under the focus."""

import asyncio
import re

import pytest
from playwright.sync_api import Page, expect

from engine.commands import Refused
from engine.story import Step
from tests.dashboard.fake_door import FakeDoor
from tests.dashboard.rows import message_row, mine_row, queue_row, ring_row, visit_value
from tests.dashboard.running import Running
from tests.dashboard.test_day_in_browser import part, serving, tab_of

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]
SAID = {"author": "visitor", "text": "and where is it?", "at": "2026-01-01T10:00:00Z"}


def test_a_tab_and_a_latest_line_keep_the_focus_while_messages_come(running: Running, page: Page) -> None:
    running.at(lambda house: serving(house, "c1", "v1", "Vera"))
    tab_of(page, "Vera").focus()
    running.at(lambda house: house.visitor_says("c1", "where is my parcel?"))
    expect(tab_of(page, "Vera").get_by_label("1 unread message")).to_be_visible()
    expect(tab_of(page, "Vera")).to_be_focused()
    line = page.get_by_role("list", name="Latest lines of my chats").get_by_role("link")
    line.focus()
    running.at(lambda house: house.put("mine", mine_row("c1", "v1", name="Vera", last=SAID)))
    expect(line).to_contain_text("and where is it?")
    expect(line).to_be_focused()


def test_a_press_counts_where_a_message_comes_between_its_two_halves(running: Running, page: Page) -> None:
    running.at(lambda house: serving(house, "c1", "v1", "Vera"))
    profile = page.get_by_role("region", name="Visitor's profile", exact=True)
    for target, opens in ((tab_of(page, "Vera"), 1), (page.get_by_role("button", name="Close Vera"), 0)):
        target.hover()
        page.mouse.down()
        running.at(lambda house: house.visitor_says("c1", "where is my parcel?"))
        expect(tab_of(page, "Vera").get_by_label(re.compile("unread"))).to_have_text("1")
        page.mouse.up()
        expect(profile).to_have_count(opens)
        page.keyboard.press("Alt+1")


def test_a_closed_tab_hands_the_focus_to_the_heading(running: Running, page: Page) -> None:
    running.at(lambda house: serving(house, "c1", "v1", "Vera"))
    tab_of(page, "Vera").click()
    page.get_by_role("button", name="Close Vera").press("Enter")
    expect(tab_of(page, "Vera")).to_have_count(0)
    expect(page.get_by_role("heading", level=1, name="Site Monitor")).to_be_focused()


def test_a_row_that_changes_keeps_the_focus(running: Running, page: Page) -> None:
    running.at(lambda house: house.put("queue", queue_row("c1", "v1", name="Vera")))
    page.keyboard.press("Alt+2")
    row = page.get_by_role("region", name="Communication Queue").get_by_role("listitem")
    for button in (row.get_by_role("button", name="Actions"), row.get_by_role("group")):
        button.focus()
        offered = {"status": "offered", "offered_to": "Bob", "since": "2026-01-01T10:00:00Z"}
        running.at(lambda house: house.put("queue", queue_row("c1", "v1", name="Vera", **offered)))  # noqa: B023
        expect(row).to_contain_text("Offered to Bob")
        expect(button).to_be_focused()
        running.at(lambda house: house.put("queue", queue_row("c1", "v1", name="Vera")))
        expect(row).not_to_contain_text("Offered to Bob")
        expect(button).to_be_focused()


def test_a_marked_message_keeps_the_focus_at_its_buttons(running: Running, page: Page) -> None:
    def left(house: FakeDoor) -> None:
        house.value("visit", None, key="v3")
        for conversation in ("m1", "m2"):
            whom = {"name": "Mona", "email": "mona@example.org", "subject": conversation}
            house.tell(conversation, "left", "left", author="visitor", left=whom, spans=[{"text": "Where is it?"}])
            house.put("messages", message_row(conversation, "v3", name="Mona"))

    running.at(left)
    part(page, "Messages").get_by_role("button", name="Next", exact=True).click()
    letter = page.get_by_role("tabpanel", name="Messages").get_by_role("listitem").filter(has_text="m1")
    letter.get_by_role("button", name="Mark as answered").press("Enter")
    expect(letter).to_contain_text("Ann marked it as answered")
    expect(letter.get_by_role("button", name="Mark as open")).to_be_focused()


def test_a_ring_that_ends_gives_the_focus_back_and_one_that_is_refused_keeps_it(running: Running, page: Page) -> None:
    link = page.get_by_role("navigation", name="Sections").get_by_role("link", name="Reports")
    link.focus()
    running.at(lambda house: house.rings("c1", "v1", name="Tom"))
    ring = page.get_by_role("dialog", name="Incoming chat request")
    decline = ring.get_by_role("button", name="Decline")
    decline.focus()
    running.at(lambda house: house.answers.append(Refused(reason="busy")))
    page.keyboard.press("Enter")
    expect(ring.get_by_role("alert")).to_contain_text("The server is busy")
    expect(decline).to_be_focused()
    running.at(lambda house: house.put("rings", ring_row("c1", "v1", name="Tom", closed="taken", by="Bob")))
    expect(page.get_by_text("Taken by Bob")).to_be_visible()
    expect(link).to_be_focused()


def test_one_why_after_the_other_is_one_dialog_and_the_focus_ends_where_something_is(
    running: Running, page: Page
) -> None:
    at = "2026-01-01T10:00:00Z"

    def wait(house: FakeDoor) -> None:
        house.stories["c1"] = (Step(at=at, key="story.asked", values={"department": "Support"}),)  # type: ignore[arg-type]
        for n, name in enumerate(("Vera", "Tom", "Mona"), 1):
            house.put("rings", ring_row(f"c{n}", f"v{n}", name=name))

    running.at(wait)
    dialogs = page.get_by_role("dialog", name=re.compile(r"^Why\?"))
    for name in ("Vera", "Tom", "Mona"):
        ring = page.get_by_role("dialog", name="Incoming chat request").filter(has_text=name)
        ring.get_by_role("button", name="Why?").click()
        expect(dialogs).to_have_count(1)
        expect(page.get_by_role("dialog", name=f"Why? {name}")).to_be_visible()
    running.at(lambda house: house.drop("rings", "c1", "c2", "c3"))
    expect(page.get_by_role("dialog", name="Incoming chat request")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(dialogs).to_have_count(0)
    expect(page.get_by_role("heading", level=1, name="Site Monitor")).to_be_focused()


@pytest.mark.own_tab  # who declined once is not asked again about the same request
@pytest.mark.parametrize("width", [390, 1024])
def test_what_rings_can_be_answered_beside_an_open_dialog(running: Running, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.get_by_role("button", name="Main menu").click()
    page.get_by_role("menuitem", name="Keyboard").click()
    running.at(lambda house: house.rings("c1", "v1", name="Tom"))
    running.at(lambda house: house.rings("c2", "v2", name="Vera"))
    for _ in range(2):
        ring = page.get_by_role("dialog", name="Incoming chat request").first
        ring.get_by_role("button", name="Decline").click(timeout=3_000)
    expect(page.get_by_role("dialog", name="Incoming chat request")).to_have_count(0)
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()


def test_who_takes_somebody_whose_profile_is_open_already_can_write_at_once(running: Running, page: Page) -> None:
    def wait(house: FakeDoor) -> None:
        house.value("visit", visit_value("v1", name="Nora", conversation="c1"), key="v1")
        house.tell("c1", "queued", "queued", reason="timeout")
        house.put("queue", queue_row("c1", "v1", name="Nora"))

    running.at(wait)
    page.keyboard.press("Alt+2")
    page.get_by_role("region", name="Communication Queue").get_by_role("group").press("Enter")
    expect(page.get_by_role("region", name="Visitor's profile")).to_contain_text("waits in the queue")
    page.get_by_role("button", name="Main menu").focus()
    page.keyboard.press("Alt+n")
    expect(page.get_by_role("textbox", name="Message", exact=True)).to_be_focused()


@pytest.mark.own_tab
def test_resume_right_after_hold_counts_though_the_answer_to_hold_is_late(running: Running, page: Page) -> None:
    running.at(lambda house: serving(house, "c1", "v1", "Vera"))
    tab_of(page, "Vera").click()
    running.at(lambda house: setattr(house, "late", asyncio.Event()))
    page.get_by_role("button", name="Hold", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("On hold: neither of you can write.")).to_be_visible()
    page.get_by_role("button", name="Resume", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("log", name="Conversation")).to_contain_text("Ann resumed the chat")
    running.at(answer)
    expect(page.get_by_role("textbox", name="Message")).to_be_enabled()


def answer(house: FakeDoor) -> None:
    """What was late comes now."""
    assert house.late
    house.late.set()


def test_next_passes_over_who_has_left_in_the_same_moment(running: Running, page: Page) -> None:
    def wait(house: FakeDoor) -> None:
        for n, name in enumerate(("Quentin", "Nora"), 1):
            house.value("visit", visit_value(f"v{n}", name=name, conversation=f"c{n}"), key=f"v{n}")
            house.tell(f"c{n}", "queued", "queued", reason="timeout")
            house.put("queue", queue_row(f"c{n}", f"v{n}", name=name, since=f"2026-01-01T10:0{n}:00Z", place=n))

    running.at(wait)
    expect(part(page, "Chats")).to_contain_text("2")
    running.at(lambda house: house.answers.append(Refused(reason="ended")))
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
    running.at(lambda house: serving(house, "c9", "v9", "Vera"))  # c1 was closed above
    tab_of(page, "Vera").click()
    page.get_by_role("textbox", name="Message").press_sequentially("really?")
    help_list = page.get_by_role("dialog", name="Keyboard")
    expect(help_list).to_have_count(0)
    page.get_by_role("log", name="Conversation").focus()
    page.keyboard.press("?")
    expect(help_list).to_contain_text("Next: take who waits longest")
    page.keyboard.press("Escape")
    expect(help_list).to_have_count(0)
    expect(page.get_by_role("log", name="Conversation")).to_be_focused()
