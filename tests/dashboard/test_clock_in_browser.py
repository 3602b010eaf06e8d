"""A dashboard on a computer whose clock is ten minutes ahead shows times by the server's, in real Chromium."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import AHEAD, STILL
from tests.dashboard.house import House
from tests.dashboard.running import Running, open_signed_in

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    # A browser sends a model whole with its first message after the server made it (see dashboard/panel/libraries.py).
    pytest.mark.filterwarnings("ignore:reference already known"),
]
SECONDS = re.compile(r"^\d+ s$")


@pytest.fixture
def ahead(running: Running, chromium: Browser) -> Iterator[Page]:
    """Ann's second tab, on such a computer."""
    context = chromium.new_context(**STILL)
    context.add_init_script(AHEAD)
    page = context.new_page()
    open_signed_in(page, running)
    yield page
    context.close()


def test_how_long_a_visitor_is_there_and_waits(running: Running, ahead: Page) -> None:
    assert ahead.evaluate("Date.now()") - ahead.evaluate("performance.timeOrigin + performance.now()") > 500_000
    running.at(lambda house: house.rings("Vera"))
    badge = ahead.get_by_role("list", name="Visitors now").get_by_role("listitem")
    expect(badge).to_have_count(1)
    times = badge.locator("time[data-how=span]")
    expect(times.first).to_have_text(SECONDS)
    for time in times.all():
        expect(time).to_have_text(SECONDS)
    expect(ahead.get_by_role("list", name="The site now")).to_contain_text(re.compile(r"1 ringing \(0:[0-5]\d\)"))


def test_how_much_of_the_wrap_up_is_left(running: Running, ahead: Page) -> None:
    async def served(house: House) -> None:
        await house.set("wrap_up", 50)
        await (await house.serves("Vera")).ends()

    running.at(served)
    left = ahead.locator("time[data-how=until]").first
    expect(left).to_have_text(re.compile(r"^0:[0-4]\d$"))
    before = left.inner_text()
    expect(left).not_to_have_text(before)
    assert left.inner_text() < before
    running.at(lambda house: house.set("wrap_up", 0))


@pytest.mark.parametrize(
    ("locale", "clock"), [("en-US", r"^\d{1,2}:\d\d\s[AP]M$"), ("en-GB", r"^\d\d?:\d\d$"), ("de-DE", r"^\d\d?:\d\d$")]
)
def test_times_are_said_by_the_clock_of_who_looks(running: Running, chromium: Browser, locale: str, clock: str) -> None:
    async def said(house: House) -> None:
        await (await house.serves(locale)).writes("hello")

    running.at(said)
    context = chromium.new_context(**STILL, locale=locale)
    page = context.new_page()
    open_signed_in(page, running)
    page.get_by_role("link", name="Communication Overview").click()
    page.get_by_role("region", name="My Communication").get_by_text(locale).click()
    expect(page.get_by_role("log", name="Conversation").locator("time").last).to_have_text(re.compile(clock))
    context.close()
