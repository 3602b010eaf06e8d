"""Coming back after the grace in a real Chromium: what one is told, and how it is mended."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from engine.commands import Refused
from tests.dashboard.house import House
from tests.dashboard.people import GRACE, Guest
from tests.dashboard.running import Running, open_signed_in
from tests.dashboard.test_rings_in_browser import HEARD

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]
TOO_LONG = r"You were away \d+ (s|min) too long: "


def banner(page: Page) -> Locator:
    return page.get_by_role("group", name="You were away", exact=True)


def live_help(page: Page) -> Locator:
    return page.get_by_role("switch", name="Live Help")


def in_progress(page: Page) -> Locator:
    return page.get_by_role("contentinfo").get_by_role("group", name="In Progress", exact=True)


def is_away(running: Running, page: Page, seconds: float = GRACE + 5) -> None:
    """The browser goes elsewhere, and comes back after a while."""
    address = page.url
    page.goto("about:blank")
    running.at(lambda house: house.ann.closes())
    running.at(lambda house: gone(house, seconds))
    page.goto(address)
    expect(live_help(page)).to_be_enabled()


async def gone(house: House, seconds: float) -> None:
    """Time passes once the last tab is known to be closed."""
    while house.desk.operators[house.ann.id].lost_at is None:
        await house.passes(0.1)
    await house.passes(seconds)


def with_chats(running: Running, page: Page, *names: str) -> list[Guest]:
    """Ann is available, and serves these."""

    async def serve(house: House) -> list[Guest]:
        await house.ann.switches(on=True)
        return [await house.serves(name) for name in names]

    guests = running.at(serve)
    expect(in_progress(page)).to_contain_text(str(len(names)))
    return guests


def test_who_comes_back_too_late_takes_both_chats_back(running: Running, page: Page) -> None:
    with_chats(running, page, "Vera", "Tom")
    is_away(running, page)
    expect(banner(page)).to_contain_text(re.compile(TOO_LONG + r"2 chats wait again\. Live Help is off\.Vera, Tom"))
    expect(live_help(page)).not_to_be_checked()
    page.reload()
    expect(banner(page)).to_contain_text("2 chats wait again.")
    banner(page).get_by_role("button", name="Take them back", exact=True).press("Enter")
    expect(banner(page)).to_have_count(0)
    expect(live_help(page)).to_be_checked()
    expect(in_progress(page)).to_contain_text("2")
    expect(page.get_by_role("heading", name="Vera", exact=True, level=2)).to_be_visible()
    expect(page.get_by_role("textbox", name="Message", exact=True)).to_be_focused()
    page.reload()
    expect(live_help(page)).to_be_checked()
    expect(banner(page)).to_have_count(0)


def test_available_lets_them_ring_and_the_banner_stays_until_they_are_taken(running: Running, page: Page) -> None:
    with_chats(running, page, "Vera")
    is_away(running, page)
    expect(banner(page)).to_contain_text("1 chat waits again. Live Help is off.Vera")
    banner(page).get_by_role("button", name="Available", exact=True).click()
    expect(live_help(page)).to_be_checked()
    expect(banner(page).get_by_role("button", name="Available")).to_have_count(0)
    expect(banner(page)).not_to_contain_text("Live Help is off")
    page.get_by_role("dialog", name="Incoming chat request").get_by_role("button", name="Accept").click()
    expect(banner(page)).to_have_count(0)


def test_what_a_colleague_has_taken_is_not_offered_and_what_they_take_meanwhile_is_said(
    running: Running, page: Page
) -> None:
    vera, tom = with_chats(running, page, "Vera", "Tom")
    is_away(running, page)
    expect(banner(page)).to_contain_text("Vera, Tom")
    running.at(lambda house: house.bob.arrives())
    running.at(lambda house: house.bob.accepts(vera))
    expect(banner(page)).to_contain_text(re.compile(TOO_LONG + r"1 chat waits again\. Live Help is off\.Tom"))
    running.do(lambda house: house.door.answers.append(Refused(reason="taken", by="Bob")))  # in the same moment
    banner(page).get_by_role("button", name="Take them back").click()
    expect(banner(page).get_by_role("alert")).to_have_text(re.compile(r"^Tom: Taken by Bob\. taken\s*$"))
    expect(live_help(page)).to_be_checked()
    running.at(lambda house: house.bob.accepts(tom))
    expect(banner(page).get_by_role("button")).to_have_count(1)
    expect(banner(page).get_by_role("alert")).to_have_text(re.compile(r"^Tom: Taken by Bob\. taken\s*$"))
    banner(page).get_by_role("button", name="Dismiss").click()
    expect(banner(page)).to_have_count(0)


def test_what_is_dismissed_stays_away_until_the_next_time(running: Running, page: Page) -> None:
    with_chats(running, page)
    running.at(lambda house: house.ann.switches(on=True))
    is_away(running, page)
    expect(banner(page)).to_contain_text(re.compile(r"^You were away \d+ s too long\. Live Help is off\.Available"))
    banner(page).get_by_role("button", name="Dismiss").click()
    expect(banner(page)).to_have_count(0)
    page.reload()
    expect(live_help(page)).to_be_enabled()
    expect(banner(page)).to_have_count(0)
    live_help(page).click()
    expect(live_help(page)).to_be_checked()
    is_away(running, page)
    expect(banner(page)).to_contain_text("Live Help is off.")


def test_it_is_read_out_once(running: Running, page: Page) -> None:
    vera, _tom = with_chats(running, page, "Vera", "Tom")
    is_away(running, page)
    expect(banner(page)).to_be_visible()
    place = page.locator(".at-absence")
    said = place.get_by_role("status").filter(has_text="You were away")
    expect(said).to_have_text(re.compile(TOO_LONG + r"2 chats wait again\. Live Help is off\.$"))
    said.locator("..").evaluate(HEARD)
    running.at(lambda house: house.bob.arrives())
    running.at(lambda house: house.bob.accepts(vera))
    expect(banner(page)).to_contain_text("1 chat waits again.")
    assert page.evaluate("window.heard") == []


@pytest.mark.own_tab
def test_a_tab_that_slept_is_told_when_it_wakes(running: Running, page: Page) -> None:
    with_chats(running, page, "Vera")
    running.at(lambda house: house.ann.closes())
    running.stop()  # nobody answers the tab; its page stays
    running.at(lambda house: gone(house, GRACE + 300))
    running.start()
    expect(banner(page)).to_contain_text("You were away 5 min too long: 1 chat waits again.", timeout=30_000)


@pytest.mark.own_tab
def test_a_new_sign_in_is_told_too_and_within_the_grace_nobody(running: Running, page: Page) -> None:
    with_chats(running, page, "Vera")
    is_away(running, page, 20)
    expect(live_help(page)).to_be_checked()
    expect(banner(page)).to_have_count(0)
    page.goto("about:blank")
    page.context.clear_cookies()
    running.at(lambda house: gone(house, GRACE + 7_300))
    open_signed_in(page, running)
    expect(banner(page)).to_contain_text(re.compile("You were away 2 h [12] min too long: 1 chat waits again."))
