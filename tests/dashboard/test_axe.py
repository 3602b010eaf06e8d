"""axe over every screen and dialog of the dashboard, with all its rules on, in light and dark, large and small."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from docs.dashboard_states import show_states
from tests.e2e.axe import at_rest, findings

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.filterwarnings("ignore:reference already known"),
]
SCREENS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 720}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 720}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light", "has_touch": True},
}
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


@pytest.mark.parametrize("kind", SCREENS)
def test_axe_finds_nothing_on_any_screen_and_nothing_is_wider_than_the_window(chromium: Browser, kind: str) -> None:
    found: list[str] = []
    seen: list[str] = []

    def look(page: Page, name: str) -> None:
        seen.append(name)
        at_rest(page)
        found.extend(f"{name}: {line}" for line in findings(page))
        if page.evaluate(WIDER):
            found.append(f"{name}: wider than the window")

    show_states(chromium, SCREENS[kind], look)
    assert found == []
    assert len(seen) == len(set(seen)) > 20
