"""Where requests ring in a real Chromium: beside the work, one card and the others behind it, read out once."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from engine.commands import AcceptRequest
from tests.dashboard.house import House
from tests.dashboard.people import Guest
from tests.dashboard.running import Running
from tests.dashboard.test_day_in_browser import asked, serving, tab_of

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]
SIZES = ((1280, 720), (1920, 1080), (1024, 768), (844, 390), (640, 360), (390, 844))
# What is said: each text that the live region of the requests has from now on.
HEARD = """stack => {
  window.heard = [];
  const region = stack.querySelector("[role=status]");
  new MutationObserver(() => window.heard.push(region.textContent)).observe(
    region, { childList: true, characterData: true, subtree: true });
}"""
LIVE = "[role=status], [role=alert], [role=log], [aria-live]"


def requests(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Incoming chat request", exact=True)


def box(locator: Locator) -> tuple[float, float, float, float]:
    found = locator.bounding_box()
    assert found
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


def apart(one: Locator, other: Locator) -> bool:
    """Whether neither lies over the other."""
    (left, top, right, bottom), (left_2, top_2, right_2, bottom_2) = box(one), box(other)
    return right <= left_2 or right_2 <= left or bottom <= top_2 or bottom_2 <= top


async def three(house: House) -> list[Guest]:
    """Three requests ring at Ann."""
    return [await house.rings(name) for name in ("Vera", "Tom", "Nora")]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_request_lies_over_no_work(running: Running, page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    serving(running, "Olga")
    running.at(three)
    ring, work = requests(page), page.get_by_role("main")
    profile = page.get_by_role("region", name="Visitor's profile", exact=True)
    expect(ring).to_have_count(1)
    accept = ring.get_by_role("button", name="Accept")
    assert apart(ring, work)
    expect(accept).to_be_in_viewport(ratio=0.99)
    tab_of(page, "Olga").evaluate("link => link.click()")  # in the lowest windows it is scrolled to
    for name in ("General", "Live Communication"):
        profile.get_by_role("tab", name=name).evaluate("tab => tab.click()")
        assert apart(ring, work)
        expect(accept).to_be_in_viewport(ratio=0.99)
    expect(page.get_by_role("textbox", name="Message", exact=True)).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_who_asks_is_named_whole_wherever_there_is_room(running: Running, page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    running.at(lambda house: house.rings("Vera"))
    name = requests(page).locator("strong")
    expect(name).to_be_visible()
    name.evaluate(  # where they are, as far as it is known
        """name => {
          const place = document.createElement("span");
          place.className = "quiet";
          place.textContent = "2001:db8:85a3:8d3:1319:8a2e:370:7348";
          name.after(place);
        }"""
    )
    assert name.evaluate("name => name.scrollWidth <= name.clientWidth"), "cut"


def test_a_dialog_stands_below_what_rings(running: Running, page: Page) -> None:
    running.at(three)
    page.get_by_role("button", name="and 2 more").click()
    expect(requests(page)).to_have_count(3)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard")
    expect(dialog).to_be_visible()
    for ring in requests(page).all():
        assert apart(ring, dialog)
    expect(dialog.get_by_role("button", name="Close").first).to_be_in_viewport(ratio=0.99)


def test_one_card_and_the_others_by_pointer_and_by_keys(running: Running, page: Page) -> None:
    vera, tom, nora = running.at(three)
    expect(requests(page)).to_have_count(1)
    expect(requests(page)).to_contain_text("Vera")
    more = page.get_by_role("button", name="and 2 more", exact=True)
    more.click()
    expect(more).to_have_attribute("aria-expanded", "true")
    expect(requests(page)).to_contain_text([re.compile("Vera"), re.compile("Tom"), re.compile("Nora")])
    more.click()
    expect(requests(page)).to_have_count(1)
    more.press("Enter")
    page.keyboard.press("Tab")
    accept = requests(page).filter(has_text="Tom").get_by_role("button", name="Accept")
    expect(accept).to_be_focused()
    page.keyboard.press("Enter")
    asked(running, AcceptRequest(conversation=tom.talk))
    expect(page.get_by_role("button", name="and 1 more", exact=True)).to_be_visible()
    running.at(lambda _house: vera.cancels())
    expect(requests(page)).to_have_count(1)
    expect(requests(page)).to_contain_text("Nora")
    expect(page.get_by_role("button", name=re.compile("more$"))).to_have_count(0)
    running.at(lambda _house: nora.cancels())
    expect(requests(page)).to_have_count(0)


def test_who_and_where_is_read_out_once_and_never_the_clock(running: Running, page: Page) -> None:
    stack = page.locator(".ring-stack")
    stack.evaluate(HEARD)
    running.at(lambda house: house.rings("Vera"))
    expect(stack.get_by_role("status")).to_have_text("Incoming chat request: Vera, Cart.")
    clock = requests(page).locator("time")
    clock.evaluate("clock => { clock.dataset.since = '2026-01-01T00:00:00Z'; }")
    expect(clock).to_have_text(re.compile(r"\d+:\d\d:\d\d"))  # it ticks
    assert page.evaluate("window.heard") == ["Incoming chat request: Vera, Cart."]
    assert not clock.evaluate("(clock, live) => Boolean(clock.closest(live))", LIVE)
    expect(requests(page)).to_have_accessible_description(re.compile(r"Vera.*Cart.*1st visit.*Support"))
    running.at(lambda house: house.rings("Tom"))
    expect(stack.get_by_role("status")).to_have_text("Incoming chat request: Tom, Cart.")
    assert page.evaluate("window.heard") == [f"Incoming chat request: {name}, Cart." for name in ("Vera", "Tom")]


def test_full_says_how_much_of_it_is_offered(running: Running, page: Page) -> None:
    async def wait(house: House) -> None:
        await house.set("max_chats", 3)
        await house.serves("Olga")
        for name in ("Vera", "Tom", "Nora"):
            await house.asks(name)
        await house.ann.switches(on=True)

    running.at(wait)
    expect(page.get_by_role("switch", name="Live Help")).to_have_accessible_description("Full (2 offered)")
    page.keyboard.press("Alt+2")
    expect(page.get_by_role("region", name="Operators now")).to_contain_text("Full (2 offered)")
