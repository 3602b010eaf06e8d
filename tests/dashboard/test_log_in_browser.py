"""The log of a conversation in a real Chromium: what belongs together, the day, where one left off, its end."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import STILL
from tests.dashboard.conftest import SIZE
from tests.dashboard.running import Running, open_signed_in
from tests.dashboard.test_day_in_browser import part, serving, tab_of
from tests.dashboard.test_focus_in_browser import answer

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]


def log_of(page: Page) -> Locator:
    return page.get_by_role("log", name="Conversation")


def written(running: Running, page: Page, *texts: str) -> Locator:
    """Vera's chat with what she wrote, opened."""
    (vera,) = serving(running, "Vera")
    tab_of(page, "Vera").click()
    for text in texts:
        running.at(lambda _house, text=text: vera.writes(text))  # type: ignore[misc]
        expect(log_of(page).locator(".bubble", has_text=text)).to_be_visible()
    return log_of(page)


def heights(bubbles: Locator) -> list[float]:
    return [(one.bounding_box() or {"height": 0})["height"] for one in bubbles.all()]


def seen(head: Locator) -> bool:
    """Whether something is drawn large enough to be read."""
    box = head.bounding_box()
    return box is not None and box["height"] > 5


def test_who_goes_on_is_named_once(running: Running, page: Page) -> None:
    log = written(running, page, "one", "two", "three")
    names = log.locator(".bubble .author span:first-child")
    assert [seen(one) for one in names.all()] == [True, False, False]
    assert [seen(one) for one in log.locator(".bubble time").all()] == [True, False, False]
    first, *rest = heights(log.locator(".bubble"))
    assert all(height < 36 < first for height in rest), (first, rest)
    box = page.get_by_role("textbox", name="Message", exact=True)
    for text in ("four", "five"):
        box.fill(text)
        box.press("Enter")
        expect(log.locator(".bubble", has_text=text).locator(".sign")).to_contain_text("Sent")
    assert [seen(one) for one in names.all()] == [True, False, False, True, False]
    for sign in log.locator(".bubble .sign").all():
        assert seen(sign)


@pytest.mark.own_tab
def test_texts_on_their_way_stand_together_too(running: Running, page: Page) -> None:
    log = written(running, page, "hello")
    running.do(lambda house: setattr(house.door, "late", asyncio.Event()))
    box = page.get_by_role("textbox", name="Message", exact=True)
    for text in ("one", "two"):
        box.fill(text)
        box.press("Enter")
    expect(log.locator(".bubble")).to_have_count(3)
    names = log.locator(".bubble .author span:first-child")
    assert [seen(one) for one in names.all()] == [True, True, False]
    last = log.locator(".bubble").last
    expect(last).to_contain_text("Not sent yet")
    assert seen(last.get_by_text("Not sent yet"))
    running.do(answer)
    expect(last.locator(".sign")).to_contain_text("Sent")
    assert [seen(one) for one in names.all()] == [True, True, False]


@pytest.mark.own_tab
def test_what_is_still_on_its_way_stands_with_the_line_that_has_come_before_it(running: Running, page: Page) -> None:
    """Both are written before the first has come; then something of the visitor's comes between."""
    (vera,) = serving(running, "Vera")
    tab_of(page, "Vera").click()
    log = log_of(page)
    running.at(lambda _house: vera.writes("hello"))
    expect(log.locator(".bubble", has_text="hello")).to_be_visible()
    running.do(lambda house: setattr(house.door, "late", asyncio.Event()))
    page.get_by_role("textbox", name="Message", exact=True).evaluate(
        """box => { for (const text of ["one", "two"]) {
          box.value = text;
          box.dispatchEvent(new Event("input", { bubbles: true }));
          box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
        } }"""
    )
    expect(log.locator(".lines .bubble", has_text="one")).to_be_visible()
    names = log.locator(".bubble .author span:first-child")
    expect(names).to_have_count(3)
    assert [seen(one) for one in names.all()] == [True, True, False]
    running.at(lambda _house: vera.writes("wait"))
    expect(log.locator(".bubble", has_text="wait")).to_be_visible()
    assert [seen(one) for one in names.all()] == [True, True, True, True]


def test_the_log_grows_from_below(running: Running, page: Page) -> None:
    log = written(running, page, "hello")
    last, whole = log.locator(".bubble").last.bounding_box(), log.bounding_box()
    assert last
    assert whole
    assert whole["y"] + whole["height"] - last["y"] - last["height"] < 40


