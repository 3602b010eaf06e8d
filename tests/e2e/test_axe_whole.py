"""axe over what only the whole house shows: the chat window on the demo's shop, and the dashboard beside it."""

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.axe import at_rest, findings
from tests.e2e.demo import Demo
from tests.e2e.people import SECTIONS, Operator, Visitor

pytestmark = pytest.mark.e2e


@pytest.mark.long  # each by itself is in test_widget_axe.py and tests/dashboard/test_axe.py
def test_axe_finds_nothing_on_the_shop_with_the_window_open_nor_on_the_dashboard_that_serves_it(
    demo: Demo, chromium: Browser
) -> None:
    ann = Operator(chromium, demo)
    ann.page.goto(demo.dashboard)
    assert findings(ann.page) == []
    ann.signs_in().switches(on=True)
    vera = Visitor(chromium, demo).opens("product/tent")
    vera.asks("Vera")
    expect(vera.dialog("Routing your call…")).to_be_visible()
    expect(ann.request).to_be_visible()
    found = findings(vera.page) + findings(ann.page)
    ann.presses("Accept", of="Vera")
    expect(vera.dialog("Chat with operator")).to_be_visible()
    vera.writes("Hello, see https://tea.example and vera@example.org")
    expect(ann.log.get_by_text("vera@example.org")).to_be_visible()
    ann.writes("Hello Vera")
    vera.sees("Hello Vera")
    found += findings(vera.page) + findings(ann.page)
    for section in SECTIONS:
        ann.goes_to(section)
        at_rest(ann.page)
        found += findings(ann.page)
    assert found == []
    vera.leaves()
    ann.switches(on=False)
    ann.leaves()
