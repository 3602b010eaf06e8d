"""What a visitor says first, as operators see it: on the ring, the queue's row, the badge's tooltip, and in the log."""

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard.house import House
from tests.dashboard.people import Guest
from tests.dashboard.running import Running

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.own_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]
# Markup, and what turns a line around: it must turn and be nothing here.
FOREIGN = "<img src=x onerror=alert(1)> \u202etel tnet ym\nand more"
SEEN = "<img src=x onerror=alert(1)> tel tnet ym …"


async def asks(house: House, words: str) -> Guest:
    guest = await house.comes("Vera")
    await guest.asks(words=words)
    return guest


def test_they_stand_on_the_ring_and_follow_what_is_changed(running: Running, page: Page) -> None:
    page.get_by_role("switch", name="Live Help").click()
    vera = running.at(lambda house: asks(house, FOREIGN))
    ring = page.get_by_role("dialog", name="Incoming chat request")
    expect(ring.get_by_text(SEEN, exact=True)).to_be_visible()
    assert ring.locator("bdi", has_text=SEEN).evaluate("one => getComputedStyle(one).unicodeBidi") == "isolate"
    running.at(lambda _house: vera.rewords("Where is my parcel?"))
    expect(ring.get_by_text("Where is my parcel?", exact=True)).to_be_visible()
    ring.get_by_role("button", name="Accept").click()
    log = page.get_by_role("log", name="Conversation")
    expect(log.locator(".bubble", has_text="Where is my parcel?")).to_have_count(1)
    expect(log.get_by_text("Where is my parcel?")).to_have_count(1)  # not in the lines above it as well


def test_they_stand_in_the_queue_and_in_the_log_of_who_waits(running: Running, page: Page) -> None:
    vera = running.at(lambda house: asks(house, "My tent leaks"))
    page.get_by_role("link", name="Communication Overview").click()
    row = page.get_by_role("region", name="Communication Queue").get_by_role("listitem")
    expect(row.get_by_text("My tent leaks", exact=True)).to_be_visible()
    running.at(lambda _house: vera.cancels())
    expect(row).to_have_count(0)


def test_they_are_in_the_tooltip_of_the_badge(running: Running, page: Page) -> None:
    running.at(lambda house: asks(house, FOREIGN))
    badge = page.get_by_role("list", name="Visitors now").get_by_role("listitem")
    mark = badge.locator(".mark.queued")
    expect(mark).to_have_attribute("title", f"Waiting: \u2068{SEEN}\u2069")