def test_what_came_meanwhile_is_new_from_its_first_line_on(running: Running, page: Page) -> None:
    vera, _tom = serving(running, "Vera", "Tom")
    tab_of(page, "Vera").click()
    running.at(lambda _house: vera.writes("before"))
    expect(log_of(page).get_by_text("before")).to_be_visible()
    expect(log_of(page).get_by_text("New", exact=True)).to_have_count(0)  # looked at as it came
    tab_of(page, "Tom").click()
    for number in range(30):
        running.at(lambda _house, number=number: vera.writes(f"meanwhile {number}"))  # type: ignore[misc]
    expect(tab_of(page, "Vera").get_by_label("30 unread messages")).to_be_visible()
    tab_of(page, "Vera").click()
    new = log_of(page).get_by_text("New", exact=True)
    expect(new).to_be_in_viewport(ratio=0.99)
    after = new.locator("xpath=following::p[contains(@class, 'text')]").first
    expect(after).to_have_text("meanwhile 0")
    running.at(lambda _house: vera.writes("now"))
    expect(log_of(page).get_by_text("now", exact=True)).to_be_attached()
    expect(new).to_have_count(1)
    tab_of(page, "Tom").click()
    tab_of(page, "Vera").click()
    expect(new).to_have_count(0)
    expect(log_of(page).get_by_text("now", exact=True)).to_be_in_viewport(ratio=0.99)


def test_the_end_stays_in_sight_when_a_banner_takes_room(running: Running, page: Page) -> None:
    log = written(running, page, *(f"message {number}" for number in range(20)))
    last = log.get_by_text("message 19")
    expect(last).to_be_in_viewport(ratio=0.99)
    page.evaluate("document.querySelector('.at-trouble').style.height = '60px'")
    expect(last).to_be_in_viewport(ratio=0.99)
    page.set_viewport_size({"width": 1280, "height": 480})
    expect(last).to_be_in_viewport(ratio=0.99)
    log.evaluate("log => { log.scrollTop = 0; }")
    expect(log.get_by_text("message 0", exact=True)).to_be_in_viewport(ratio=0.99)
    page.set_viewport_size({"width": 1280, "height": 460})
    expect(log.get_by_text("message 0", exact=True)).to_be_in_viewport(ratio=0.99)  # who reads above is left there
    page.evaluate("document.querySelector('.at-trouble').style.height = ''")


def till_tomorrow() -> float:
    """Seconds until a minute after midnight, where the browser is."""
    now = datetime.now(UTC)
    return (now.replace(hour=0, minute=1, second=0) + timedelta(days=1) - now).total_seconds()


@pytest.mark.own_tab
@pytest.mark.parametrize(
    ("locale", "day"), [("en-US", r"^\w+day, \w+ \d+, 20\d\d$"), ("de-DE", r"^\w+(tag|och), \d+\. \w+ 20\d\d$")]
)
def test_another_day_has_a_line_and_a_message_of_another_its_date(chromium: Browser, locale: str, day: str) -> None:
    with Running() as running:
        running.at(lambda house: house.ann.arrives())
        (vera,) = serving(running, "Vera")
        running.at(lambda _house: vera.writes("good evening"))
        running.at(lambda house: house.passes(till_tomorrow()))
        running.at(lambda house: house.leaves("Mona"))
        running.at(lambda _house: vera.writes("good morning"))
        context = chromium.new_context(viewport=SIZE, locale=locale, timezone_id="UTC", **STILL)
        page = context.new_page()
        open_signed_in(page, running)
        tab_of(page, "Vera").click()
        log = log_of(page)
        expect(log.get_by_text("good morning")).to_be_visible()
        lines = log.locator(".lines > *").evaluate_all("all => all.map(one => one.textContent)")
        days = [n for n, line in enumerate(lines) if re.search(day, line)]
        assert len(days) == 1, lines
        assert "good evening" in lines[days[0] - 1]
        assert "good morning" in lines[days[0] + 1]
        part(page, "Messages").get_by_role("button", name="Next", exact=True).click()
        letter = page.get_by_role("tabpanel", name="Messages").get_by_role("listitem")
        expect(letter.locator(".author time")).to_have_text(re.compile(r"\d.*20\d\d.*\b\d\d?:\d\d"))
        context.close()
