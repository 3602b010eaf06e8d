"""axe over every screen and dialog of the dashboard, with all its rules on, in light and dark, large and small."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from docs.dashboard_states import show_states
from tests.e2e.axe import findings

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


@pytest.mark.parametrize("kind", SCREENS)
def test_axe_finds_nothing_on_any_screen_and_nothing_is_wider_than_the_window(chromium: Browser, kind: str) -> None:
    found: list[str] = []
    seen: list[str] = []

    def look(page: Page, name: str) -> None:
        seen.append(name)
        page.wait_for_timeout(600)  # what fades in has begun and ended
        found.extend(f"{name}: {line}" for line in findings(page))
        if page.evaluate(WIDER):
            found.append(f"{name}: wider than the window")

    show_states(chromium, SCREENS[kind], look)
    assert found == []
    assert len(seen) == len(set(seen)) > 20
