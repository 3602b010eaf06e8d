"""The browser's console, over all sections: nothing there is to be warned of."""

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from dashboard.pages import PAGES
from engine.look.catalogue import catalogue
from tests.dashboard.running import Running
from tests.dashboard.test_reports_in_browser import fill

pytestmark = [
    pytest.mark.e2e,
    # A browser sends a model whole with its first message after the server made it (see dashboard/panel/libraries.py).
    pytest.mark.filterwarnings("ignore:reference already known"),
]


def test_no_section_makes_the_browser_warn(running: Running, page: Page) -> None:
    said = list[str]()

    def keep(message: ConsoleMessage) -> None:
        if message.type in {"warning", "error"}:
            said.append(message.text)

    page.on("console", keep)
    running.at(lambda house: fill(house, running))
    page.reload()
    for section in PAGES:
        link = page.get_by_role("link", name=catalogue()[section.title], exact=True)
        link.click()
        expect(link).to_have_attribute("aria-current", "page")
        expect(page.get_by_role("heading", level=1)).to_have_text(catalogue()[section.title])
        expect(page.locator(".at-section").locator(":scope *").first).to_be_attached()
    expect(page.locator(".plot canvas").first).to_be_visible()  # the last section has a plot
    assert said == []
