"""People at the desk in a real Chromium: who has no name, whose chat has ended, and who waits longest."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.dashboard.people import Guest
from tests.dashboard.running import Running
from tests.dashboard.test_day_in_browser import serving, tab_of

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]


def called(guest: Guest) -> str:
    """What a visitor without a name is called: by the end of their ID."""
    return f"Site visitor {guest.id[-4:].upper()}"


def strip(page: Page) -> Locator:
    return page.get_by_role("list", name="Open profiles")


def hue(place: Locator) -> tuple[str | None, str]:
    """The colour and the sign of the one disc in a place."""
    disc = place.locator(".disc")
    expect(disc).to_have_count(1)
    return disc.get_attribute("data-hue"), disc.inner_text()


def test_who_has_no_name_is_called_the_same_everywhere(running: Running, page: Page) -> None:
    one, other = running.at(lambda house: house.serves(None)), running.at(lambda house: house.serves(None))
    assert called(one) != called(other)
    for guest in (one, other):
        tab = tab_of(page, called(guest))
        expect(tab).to_be_visible()
        row = page.get_by_role("list", name="Latest lines of my chats").get_by_role("link", name=called(guest))
        expect(row).to_be_visible()
        assert hue(tab) == hue(row)
        assert hue(tab)[1] == guest.id[-2:].upper()
        expect(page.get_by_role("group").filter(has_text=called(guest))).to_be_visible()  # the badge
        tab.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(called(guest))
        expect(page).to_have_title(re.compile(called(guest)))
        running.at(lambda _house, guest=guest: guest.writes("hello"))  # type: ignore[misc]
        expect(page.get_by_role("log", name="Conversation").get_by_text(called(guest)).first).to_be_visible()
        page.get_by_role("button", name="Why?", exact=True).click()
        expect(page.get_by_role("dialog", name=f"Why? {called(guest)}")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("Alt+2")
        expect(page.get_by_role("region", name="My Communication")).to_contain_text(called(guest))
        page.keyboard.press("Alt+1")
    ringing = running.at(lambda house: house.rings(None))
    ring = page.get_by_role("dialog", name="Incoming chat request")
    expect(ring).to_contain_text(called(ringing))
    running.at(lambda house: house.ann.switches(on=False))
    page.keyboard.press("Alt+2")
    expect(page.get_by_role("region", name="Communication Queue")).to_contain_text(called(ringing))


def test_a_chat_that_has_ended_says_so_calls_no_more_and_goes_with_all_others(running: Running, page: Page) -> None:
    olga, davide, vera = serving(running, "Olga", "Davide", "Vera")
    for guest in (olga, davide, vera):
        running.at(lambda _house, guest=guest: guest.writes("are you there?"))  # type: ignore[misc]
    for name in ("Olga", "Davide", "Vera"):
        expect(tab_of(page, name).get_by_label("1 unread message")).to_be_visible()
    everything = strip(page).get_by_role("button", name="Close ended")
    expect(everything).to_have_count(0)
    running.at(lambda _house: olga.ends())
    running.at(lambda _house: davide.goes())
    for name in ("Olga", "Davide"):
        expect(tab_of(page, name)).to_have_accessible_name(f"{name} ended")
        expect(tab_of(page, name).get_by_label("1 unread message")).to_have_count(0)
    expect(tab_of(page, "Vera")).not_to_contain_text("ended")
    assert page.title().startswith("(1) ")
    page.reload()
    expect(tab_of(page, "Davide")).to_have_accessible_name("Davide ended")
    everything.press("Enter")
    expect(strip(page).get_by_role("button", name=re.compile("^Close "))).to_have_count(1)
    expect(tab_of(page, "Vera")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_the_tab_of_who_is_shown_is_in_sight_among_many(running: Running, page: Page) -> None:
    names = [f"Person {number:02}" for number in range(14)]
    people = serving(running, *names)
    page.get_by_role("list", name="Latest lines of my chats").get_by_role("link", name=names[13]).press("Enter")
    expect(tab_of(page, names[13])).to_be_in_viewport(ratio=0.99)
    expect(tab_of(page, names[0])).not_to_be_in_viewport()
    running.at(lambda _house: people[0].writes("hello?"))
    expect(strip(page).get_by_label("1 unread message")).to_have_count(1)
    page.keyboard.press("Alt+j")
    expect(tab_of(page, names[0])).to_be_in_viewport(ratio=0.99)
    page.set_viewport_size({"width": 640, "height": 720})
    expect(tab_of(page, names[0])).to_be_in_viewport(ratio=0.99)


def test_the_tab_says_on_hover_which_page_they_look_at(running: Running, page: Page) -> None:
    (vera,) = serving(running, "Vera")
    expect(tab_of(page, "Vera")).to_have_attribute("title", "Vera\nCart")
    running.at(lambda _house: vera.views("http://localhost/help", "Help"))
    expect(tab_of(page, "Vera")).to_have_attribute("title", "Vera\nHelp")


def test_nobody_is_answered_who_was_only_accepted_and_who_waits_longest_is_first(running: Running, page: Page) -> None:
    vera, tom = serving(running, "Vera", "Tom")
    page.keyboard.press("Alt+2")
    rows = page.get_by_role("region", name="My Communication").get_by_role("listitem")
    expect(rows).to_have_count(2)
    for row in rows.all():
        expect(row).to_contain_text("Waits for your answer")
    expect(rows.locator("strong")).to_have_text(["Vera", "Tom"])
    running.at(lambda house: house.ann.writes(vera, "Good day"))
    expect(rows.locator("strong")).to_have_text(["Tom", "Vera"])
    expect(rows.last).to_contain_text("Answered")
    running.at(lambda house: house.ann.writes(tom, "Good day"))
    running.at(lambda _house: tom.writes("hello"))
    running.at(lambda _house: vera.writes("hello"))
    expect(rows.locator("strong")).to_have_text(["Tom", "Vera"])
    expect(rows.first).to_contain_text("Waits for your answer")


def test_four_chats_can_be_told_apart_below_the_work_with_how_long_each_waits(running: Running, page: Page) -> None:
    guests = [running.at(lambda house: house.serves(None)) for _ in range(3)]
    guests += serving(running, "Vera Yildirim")
    running.at(lambda house: house.ann.writes(guests[0], "Good day"))
    lines = page.get_by_role("list", name="Latest lines of my chats").get_by_role("link")
    expect(lines).to_have_count(4)
    for guest in guests:
        line = lines.filter(has_text=guest.name or called(guest))
        expect(line).to_be_in_viewport(ratio=0.99)
        assert line.locator("b").evaluate("name => name.scrollWidth <= name.clientWidth"), guest.name
    expect(lines.locator("time")).to_have_count(3)
    expect(lines.filter(has_text=called(guests[0])).locator("time")).to_have_count(0)
    expect(lines.filter(has_text="Vera").locator("time")).to_have_text(re.compile(r"^\d+:\d\d$"))
