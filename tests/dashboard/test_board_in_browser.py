"""The board of badges with two thousand visitors in a real Chromium: by keys, and under the pointer."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, WebSocket, WebSocketRoute, expect

from engine.streams.views.visitors_now import Badge
from tests.dashboard.house import House
from tests.dashboard.rows import badge as badge_row
from tests.dashboard.running import Running
from tests.e2e.axe import findings

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.one_tab,
    pytest.mark.filterwarnings("ignore:reference already known"),
]
MANY = 2_000
OF_A_ROW = "page_since"  # what only a row has, and not its place
MOST_IN_DOCUMENT = 120
PLACES = """list => Object.fromEntries([...list.children].map(badge => {
  const { x, y } = badge.getBoundingClientRect();
  return [badge.dataset.of, [x, y]];
}))"""


def name(number: int) -> str:
    return f"No {number:05}"


def row(number: int, called: str | None = None) -> Badge:
    """A visitor, the further behind the higher the number."""
    since = datetime(2026, 1, 1, tzinfo=UTC) - timedelta(seconds=number)
    return badge_row(f"v{number:05}", name=called or name(number), since=since, turn=f"here {number:05}")


def many(house: House) -> None:
    house.door.put("visitors", *(row(number) for number in range(MANY)))


@pytest.fixture
def board(running: Running, page: Page) -> Locator:
    """The list, with all of them on it, and the focus elsewhere."""
    board = board_of(page)
    to_the_heading(page)
    expect(board.get_by_role("listitem")).to_have_count(0)
    running.do(many)
    expect(badge(board, 0)).to_be_visible()
    return board


def board_of(page: Page) -> Locator:
    return page.get_by_role("list", name="Visitors now")


def badge(board: Locator, number: int) -> Locator:
    return board.locator(f"[data-of=v{number:05}]")


def stop(board: Locator, number: int) -> Locator:
    return badge(board, number).get_by_role("group")


def to_the_heading(page: Page) -> None:
    page.get_by_role("heading", level=1).evaluate("one => { one.tabIndex = -1; one.focus(); }")


def first_stop(page: Page, board: Locator) -> None:
    """By Tab, from what is before the board."""
    to_the_heading(page)
    for _ in range(20):
        page.keyboard.press("Tab")
        if stop(board, 0).evaluate("one => one.matches(':focus')"):
            return
    pytest.fail("the board is not reached by Tab")


def test_only_what_is_in_sight_is_in_the_document_and_says_its_place(board: Locator, page: Page) -> None:
    assert board.get_by_role("listitem").count() < MOST_IN_DOCUMENT
    for number, place in ((0, "1"), (7, "8")):
        expect(badge(board, number)).to_have_attribute("aria-posinset", place)
        expect(badge(board, number)).to_have_attribute("aria-setsize", str(MANY))
    page.locator("main").evaluate("work => { work.scrollTop = work.scrollHeight / 2; }")
    expect(badge(board, MANY // 2)).to_contain_text(name(MANY // 2))
    assert board.get_by_role("listitem").count() < MOST_IN_DOCUMENT
    assert findings(page) == []


def test_one_stop_leads_by_keys_through_all_of_them(board: Locator, page: Page) -> None:
    first_stop(page, board)
    expect(board.locator(".stop[tabindex='0']")).to_have_count(1)
    columns = board.evaluate("list => new Set([...list.children].map(one => one.getBoundingClientRect().x)).size")
    for key, number in (
        ("ArrowRight", 1), ("ArrowDown", 1 + columns), ("ArrowUp", 1), ("ArrowLeft", 0),
        ("End", MANY - 1), ("ArrowRight", MANY - 1), ("ArrowLeft", MANY - 2), ("Home", 0),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(stop(board, number)).to_be_focused()
        expect(stop(board, number)).to_be_in_viewport(ratio=0.99)
        expect(stop(board, number)).to_contain_text(name(number))
    expect(board.locator(".stop[tabindex='0']")).to_have_count(1)


def test_page_down_comes_by_all_of_them(board: Locator, page: Page) -> None:
    first_stop(page, board)
    came_by = board.evaluate(
        """async list => {
          const root = list.getRootNode(), seen = [];
          for (let at = null; at !== root.activeElement; ) {
            at = root.activeElement;
            seen.push(Number(at.closest('li').getAttribute('aria-posinset')));
            at.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true, composed: true }));
            await new Promise(requestAnimationFrame);
          }
          return seen;
        }"""
    )
    steps = {after - before for before, after in pairwise(came_by[:-1])}
    assert len(steps) == 1  # as many at each press; but for the last
    columns = board.evaluate("list => new Set([...list.children].map(one => one.getBoundingClientRect().x)).size")
    assert steps.pop() in range(2 * columns, 5 * columns, columns)  # less than a page, so that none is passed over
    assert (came_by[-1] - 1) // columns == (MANY - 1) // columns
    page.keyboard.press("PageUp")
    assert board.evaluate("list => Number(list.getRootNode().activeElement.closest('li').ariaPosInSet)") < came_by[-1]


def test_what_has_the_focus_keeps_it_while_scrolled_away_and_while_others_come_and_go(
    board: Locator, running: Running, page: Page
) -> None:
    stop(board, 7).focus()
    page.locator("main").evaluate("work => { work.scrollTop = work.scrollHeight / 2; }")
    expect(badge(board, MANY // 2)).to_be_visible()
    expect(stop(board, 7)).to_be_focused()
    running.do(lambda house: house.door.drop("visitors", "v00001", "v00008"))
    running.do(lambda house: house.door.put("visitors", row(MANY), row(7, "Seven")))
    expect(badge(board, 7)).to_have_attribute("aria-posinset", "7")
    expect(badge(board, 7)).to_have_attribute("aria-setsize", str(MANY - 1))
    expect(stop(board, 7)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(stop(board, 9)).to_be_focused()
    expect(stop(board, 9)).to_be_in_viewport()
    expect(stop(board, 7)).to_contain_text("Seven")


def test_who_goes_under_the_focus_stays_marked_until_it_moves_on(board: Locator, running: Running, page: Page) -> None:
    page.mouse.move(0, 0)
    stop(board, 3).focus()
    running.do(lambda house: house.door.drop("visitors", "v00003", "v00004"))
    expect(badge(board, 4)).to_have_count(0)
    expect(badge(board, 3)).to_contain_class("gone")
    expect(stop(board, 3)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(stop(board, 5)).to_be_focused()
    expect(badge(board, 3)).to_have_count(0)


def test_nothing_moves_under_the_pointer_while_visitors_come_and_go(
    board: Locator, running: Running, page: Page
) -> None:
    expect(badge(board, 12)).to_contain_text(name(12))
    badge(board, 2).hover()
    before = board.evaluate(PLACES)
    for turn in range(8):
        gone = [f"v{number:05}" for number in (turn, turn + 20, turn + 1_000)]
        running.do(lambda house: house.door.drop("visitors", *gone))  # noqa: B023
        running.do(lambda house: house.door.put("visitors", row(MANY + turn), row(turn + 8, f"Turn {turn}")))  # noqa: B023
        expect(badge(board, turn + 8)).to_contain_text(f"Turn {turn}")
        assert board.evaluate(PLACES) == before
    expect(board.locator(".gone")).to_have_count(8 + sum(f"v{number:05}" in before for number in range(20, 28)))
    page.mouse.move(0, 0)
    expect(board.locator(".gone")).to_have_count(0)
    expect(badge(board, 8)).to_have_attribute("aria-posinset", "1")
    expect(badge(board, 8)).to_have_attribute("aria-setsize", str(MANY - 24 + 8))


def test_a_tab_is_sent_the_rows_in_its_sight_and_no_others(board: Locator, running: Running, page: Page) -> None:
    sent: list[str] = []

    def hear(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: sent.append(str(frame)))

    def rows() -> int:
        return sum(frame.count(OF_A_ROW) for frame in sent)

    with page.context.new_page() as tab:
        tab.on("websocket", hear)
        tab.goto(f"{running.base}/app/")
        other = board_of(tab)
        expect(badge(other, 0)).to_contain_text(name(0))
        expect(badge(other, 0)).to_have_attribute("aria-setsize", str(MANY))
        opened, shown = rows(), other.get_by_role("listitem").count()
        assert shown <= opened <= MOST_IN_DOCUMENT
        assert sum(map(len, sent)) < 600_000  # all rows are a megabyte, the page's document is 200 kB
        running.do(lambda house: house.door.put("visitors", *(row(number, "Far") for number in range(900, 940))))
        running.do(lambda house: house.door.put("visitors", row(3, "Near")))
        expect(badge(other, 3)).to_contain_text("Near")
        assert rows() == opened + 1
        tab.locator("main").evaluate("work => { work.scrollTop = work.scrollHeight / 2; }")
        expect(badge(other, MANY // 2)).to_contain_text(name(MANY // 2))
        assert opened + 1 < rows() <= opened + 1 + MOST_IN_DOCUMENT
        before = rows()
        running.do(lambda house: house.door.put("visitors", row(MANY // 2, "Halfway")))
        expect(badge(other, MANY // 2)).to_contain_text("Halfway")
        assert rows() == before + 1


def test_keys_lead_to_a_row_that_is_not_here_yet(board: Locator, running: Running, page: Page) -> None:
    held: list[str | bytes] | None = None

    def through(browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()

        def from_server(message: str | bytes) -> None:
            browser.send(message) if held is None else held.append(message)

        def let_go() -> None:
            for message in held or ():
                browser.send(message)

        browser.on_message(server.send)
        server.on_message(from_server)
        released.append(let_go)

    released: list[Any] = []
    with page.context.new_page() as tab:
        tab.route_web_socket("**/app/ws*", through)
        tab.goto(f"{running.base}/app/")
        other = board_of(tab)
        expect(badge(other, 0)).to_contain_text(name(0))
        stop(other, 0).focus()
        held = []
        tab.keyboard.press("End")
        expect(stop(other, MANY - 1)).to_be_focused()
        expect(badge(other, MANY - 1)).to_have_attribute("aria-busy", "true")
        place = badge(other, MANY - 1).bounding_box()
        tab.keyboard.press("ArrowLeft")
        expect(stop(other, MANY - 2)).to_be_focused()
        expect(stop(other, MANY - 2)).to_have_text("")
        released[-1]()
        held = None
        expect(badge(other, MANY - 2)).to_contain_text(name(MANY - 2))
        expect(stop(other, MANY - 2)).to_be_focused()
        expect(other.locator("[aria-busy]")).to_have_count(0)
        assert badge(other, MANY - 1).bounding_box() == place
