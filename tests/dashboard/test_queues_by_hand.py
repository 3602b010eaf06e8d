"""Queues, boards and lists by hand: what is mostly done stands on the row, and one click or tap opens it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from engine.commands import AcceptRequest, MarkLeftMessage
from tests.browser import STILL
from tests.dashboard.house import House
from tests.dashboard.people import SALES, Guest
from tests.dashboard.running import Running, open_signed_in
from tests.dashboard.test_day_in_browser import asked

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]


# The two presses of a double click: the first on a row, the second on a button that stands there by then.
DOUBLE = """(row, button) => [row, button].forEach((one, before) => {
  one.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, composed: true }));
  one.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true, detail: before + 1 }));
})"""


def rows(page: Page, name: str) -> Locator:
    """The rows of a list of the Communication Overview."""
    return page.get_by_role("region", name=name).get_by_role("listitem")


def profile(page: Page) -> Locator:
    return page.get_by_role("region", name="Visitor's profile")


async def from_a_search(house: House) -> Guest:
    """Vera came from a search and waits."""
    vera = Guest(house, "Vera")
    await vera.views(address="http://localhost/help?topic=2", title="Returns", referrer="https://www.google.com/")
    await vera.asks()
    return vera


def test_a_queue_row_says_where_they_are_and_whence_and_accepts_at_a_press(running: Running, page: Page) -> None:
    vera = running.at(from_a_search)
    page.keyboard.press("Alt+2")
    row = rows(page, "Communication Queue")
    for said in ("Vera", "No. 1 in Support", "Returns", "From google.com", "1st visit"):
        expect(row).to_contain_text(said)
    row.get_by_role("button", name="Accept", exact=True).click()
    asked(running, AcceptRequest(conversation=vera.talk))
    expect(profile(page).get_by_role("tab", name="Live Communication")).to_have_attribute("aria-selected", "true")


def test_the_first_of_each_department_says_of_which(running: Running, page: Page) -> None:
    running.at(House.adds_sales)
    running.at(lambda house: house.asks("Vera"))
    olga = running.at(lambda house: house.comes("Olga"))
    page.keyboard.press("Alt+2")
    expect(rows(page, "Communication Queue")).to_contain_text("No. 1 in Support")
    running.at(lambda _house: olga.asks(SALES))  # whom Ann does not serve
    expect(rows(page, "Communication Queue")).to_have_count(1)


def test_a_message_row_is_answered_at_a_press(running: Running, page: Page) -> None:
    vera = running.at(lambda house: house.leaves("Vera"))
    page.keyboard.press("Alt+2")
    rows(page, "Message Queue").get_by_role("button", name="Mark as answered", exact=True).click()
    asked(running, MarkLeftMessage(conversation=vera.talk, state="answered"))
    expect(rows(page, "Message Queue")).to_contain_text("Answered")


def test_one_click_opens_in_the_queue_the_messages_and_on_the_board(running: Running, page: Page) -> None:
    running.at(lambda house: house.asks("Vera"))
    running.at(lambda house: house.leaves("Olga"))
    page.get_by_role("group", name="Vera, Cart, Waiting").click()
    expect(profile(page).get_by_role("heading", name="Vera")).to_be_visible()
    expect(profile(page).get_by_role("tab", name="General")).to_have_attribute("aria-selected", "true")
    for where, name, tab in (
        ("Communication Queue", "Vera", "Live Communication"), ("Message Queue", "Olga", "Messages"),
    ):  # fmt: skip
        page.keyboard.press("Alt+2")
        rows(page, where).get_by_text(name, exact=True).click()
        expect(profile(page).get_by_role("heading", name=name)).to_be_visible()
        expect(profile(page).get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")


def test_the_second_press_of_a_double_click_does_nothing_of_its_own(running: Running, page: Page) -> None:
    vera = running.at(lambda house: house.leaves("Vera"))
    page.keyboard.press("Alt+2")
    row = rows(page, "Message Queue").get_by_role("group")
    row.click()
    answer = profile(page).get_by_role("button", name="Mark as answered")
    there = answer.element_handle()
    page.keyboard.press("Alt+2")
    row.evaluate(DOUBLE, there)
    expect(answer).to_be_visible()
    running.at(lambda house: house.ann.works())  # another command, after which one of the press would be here
    sent = running.do(lambda house: [command for _, command, _ in house.door.sent])
    assert [one for one in sent if isinstance(one, MarkLeftMessage)] == []
    assert vera.talk
    answer.click()
    asked(running, MarkLeftMessage(conversation=vera.talk, state="answered"))


def test_text_can_be_marked_on_a_row_without_opening_it(running: Running, page: Page) -> None:
    running.at(lambda house: house.asks("Vera"))
    page.keyboard.press("Alt+2")
    box = rows(page, "Communication Queue").get_by_text("Vera", exact=True).bounding_box()
    assert box
    page.mouse.move(box["x"] + 1, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + 8, steps=4)
    page.mouse.up()
    page.keyboard.press("Alt+1")
    expect(page.get_by_role("heading", level=1, name="Site Monitor")).to_be_visible()
    expect(profile(page)).to_have_count(0)


def test_each_button_says_of_whom_it_is(running: Running, page: Page) -> None:
    running.at(lambda house: house.asks("Vera"))
    running.at(lambda house: house.comes())
    board = page.get_by_role("list", name="Visitors now")
    for name in (re.compile("^Actions for Vera$"), re.compile("^Actions for Site visitor [0-9A-F]{4}$")):
        expect(board.get_by_role("button", name=name)).to_be_visible()
    page.keyboard.press("Alt+2")
    row = rows(page, "Communication Queue")
    expect(row.get_by_role("button", name="Actions for Vera", exact=True)).to_be_visible()
    expect(row.get_by_role("button", name="Accept", exact=True)).to_have_accessible_description("Vera")


@pytest.fixture
def phone(running: Running, chromium: Browser) -> Iterator[Page]:
    """Ann's tab on a phone."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, **STILL)
    page = context.new_page()
    open_signed_in(page, running)
    yield page
    context.close()


@pytest.mark.own_tab
def test_on_a_phone_a_tap_opens(running: Running, phone: Page) -> None:
    running.at(lambda house: house.asks("Vera"))
    phone.get_by_role("group", name="Vera, Cart, Waiting").tap()
    expect(profile(phone).get_by_role("heading", name="Vera")).to_be_visible()
    phone.keyboard.press("Alt+2")
    rows(phone, "Communication Queue").get_by_text("No. 1 in Support").tap()
    expect(profile(phone).get_by_role("tab", name="Live Communication")).to_have_attribute("aria-selected", "true")
