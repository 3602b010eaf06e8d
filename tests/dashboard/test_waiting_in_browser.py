"""What stands in a section while its data is on its way, in a real Chromium: shapes, and nothing moves."""

import asyncio
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.dashboard.house import House
from tests.dashboard.running import Running
from tests.e2e.axe import findings

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]
# What goes up or down; within a line, words take the room that they need.
WATCH_SHIFTS = """() => {
  globalThis.shifts = [];
  globalThis.observer?.disconnect();
  globalThis.observer = new PerformanceObserver((list) => {
    for (const { sources } of list.getEntries())
      for (const { previousRect: was, currentRect: is } of sources)
        if (was.height && is.height && Math.abs(was.y - is.y) > 1) shifts.push([was.x, was.y, is.x, is.y]);
  });
  observer.observe({ type: "layout-shift" });
}"""
SHIFTS = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(shifts), 100)))"
SEEN_AFTER = "shapes => shapes.getAnimations()[0]?.effect.getComputedTiming().delay"
BREATHES = """place => place.ownerDocument.defaultView.getComputedStyle(place.querySelector('.shape')).animationName"""
Held = Callable[..., None]


@pytest.fixture
def held(running: Running) -> Iterator[Held]:
    """Views of the door are late from now on."""

    def hold(*views: str) -> None:
        running.do(lambda house: house.door.held.update(views))

    yield hold
    running.do(lambda house: house.door.let_go(*list(house.door.held)))


@pytest.fixture
def late(running: Running) -> Iterator[Callable[[], None]]:
    """The history is late, until what this gives is called."""
    event = asyncio.Event()

    def begin(_house: House) -> None:
        running.analytics.late = event

    running.do(begin)
    yield lambda: running.do(lambda _house: event.set())
    running.do(lambda _house: event.set())


def let_go(running: Running) -> None:
    running.do(lambda house: house.door.let_go(*list(house.door.held)))


def go(page: Page, section: str) -> None:
    """To a section, as by its link."""
    page.evaluate("section => { location.hash = section; }", section)


def busy(page: Page) -> Locator:
    """What says that its data is on its way, and is in sight."""
    return page.locator("main [aria-busy=true]").locator("visible=true")


def is_seen(shapes: Locator) -> None:
    """It is there at once, and seen after a moment."""
    expect(shapes).to_have_css("opacity", "1")
    box = shapes.bounding_box()
    assert box
    assert box["height"] > 30
    assert box["width"] > 100


def test_the_board_has_shapes_until_its_visitors_come(running: Running, page: Page, held: Held) -> None:
    running.at(lambda house: house.comes("Vera", known=True))
    go(page, "overview")
    expect(page.get_by_role("region", name="My Communication")).to_be_visible()
    held("visitors", "overview", "top_pages")
    go(page, "monitor")
    board = page.locator(".board[aria-busy=true]")
    is_seen(board.locator(".awaited"))
    assert board.locator(".awaited").evaluate(SEEN_AFTER) in {200, None}
    expect(board.locator(".shape")).to_have_count(8)
    expect(page.get_by_text("Nobody is on the site")).to_be_hidden()
    expect(page.get_by_role("list", name="The site now, all departments")).to_have_attribute("aria-busy", "true")
    is_seen(page.get_by_role("region", name="Top pages").locator(".awaited"))
    assert findings(page) == []
    page.evaluate(WATCH_SHIFTS)
    let_go(running)
    expect(page.get_by_role("list", name="Visitors now").get_by_text("Vera")).to_be_visible()
    expect(busy(page)).to_have_count(0)
    expect(page.locator("main .awaited")).to_have_count(0)
    assert page.evaluate(SHIFTS) == []


