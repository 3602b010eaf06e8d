"""A left message is answered by one's own mail program, in a real Chromium: to whom, what about, what they wrote."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.dashboard.house import House
from tests.dashboard.running import Running
from tests.dashboard.test_day_in_browser import part

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]

ODD = "Where is it?\nTo: & = ? #1 <b>50%</b> ünï"


def letters(running: Running, page: Page, subject: str | None = "Parcel & more") -> Locator:
    """Mona's message, opened."""

    async def leave(house: House) -> None:
        mona = await house.comes("Mona")
        await mona.leaves(ODD, subject)

    running.at(leave)
    part(page, "Messages").get_by_role("button", name="Next", exact=True).click()
    return page.get_by_role("tabpanel", name="Messages").get_by_role("listitem")


@pytest.mark.parametrize(("subject", "re"), [("Parcel & more", "Re: Parcel & more"), (None, "Re: your message")])
def test_the_address_begins_an_answer(running: Running, page: Page, subject: str | None, re: str) -> None:
    link = letters(running, page, subject).get_by_role("link", name="mona@example.org")
    expect(link).to_be_visible()
    href = link.get_attribute("href") or ""
    address = urlsplit(href)
    assert (address.scheme, address.path) == ("mailto", "mona@example.org")
    fields = parse_qs(address.query, strict_parsing=True)
    assert sorted(fields) == ["body", "subject"]
    assert fields["subject"] == [re]
    assert fields["body"][0].endswith("> Where is it?\r\n> To: & = ? #1 <b>50%</b> ünï")
    assert "Mona wrote:" in fields["body"][0]


def test_the_address_can_be_copied(running: Running, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    letter = letters(running, page)
    letter.get_by_role("button", name="Copy the address").click()
    expect(letter.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "mona@example.org"


def test_who_had_no_name_then_has_none_here_and_the_buttons_differ(running: Running, page: Page) -> None:
    async def leave(house: House) -> str:
        mona = await house.comes()
        await mona.leaves(ODD)
        await mona.is_known("Mona Berger")
        return f"Site visitor {mona.id[-4:].upper()}"

    called = running.at(leave)
    part(page, "Messages").get_by_role("button", name="Next", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Mona Berger")).to_be_attached()
    letter = page.get_by_role("tabpanel", name="Messages").get_by_role("listitem")
    expect(letter.locator(".author")).to_contain_text(called)
    expect(letter).to_have_accessible_name(called)
    buttons = [letter.get_by_role("button", name=name) for name in ("Mark as answered", "Close the message")]
    signs = [button.locator("svg path").get_attribute("d") for button in buttons]
    assert len(set(signs)) == 2
