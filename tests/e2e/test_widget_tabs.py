"""Several tabs of one visitor, and how a tab that is not looked at calls: in real Chromium."""

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.e2e.inside import AtTheDoor, Guest, Inside
from tests.parlour.whole import until

pytestmark = pytest.mark.e2e
# Every note that is played, counted where a test can see it.
COUNT_NOTES = """() => {
    const make = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function () {
        globalThis.notes = (globalThis.notes ?? 0) + 1;
        return make.call(this);
    };
}"""
HIDE = """hidden => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event('visibilitychange'));
}"""


@pytest.fixture
def vera(vera: Guest, ann: AtTheDoor) -> Guest:
    vera.page.add_init_script(f"({COUNT_NOTES})()")
    return vera.comes().in_chat(ann)


def hide(page: Page, *, hidden: bool) -> None:
    """As if another tab were in front: Chromium without a window never hides one."""
    for frame in page.frames:
        frame.evaluate(HIDE, hidden)


def notes(page: Page) -> int:
    return sum(int(frame.evaluate("() => globalThis.notes ?? 0")) for frame in page.frames)


def second_tab(vera: Guest, house: Inside) -> tuple[Page, FrameLocator]:
    page = vera.context.new_page()
    page.goto(house.site)
    return page, page.frame_locator("iframe")


def test_a_second_tab_shows_the_same_chat_sent_seen_and_ended(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    vera.writes("from the first")
    page, chat = second_tab(vera, house)
    log = chat.get_by_role("log", name="Conversation", exact=True)
    expect(log.get_by_text("from the first", exact=True)).to_be_visible()
    chat.get_by_role("textbox", name="Message", exact=True).fill("from the second")
    chat.get_by_role("button", name="Send", exact=True).click()
    vera.sees("from the second")
    ann.says("to both")
    vera.sees("to both")
    expect(log.get_by_text("to both", exact=True)).to_be_visible()
    ann.reads(99)
    for one in (vera.log, log):
        expect(one.get_by_text("Seen", exact=True)).to_have_count(2)
        expect(one.locator(".bubble")).to_have_count(3)
    chat.get_by_role("button", name="End chat", exact=True).click()
    expect(vera.chat.get_by_text("Chat ended", exact=True)).to_be_visible()
    expect(chat.get_by_text("Chat ended", exact=True)).to_be_visible()
    page.close()


def test_what_is_read_in_one_tab_is_not_unread_in_the_other(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    page, chat = second_tab(vera, house)
    expect(chat.get_by_role("dialog", name="Chat with operator")).to_be_visible()
    for one in (page, vera.page):
        hide(one, hidden=True)
    ann.says("one")
    ann.says("two")
    unread = "New: 2"
    for one in (page, vera.page):
        expect(one.get_by_role("button", name="Click for Live Help")).to_have_attribute("aria-description", unread)
    hide(page, hidden=False)
    for one in (page, vera.page):
        expect(one.get_by_role("button", name="Click for Live Help")).to_have_attribute("aria-description", "")
    page.close()


def test_what_is_not_seen_is_counted_on_the_button_and_seen_is_told_only_of_a_window_open_and_in_front(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    def seen() -> int:
        events = house.running.house.core._journal.of_conversation(house.conversation())
        return sum(type(getattr(one, "event", one)).__name__ == "MessagesSeen" for one in events)

    hide(vera.page, hidden=True)
    ann.says("to a tab behind")
    vera.sees("to a tab behind")
    vera.writes("a round trip")
    vera.sees("a round trip")
    assert seen() == 0
    hide(vera.page, hidden=False)
    until(lambda: seen() == 1, what="seen")
    vera.chat.get_by_role("button", name="Close", exact=True).click()
    button = vera.button("Click for Live Help")
    for count in (1, 2):
        ann.says(f"to a closed window, {count}")
        expect(button).to_have_attribute("aria-description", f"New: {count}")
        expect(button.locator("b")).to_have_text(str(count))
    assert seen() == 1
    button.click()
    expect(button).to_have_attribute("aria-description", "")
    until(lambda: seen() == 2, what="seen again")


def test_an_answer_to_a_tab_behind_sounds_and_blinks_in_the_title_that_stays_the_pages_until_it_is_in_front(
    ann: AtTheDoor, vera: Guest
) -> None:
    vera.page.emulate_media(reduced_motion="no-preference")  # a title that blinks is motion
    ann.says("to a tab in front")
    vera.sees("to a tab in front")
    assert notes(vera.page) == 0
    hide(vera.page, hidden=True)
    ann.says("to a tab behind")
    until(lambda: vera.page.title() == "(1) New message", what="the title")
    assert notes(vera.page) == 2
    until(lambda: vera.page.title() == "Tea", what="the page's own title")
    until(lambda: vera.page.title() == "(1) New message", what="the title again")
    vera.page.evaluate("document.title = 'Tea, new'")
    until(lambda: vera.page.title() == "(1) New message", what="the title once more")
    hide(vera.page, hidden=False)
    until(lambda: vera.page.title() == "Tea, new", what="the page's new title")
    vera.page.wait_for_timeout(1_500)
    assert vera.page.title() == "Tea, new"


def test_before_anybody_touched_the_window_there_is_no_sound(ann: AtTheDoor, vera: Guest) -> None:
    vera.page.reload()
    vera.sees("You are talking with Ann.")
    hide(vera.page, hidden=True)
    ann.says("quiet")
    until(lambda: vera.page.title() == "(1) New message", what="the title")
    assert notes(vera.page) == 0
