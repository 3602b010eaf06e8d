"""What an operator does all day, by hand and by key: a ring is answered, a chat ended, and all of it in low windows."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.dashboard.running import Running

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.own_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]
# A press soon after it has come into sight, as a second one of the same finger would be.
PRESS_AT_ONCE = """() => new Promise(done => {
  const look = () => {
    const buttons = [...document.querySelectorAll("*")].map(one => one.shadowRoot?.querySelector(".finish"));
    const button = buttons.find(one => one?.offsetParent);
    if (!button) return requestAnimationFrame(look);
    setTimeout(() => {
      button.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true, detail: 1 }));
      done(true);
    }, 100);
  };
  look();
})"""
ON_TOP = """one => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return one.getRootNode().elementFromPoint(x + width / 2, y + height / 2) === one;
}"""
LOW = ((640, 360), (640, 300), (844, 390))


def rings(running: Running, page: Page, name: str) -> Locator:
    """A request that rings at Ann, who is available."""
    running.at(lambda house: house.rings(name))
    ring = page.get_by_role("dialog", name="Incoming chat request").filter(has_text=name)
    expect(ring).to_be_visible()
    return ring


@pytest.fixture
def available(page: Page) -> Page:
    switch = page.get_by_role("switch", name="Live Help")
    switch.click()
    expect(switch).to_be_checked()
    return page


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message", exact=True)


def person(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name="Visitor's profile").get_by_role("heading", name=name)


@pytest.mark.parametrize("key", ["Alt+a", "Alt+n"])
def test_one_key_answers_the_request_that_rings_longest(running: Running, available: Page, key: str) -> None:
    running.at(lambda house: house.leaves("Olga"))
    first = rings(running, available, "Vera")
    running.at(lambda house: house.rings("Nora"))
    second = available.get_by_role("dialog", name="Incoming chat request").filter(has_text="Nora")
    expect(first.get_by_text("Alt A")).to_be_visible()
    available.get_by_role("button", name="and 1 more").click()
    expect(second).to_be_visible()
    expect(second.get_by_text("Alt A")).to_be_hidden()
    available.keyboard.press(key)
    expect(person(available, "Vera")).to_be_visible()
    expect(box(available)).to_be_focused()
    expect(first).to_have_count(0)
    expect(second.get_by_text("Alt A")).to_be_visible()


def test_a_ring_is_reached_by_tab_before_the_board(running: Running, available: Page) -> None:
    for number in range(12):
        running.at(lambda house, number=number: house.comes(f"Visitor {number}"))  # type: ignore[misc]
    ring = rings(running, available, "Vera")
    accept = ring.get_by_role("button", name="Accept")
    available.get_by_role("button", name="Main menu").focus()
    available.keyboard.press("Tab")
    expect(accept).to_be_focused()


def test_a_chat_is_ended_only_by_who_means_it(running: Running, available: Page) -> None:
    rings(running, available, "Vera").get_by_role("button", name="Accept").click()
    box(available).fill("A draft")
    buttons = available.get_by_role("region", name="Visitor's profile").locator(".composer button")
    expect(buttons).to_have_text(["Send", "Hold", "End communication"])
    end = buttons.last
    end.focus()
    end.press("Enter")
    question = available.get_by_role("dialog", name="End this chat?")
    expect(question.get_by_role("button", name="Go on", exact=True)).to_be_focused()
    available.keyboard.press("Enter")
    expect(question).to_have_count(0)
    expect(end).to_be_focused()
    end.press("Enter")
    available.keyboard.press("Escape")
    expect(question).to_have_count(0)
    expect(box(available)).to_have_value("A draft")
    expect(available.get_by_text("Chat ended", exact=True)).to_be_hidden()
    end.press("Enter")
    question.get_by_role("button", name="End", exact=True).click()
    expect(available.get_by_text("Chat ended", exact=True)).to_be_visible()
    expect(question).to_have_count(0)


def test_the_question_goes_with_the_chat(running: Running, available: Page) -> None:
    vera = running.at(lambda house: house.rings("Vera"))
    available.get_by_role("dialog", name="Incoming chat request").get_by_role("button", name="Accept").click()
    expect(box(available)).to_be_visible()
    available.get_by_role("button", name="End communication").press("Enter")
    question = available.get_by_role("dialog", name="End this chat?")
    expect(question).to_be_visible()
    running.at(lambda _: vera.ends())
    expect(available.get_by_text("Chat ended", exact=True)).to_be_visible()
    expect(question).to_have_count(0)


def test_a_finger_on_its_way_ends_nothing(running: Running, available: Page) -> None:
    ring = rings(running, available, "Vera")
    ring.get_by_role("button", name="Accept").click()
    end = available.get_by_role("button", name="End communication")
    assert available.evaluate(PRESS_AT_ONCE)
    expect(end).to_be_visible()
    expect(available.get_by_role("dialog", name="End this chat?")).to_have_count(0)
    available.wait_for_timeout(400)
    end.click()
    expect(available.get_by_role("dialog", name="End this chat?")).to_be_visible()


@pytest.mark.parametrize("size", LOW, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_line_and_the_whole_composer_are_in_sight_in_a_low_window(
    running: Running, available: Page, size: tuple[int, int]
) -> None:
    ring = rings(running, available, "Vera")
    available.set_viewport_size({"width": size[0], "height": size[1]})
    expect(ring.get_by_role("button", name="Accept")).to_be_in_viewport(ratio=0.99)
    ring.get_by_role("button", name="Accept").click()
    profile = available.get_by_role("region", name="Visitor's profile")
    box(available).fill("Hello Vera")
    box(available).press("Enter")
    expect(profile.get_by_role("log").get_by_text("Hello Vera")).to_be_in_viewport(ratio=0.99)
    for name in ("Send", "Hold", "End communication"):
        expect(profile.get_by_role("button", name=name, exact=True)).to_be_in_viewport(ratio=0.99)
    expect(box(available)).to_be_in_viewport(ratio=0.99)
    assert box(available).evaluate(ON_TOP)
    for label, words in (("Hold", "Resume"), ("Resume", "Hold")):
        profile.get_by_role("button", name=label, exact=True).click()
        expect(profile.get_by_role("button", name=words, exact=True)).to_be_in_viewport(ratio=0.99)


def test_in_forced_colours_the_switch_shows_whether_it_is_on(available: Page) -> None:
    available.emulate_media(forced_colors="active")
    switch = available.get_by_role("switch", name="Live Help")
    on = drawn(switch)
    switch.click()
    expect(switch).not_to_be_checked()
    off = drawn(switch)
    assert on["track"] != off["track"]
    for seen in (on, off):
        assert seen["knob"] != seen["track"]  # it can be told from what it stands on
        assert seen["edge"] == "1px"
    assert switch.evaluate("one => getComputedStyle(one).borderTopWidth") == "0px"  # it would cut through the state


def drawn(switch: Locator) -> dict[str, str]:
    """The colours of the switch, once it has come to rest."""
    read = """one => {
      const [track, knob] = [".track", ".knob"].map(name => getComputedStyle(one.querySelector(name)));
      return { track: track.backgroundColor, knob: knob.backgroundColor, edge: track.borderTopWidth };
    }"""
    switch.evaluate("one => Promise.all(one.getAnimations({ subtree: true }).map(each => each.finished))")
    return dict(switch.evaluate(read))


def test_the_work_has_all_the_room_that_the_bars_leave(page: Page) -> None:
    bottom = page.get_by_role("main").evaluate("one => one.getBoundingClientRect().bottom")
    top = page.get_by_role("contentinfo").evaluate("one => one.getBoundingClientRect().top")
    header = page.get_by_role("banner").evaluate("one => one.getBoundingClientRect().bottom")
    begins = page.get_by_role("main").evaluate("one => one.getBoundingClientRect().top")
    assert (round(bottom), round(begins)) == (round(top), round(header))
