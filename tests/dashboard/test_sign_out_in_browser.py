"""Who signs out leaves nothing of what they wrote in the browser's tab."""

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard.running import Running
from tests.dashboard.test_day_in_browser import serving, tab_of

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.own_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]


def test_a_draft_goes_with_the_sign_out(running: Running, page: Page) -> None:
    serving(running, "Vera")
    tab_of(page, "Vera").click()
    page.get_by_role("textbox", name="Message", exact=True).fill("the customer's card number is")
    kept = "JSON.stringify(sessionStorage)"
    assert "card number" in page.evaluate(kept)
    page.get_by_role("button", name="Main menu").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("textbox", name="Login")).to_be_visible()
    assert page.evaluate(kept) == "{}"
