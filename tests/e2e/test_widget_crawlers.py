"""Crawlers and driven browsers on a site, in real Chromium as it comes: they see the button, and are nobody."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from bench.widget.browser import AS_PEOPLE
from tests.browser import CHROMIUM, FLAGS
from tests.e2e.inside import AtTheDoor, Guest, Inside
from tests.parlour.whole import until

pytestmark = pytest.mark.e2e
PERSON = AS_PEOPLE[1].partition("=")[2]


@pytest.fixture(scope="module")
def driven(chromium: Browser) -> Iterator[Browser]:
    """A browser that says what it is: headless, in its header, and driven, to its pages."""
    browser = chromium.browser_type.launch(
        executable_path=CHROMIUM, args=[flag for flag in FLAGS if flag not in AS_PEOPLE]
    )
    yield browser
    browser.close()


@pytest.fixture
def context(driven: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """Windows of that browser, with another header where the test says one."""
    with driven.new_context(user_agent=getattr(request, "param", None)) as context:
        yield context


@pytest.mark.parametrize("context", [None, PERSON], indirect=True, ids=["headless by its header", "driven by itself"])
def test_a_program_sees_the_button_and_is_nobody(house: Inside, ann: AtTheDoor, context: BrowserContext) -> None:
    counted = house.running.house.visitors.counted
    before = counted.crawlers
    page = context.new_page()
    page.goto(house.site)
    expect(page.get_by_role("button", name="Click for Live Help", exact=True)).to_be_visible()
    page.evaluate("history.pushState({}, '', '/next'); Parlour.track('looked', {})")
    ann.switches(on=False)
    expect(page.get_by_role("button", name="Leave a message", exact=True)).to_be_visible()
    assert counted.crawlers == before + 1
    assert not house.visitors
    assert "parlour.visitor" not in page.evaluate("document.cookie + JSON.stringify(localStorage)")


@pytest.mark.parametrize("context", [None, PERSON], indirect=True, ids=["headless by its header", "driven by itself"])
def test_a_program_is_a_visitor_where_the_house_wants_it(house: Inside, context: BrowserContext) -> None:
    house.set("count_crawlers", True)
    context.new_page().goto(house.site)
    until(lambda: len(house.visitors) == 1, what="a visitor")


def test_a_program_that_asks_for_help_is_answered(house: Inside, ann: AtTheDoor, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(house.site)
    page.get_by_role("button", name="Click for Live Help", exact=True).click()
    chat = page.frame_locator("iframe")
    chat.get_by_role("button", name="Text chat", exact=True).click()
    expect(chat.get_by_role("dialog", name="Routing your call…")).to_be_visible()
    ann.accepts()
    expect(chat.get_by_role("dialog", name="Chat with operator")).to_be_visible()
    ann.ends()


def test_people_are_visitors(house: Inside, vera: Guest) -> None:
    before = house.running.house.visitors.counted.crawlers
    vera.comes()
    assert len(house.visitors) == 1
    assert house.running.house.visitors.counted.crawlers == before
