"""axe over every screen and dialog, with all its rules on (in the dark those of colours), large and small."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from docs.dashboard_states import show_states, tab
from tests.dashboard.running import Running
from tests.dashboard.test_reports_in_browser import fill
from tests.e2e.axe import at_rest, findings

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.filterwarnings("ignore:reference already known"),
]
SCREENS: dict[str, dict[str, Any]] = {
    "large": {"viewport": {"width": 1280, "height": 720}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
}
KINDS = ("large", pytest.param("phone", marks=pytest.mark.long))
WIDER = (
    "document.scrollingElement.scrollWidth > innerWidth || document.getElementById('work')?.scrollWidth > innerWidth"
)


FADING = """() => { document.documentElement.lang = 'en'; document.title = 'Fading';
const host = document.body.appendChild(document.createElement('main'));
const root = host.attachShadow({ mode: 'open' });
root.innerHTML = '<h1>Here</h1>';
root.firstChild.animate([{ opacity: 0.1 }, { opacity: 1 }], 1500); }"""
FAINT = "() => { document.querySelector('main').shadowRoot.firstChild.style.opacity = 0.1; }"


def test_axe_waits_for_what_fades_in_inside_a_component_and_finds_what_stays_faint(chromium: Browser) -> None:
    page = chromium.new_page()
    page.evaluate(FADING)
    assert findings(page) == []
    page.evaluate(FAINT)
    assert any("color-contrast" in line for line in findings(page))
    page.close()


class Looks:
    """Looks at screens, each by its name, and keeps what is wrong."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.seen: list[str] = []

    def __call__(self, page: Page, name: str) -> None:
        """Look at a screen once it is at rest."""
        self.seen.append(name)
        at_rest(page)
        self.found.extend(f"{name}: {line}" for line in findings(page))
        if page.evaluate(WIDER):
            self.found.append(f"{name}: wider than the window")


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on_any_screen_and_nothing_is_wider_than_the_window(chromium: Browser, kind: str) -> None:
    looks = Looks()
    show_states(chromium, SCREENS[kind], looks)
    assert looks.found == []
    assert len(looks.seen) == len(set(looks.seen)) > 20


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_where_tables_reports_and_a_past_are_filled(chromium: Browser, kind: str) -> None:
    looks = Looks()
    with Running() as running:
        running.at(lambda house: fill(house, running))
        with tab(chromium, running, SCREENS[kind]) as page:
            reports(page, running, looks)
            visitors(page, looks)
    assert looks.found == []
    assert len(looks.seen) == len(set(looks.seen)) == 12


def reports(page: Page, running: Running, look: Looks) -> None:
    """Each report with rows, what is behind a figure, and the parameters of one's own days."""
    figures = page.get_by_role("list", name="Figures").get_by_role("listitem")
    for report in ("chats", "visits", "operators"):
        page.goto(f"{running.base}/app/#reports/{report}?period=7d")
        expect(figures.locator(".figure-value").first).to_be_visible()
        expect(page.get_by_role("row").nth(1)).to_be_visible()
        look(page, f"report-{report}")
    page.goto(f"{running.base}/app/#reports/chats?period=7d")
    for what in ("Definition", "SQL", "Open in notebook"):
        page.get_by_role("button", name="Behind Offered").click()
        if what == "Definition":
            look(page, "figure-menu")
        page.get_by_role("menuitem", name=what).click()
        look(page, f"behind-{what}")
        page.keyboard.press("Escape")
    page.get_by_label("Period").select_option("Custom")
    look(page, "report-custom")


def visitors(page: Page, look: Looks) -> None:
    """The list with rows, sorted and searched, a row's menu, and a past with a chat that is read."""
    page.get_by_role("link", name="Visitors List", exact=True).click()
    expect(page.get_by_role("row")).to_have_count(26)
    look(page, "visitors")
    page.get_by_role("searchbox", name="Search").fill("Vera")
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("button", name="Actions").click()
    look(page, "visitor-menu")
    page.get_by_role("menuitem", name="View profile").click()
    page.get_by_role("region", name="Chats").get_by_role("button").click()
    expect(page.get_by_role("log", name="Conversation of")).to_contain_text("said in chat 0")
    look(page, "past")
    page.get_by_role("region", name="Earlier visits").locator("summary").first.click()
    look(page, "past-visit")
