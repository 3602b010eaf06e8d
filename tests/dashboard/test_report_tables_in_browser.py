"""The tables of a report are sorted by any column, with the mouse and with the keyboard."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard.invented import furnish
from tests.dashboard.running import Running

pytestmark = [
    pytest.mark.e2e,
    # A browser sends a model whole with its first message after the server made it (see dashboard/panel/libraries.py).
    pytest.mark.filterwarnings("ignore:reference already known"),
]
VIEWS = {"/a": (3, "Page 10"), "/b": (12, None), "/c": (7, "Page 9")}


@pytest.fixture(autouse=True)
def _filled(running: Running, page: Page) -> None:
    at = datetime.now(UTC) - timedelta(minutes=1)

    def fill() -> None:
        furnish(running.analytics)
        for address, (count, title) in VIEWS.items():
            for number in range(count):
                visitor = f"00000000-0000-0000-0000-{number:012}"
                running.analytics.put("page_views", address=address, title=title, ts=at, visitor=visitor)

    running.do(lambda _house: fill())
    page.get_by_role("link", name="Reports", exact=True).click()
    page.get_by_role("link", name="Visits", exact=True).click()


def test_a_table_is_sorted_by_a_column_and_stays_so(page: Page) -> None:
    table = page.get_by_role("region", name="Top pages").get_by_role("table")
    first = table.locator("tbody th")
    views = table.get_by_role("columnheader", name="Views")
    title = table.get_by_role("columnheader", name="Title")
    expect(first).to_have_text(["/b", "/c", "/a"])
    expect(views).to_have_attribute("aria-sort", "none")
    views.get_by_role("button").click()
    expect(views).to_have_attribute("aria-sort", "descending")
    expect(first).to_have_text(["/b", "/c", "/a"])
    views.get_by_role("button").press("Enter")
    expect(views).to_have_attribute("aria-sort", "ascending")
    expect(views.get_by_role("button")).to_be_focused()
    expect(first).to_have_text(["/a", "/c", "/b"])  # 3, 7, 12: as numbers
    title.get_by_role("button").click()
    expect(views).to_have_attribute("aria-sort", "none")
    expect(first).to_have_text(["/c", "/a", "/b"])  # 9, 10, and who has none last
    title.get_by_role("button").click()
    expect(first).to_have_text(["/a", "/c", "/b"])
    page.get_by_label("Period").select_option("Last hour")
    expect(page.get_by_role("columnheader", name="From", exact=True)).to_be_visible()
    expect(title).to_have_attribute("aria-sort", "descending")
    expect(first).to_have_text(["/a", "/c", "/b"])
