"""The window's frame in a real Chromium: one font, sections that stay where they are, and few bars on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard.running import Running
from tests.dashboard.test_day_in_browser import NOTED, serving, tab_of

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]

# Each font of what is drawn, whatever shadow root it is in, with an element that has it; code has its own.
FONTS = """() => {
  const found = {};
  const walk = root => {
    for (const one of root.querySelectorAll("*")) {
      const words = [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
      if (words && one.checkVisibility() && !one.closest("pre, code, kbd, style, script")) {
        const family = getComputedStyle(one).fontFamily;
        found[family] ??= one.outerHTML.slice(0, 80);
      }
      if (one.shadowRoot) walk(one.shadowRoot);
    }
  };
  walk(document.body);
  return found;
}"""
SECTIONS = ("Site Monitor", "Communication Overview", "Visitors List", "Reports")


def fonts(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate(FONTS)
    return found


def place(page: Page) -> list[float]:
    """Where the sections stand."""
    links = page.get_by_role("navigation", name="Sections").get_by_role("link")
    expect(links).to_have_count(4)
    return [float(at) for at in links.evaluate_all("links => links.map(link => link.getBoundingClientRect().x)")]


def test_one_font_in_the_whole_window(running: Running, page: Page) -> None:
    running.at(lambda house: house.leaves("Mona"))
    running.at(lambda house: house.comes("Nora"))
    (vera,) = serving(running, "Vera")
    running.at(lambda _house: vera.writes("hello"))
    for key, section in enumerate(SECTIONS, 1):
        page.keyboard.press(f"Alt+{key}")
        heading = page.get_by_role("heading", level=1, name=section)
        expect(heading).to_be_visible()
        page.wait_for_load_state("networkidle")
        found = fonts(page)
        assert len(found) == 1, (section, found)
        assert heading.evaluate("h1 => getComputedStyle(h1).fontWeight") == "600"
    tab_of(page, "Vera").click()
    page.get_by_role("button", name="Main menu").click()
    expect(page.get_by_role("menuitem", name="Keyboard")).to_be_visible()
    assert len(fonts(page)) == 1, fonts(page)
    page.keyboard.press("Escape")


@pytest.mark.parametrize("width", [920, 1280, 1920])
def test_the_sections_stay_where_they_are_whatever_the_switch_says(running: Running, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 720})
    page.evaluate(NOTED)
    before = place(page)
    word = page.locator("#live-help-state")
    page.get_by_role("switch", name="Live Help").click()
    expect(word).to_have_text("Available")
    assert place(page) == before
    page.get_by_role("button", name="Test my bell").click()
    expect(page.get_by_text("It rings, and notifications come.")).to_be_visible()
    assert place(page) == before
    running.at(lambda house: house.set("wrap_up", 600))
    (vera,) = serving(running, "Vera")
    running.at(lambda _house: vera.ends())
    expect(word).to_have_text("Wrap-up")
    expect(page.get_by_role("banner").get_by_role("button", name="Ready")).to_be_in_viewport(ratio=0.99)
    assert place(page) == before
    links = page.get_by_role("navigation", name="Sections").get_by_role("link")
    for link in links.all():
        expect(link).to_be_in_viewport(ratio=0.99)
    menu = page.get_by_role("button", name="Main menu").bounding_box()
    last = links.last.bounding_box()
    assert menu
    assert last
    assert last["x"] + last["width"] <= menu["x"]
    page.get_by_role("banner").get_by_role("button", name="Ready").click()
    expect(word).to_have_text("Available")


def test_the_bells_answer_is_told_for_a_while_and_covers_nothing_for_ever(page: Page) -> None:
    page.evaluate(NOTED)
    page.get_by_role("switch", name="Live Help").click()
    page.get_by_role("button", name="Test my bell").click()
    answer = page.get_by_role("status").filter(has_text="It rings, and notifications come.")
    expect(answer).to_be_visible()
    expect(answer).to_have_count(0, timeout=7_000)


def test_on_a_phone_few_bars_stand_before_the_first_message(running: Running, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("switch", name="Live Help").click()
    bell = page.get_by_role("button", name="Test my bell")
    expect(bell).to_be_visible()
    rows = [page.get_by_role(role, name=name) for role, name in (("switch", "Live Help"), ("button", "Main menu"))]  # type: ignore[arg-type]
    tops = [one.bounding_box() for one in (bell, *rows)]
    assert all(box and box["y"] + box["height"] <= 60 for box in tops), tops
    serving(running, "Vera", "Tom")
    tab_of(page, "Vera").click()
    log = page.get_by_role("log", name="Conversation")
    expect(log).to_be_visible()
    box = log.bounding_box()
    assert box
    assert box["y"] <= 180
    back = page.get_by_role("link", name=re.compile("^Back to"))
    expect(back).to_be_in_viewport(ratio=0.99)
    for name in ("General", "Live Communication", "Messages"):
        expect(page.get_by_role("tab", name=name)).to_be_in_viewport(ratio=0.99)
    expect(page.get_by_role("button", name="Why?", exact=True)).to_be_in_viewport(ratio=0.99)
    back.click()
    expect(page.get_by_role("navigation", name="Sections").get_by_role("link", name="Reports")).to_be_visible()
