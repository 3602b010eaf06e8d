"""By whom something was written, at the dashboard in a real Chromium: as the visitor was called then."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.dashboard.running import Running

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]


def lines(page: Page) -> list[tuple[str, str]]:
    """Who wrote what, from the first line to the last."""
    bubbles = page.get_by_role("log").locator(".bubble")
    return [
        (one.locator(".author span").first.inner_text(), one.locator(".text").inner_text()) for one in bubbles.all()
    ]


def test_each_line_keeps_the_name_of_its_time_and_says_which_operator_wrote(running: Running, page: Page) -> None:
    vera = running.at(lambda house: house.serves(None))
    page.get_by_role("list", name="Open profiles").get_by_role("link", name=re.compile("^Site visitor")).click()
    box = page.get_by_role("textbox", name="Message", exact=True)
    running.at(lambda _house: vera.writes("who am I?"))
    box.fill("That I do not know")
    box.press("Enter")
    log = page.get_by_role("log")
    expect(log.locator(".bubble", has_text="I do not know")).to_contain_text("Sent")
    for name, text in (("Vera", "now you know"), ("Vera Berger", "and now I am married")):
        running.at(lambda _house, name=name: vera.is_known(name))  # type: ignore[misc]
        expect(page.get_by_role("heading", level=1, name=name, exact=True)).to_be_visible()
        running.at(lambda _house, text=text: vera.writes(text))  # type: ignore[misc]
        expect(log.locator(".bubble", has_text=text)).to_be_visible()
    wanted = [
        (f"Site visitor {vera.id[-4:].upper()}", "who am I?"),
        ("Ann", "That I do not know"),
        ("Vera", "now you know"),
        ("Vera Berger", "and now I am married"),
    ]
    assert lines(page) == wanted
    page.reload()
    expect(log.locator(".bubble")).to_have_count(len(wanted))
    assert lines(page) == wanted
