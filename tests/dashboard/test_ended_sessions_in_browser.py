"""A session that ends anywhere leads its open pages to the sign-in, in a real Chromium."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import STILL
from tests.dashboard.house import PASSWORD
from tests.dashboard.running import Running
from tests.dashboard.test_ended_sessions import WITHIN, ida_comes, sessions_ended

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("section", ["monitor", "reports"])
def test_the_page_shows_the_sign_in_within_five_seconds(chromium: Browser, section: str) -> None:
    with Running() as running:
        running.at(ida_comes)
        context = chromium.new_context(**STILL)
        page = context.new_page()
        page.goto(f"{running.base}/app/login")
        page.get_by_label("Login").fill("ida")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.goto(f"{running.base}/app/#{section}")
        expect(page.locator("body[data-connection=live]")).to_have_count(1, timeout=20_000)
        running.at(lambda house: sessions_ended(house, ""))
        expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=WITHIN * 1_000)
        assert page.url.partition("#")[0] == f"{running.base}/app/login"
        context.close()