def test_each_list_of_the_overview_has_shapes_until_it_is_known(running: Running, page: Page, held: Held) -> None:
    running.at(lambda house: house.asks("Vera"))
    held("mine", "queue", "messages", "operators", "overview")
    go(page, "overview")
    for name in ("My Communication", "Communication Queue", "Message Queue", "Operators now"):
        region = page.get_by_role("region", name=name)
        expect(region).to_have_attribute("aria-busy", "true")
        is_seen(region.locator(".awaited"))
        expect(region.locator(".empty")).to_be_hidden()
    assert findings(page) == []
    page.evaluate(WATCH_SHIFTS)
    running.do(lambda house: house.door.let_go("queue"))
    queue = page.get_by_role("region", name="Communication Queue")
    expect(queue.get_by_role("listitem").filter(has_text="Vera")).to_be_visible()
    expect(queue.locator(".awaited")).to_have_count(0)
    expect(page.get_by_role("region", name="My Communication")).to_have_attribute("aria-busy", "true")
    let_go(running)
    expect(busy(page)).to_have_count(0)
    assert page.evaluate(SHIFTS) == []


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)])
def test_the_visitors_list_has_shapes_until_its_page_comes(
    running: Running, page: Page, late: Callable[[], None], size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    go(page, "visitors")
    table = page.get_by_role("region", name="Visitors List")
    is_seen(table.locator(".awaited"))
    expect(table).to_have_attribute("aria-busy", "true")
    page.evaluate(WATCH_SHIFTS)
    late()
    expect(table.get_by_text("Nobody has come yet")).to_be_visible()
    expect(busy(page)).to_have_count(0)
    assert page.evaluate(SHIFTS) == []


def test_a_report_has_shapes_for_its_figures_its_plot_and_its_tables(
    running: Running, page: Page, late: Callable[[], None]
) -> None:
    go(page, "reports")
    expect(page.locator("main [data-kind=cards] .shape")).to_have_count(11)
    is_seen(page.locator("main [data-kind=cards]"))
    is_seen(page.locator("main .tables .awaited"))
    is_seen(page.locator("main .plot .awaited"))
    page.evaluate(WATCH_SHIFTS)
    late()
    expect(page.get_by_role("list", name="Figures").get_by_role("listitem")).to_have_count(11)
    expect(page.get_by_role("region", name="Chats a day").or_(page.locator(".tables section")).first).to_be_visible()
    expect(busy(page)).to_have_count(0)
    expect(page.locator("main .awaited")).to_have_count(0)
    assert page.evaluate(SHIFTS) == []


def test_a_profile_has_shapes_until_the_visit_and_the_past_come(
    running: Running, page: Page, held: Held, late: Callable[[], None]
) -> None:
    guest = running.at(lambda house: house.comes("Vera", known=True))
    held("visit")
    page.get_by_role("list", name="Visitors now").get_by_text("Vera").click()
    profile = page.get_by_role("region", name="Visitor's profile")
    for part in (profile.locator(".now"), profile.locator(".past-visits"), profile.locator(".past-chats")):
        expect(part).to_have_attribute("aria-busy", "true")
        is_seen(part.locator(".awaited"))
    profile.get_by_role("tab", name="Messages").click()
    is_seen(profile.get_by_role("tabpanel").locator(".awaited").locator("visible=true"))
    expect(profile.get_by_text("This visitor has left no message")).to_be_hidden()
    profile.get_by_role("tab", name="Live Communication").click()
    is_seen(profile.locator(".talk .awaited"))
    let_go(running)
    late()
    expect(profile.get_by_role("button", name="Engage in communication")).to_be_visible()
    expect(profile.locator("[aria-busy=true]")).to_have_count(0)
    assert guest


@pytest.mark.parametrize(("reason", "says"), [("forbidden", "You may not see this."), ("odd", "This cannot be shown")])
def test_a_view_that_cannot_be_watched_says_why_with_a_code(
    running: Running, page: Page, reason: str, says: str
) -> None:
    running.do(lambda house: house.door.lost.update(queue=reason, overview=reason))
    go(page, "overview")
    queue = page.get_by_role("region", name="Communication Queue")
    expect(queue.get_by_role("alert")).to_contain_text(says)
    expect(queue.get_by_role("alert").get_by_role("code")).to_have_text(reason)
    expect(queue).not_to_have_attribute("aria-busy", "true")
    expect(page.get_by_role("region", name="My Communication").get_by_role("alert")).to_have_count(0)
    assert findings(page) == []


@pytest.mark.own_tab
def test_shapes_breathe_unless_less_motion_is_wanted(running: Running, page: Page, held: Held) -> None:
    go(page, "overview")
    expect(page.get_by_role("region", name="My Communication")).to_be_visible()
    held("visitors")
    go(page, "monitor")
    board = page.locator(".board[aria-busy=true]")
    is_seen(board.locator(".awaited"))
    assert board.evaluate(BREATHES) == "none"
    page.emulate_media(reduced_motion="no-preference")
    assert board.evaluate(BREATHES) == "breathe"


def test_that_main_is_away_hides_nothing(running: Running, page: Page) -> None:
    running.at(lambda house: house.comes("Vera", known=True))
    badge = page.get_by_role("list", name="Visitors now").get_by_text("Vera")
    expect(badge).to_be_visible()

    def away(house: House) -> None:
        house.door.up = False

    running.do(away)
    banner = page.get_by_text("Reconnecting…")
    expect(banner).to_be_visible()
    above, below = banner.bounding_box(), page.get_by_role("heading", level=1).bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"] + below["height"]
    expect(badge).to_be_visible()
    expect(badge).to_be_in_viewport()
