"""Pages that change under the widget, and pages that nobody looks at, in real Chromium."""

from typing import Any

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from engine.streams.folds.presence import Visit
from tests.e2e.inside import PLAIN, AtTheDoor, Guest, Inside, SitePage
from tests.parlour.whole import until

pytestmark = pytest.mark.e2e
BACK_MS = 2_000  # within this all is there again
MORE_MS = 1_500  # so long it is waited for what must not come
HIDE = """hidden => {
    const turned = { hidden, visibilityState: hidden ? 'hidden' : 'visible' };
    for (const name in turned) Object.defineProperty(document, name, { configurable: true, get: () => turned[name] });
    document.dispatchEvent(new Event('visibilitychange'));
}"""
BEHIND = f"({HIDE})(true)"
# What frameworks do to a document, each as it does it.
CHANGES = {
    # React, where what came from the server is not what it makes: all goes, and is made anew
    "a hydration that clears the document": """() => {
        const made = document.documentElement.cloneNode(true);
        made.querySelectorAll('parlour-widget').forEach(one => one.remove());
        document.documentElement.replaceChildren(...made.childNodes);
    }""",
    "another document element": """() => {
        const made = document.createElement('html');
        made.append(document.createElement('head'), document.createElement('body'));
        made.lastChild.textContent = 'New';
        document.replaceChild(made, document.documentElement);
    }""",
    "Turbo: another body, and its scripts run again": """() => {
        const made = document.createElement('body');
        const [old] = document.querySelectorAll('script[data-site]');
        const script = document.createElement('script');
        for (const { name, value } of old.attributes) script.setAttribute(name, value);
        history.pushState(null, '', '/turbo');
        made.append(Object.assign(document.createElement('h1'), { textContent: 'New' }), script);
        document.documentElement.replaceChild(made, document.body);
        document.title = 'Turbo';
    }""",
    # idiomorph and morphdom: what the new document has not, goes; the rest stays where it is
    "a morph of the document": """() => {
        const made = new DOMParser().parseFromString('<title>New</title><body><main>New</main>', 'text/html');
        for (const one of [...document.documentElement.children])
            if (![...made.documentElement.children].some(({ localName }) => localName === one.localName)) one.remove();
        document.body.replaceChildren(...made.body.childNodes);
    }""",
    "a morph, again and again": """() => {
        let times = 0;
        const timer = setInterval(() => {
            for (const one of [...document.documentElement.children])
                if (one !== document.head && one !== document.body) one.remove();
            if (++times === 3) clearInterval(timer);
        }, 100);
    }""",
}


@pytest.fixture
def house(house: Inside) -> Inside:
    for path in ("one", "two", "three"):
        house.pages[path] = SitePage(html=PLAIN.replace("Tea</title>", f"{path.title()}</title>"))
    house.pages["turbo"] = SitePage()
    return house


def visit(house: Inside, vera: Guest) -> Visit:
    until(lambda: house.visit(vera.visitor) is not None, what="the visit")
    shown = house.visit(vera.visitor)
    assert shown is not None
    return shown


def views(house: Inside, vera: Guest) -> list[tuple[str, str | None]]:
    """The pages that were viewed, with their titles."""
    return [(page.address.removeprefix(house.site), page.title) for page in visit(house, vera).pages]


def now(house: Inside, vera: Guest) -> str:
    """The page of the visitor's badge."""
    page = visit(house, vera).page
    return page.address.removeprefix(house.site) if page else ""


def viewed(house: Inside, vera: Guest, *wanted: tuple[str, str], more_ms: int = 0) -> None:
    until(lambda: len(views(house, vera)) >= len(wanted), what="the page")
    if more_ms:
        vera.page.wait_for_timeout(more_ms)
    assert views(house, vera) == [*wanted]
    assert visit(house, vera).count == len(wanted)


# --- a page that is made anew


@pytest.mark.parametrize("change", CHANGES)
def test_the_button_the_open_window_and_the_draft_are_there_again_once(
    ann: AtTheDoor, vera: Guest, change: str
) -> None:
    vera.comes().in_chat(ann)
    vera.writes("Hello")
    vera.sees("Hello")
    box = vera.chat.get_by_role("textbox", name="Message", exact=True)
    box.fill("a draft")
    vera.page.evaluate(CHANGES[change])
    widget = vera.page.locator("parlour-widget")
    expect(widget).to_have_count(1, timeout=BACK_MS)
    expect(vera.button("Click for Live Help")).to_be_visible(timeout=BACK_MS)
    expect(box).to_be_visible(timeout=BACK_MS)
    expect(box).to_have_value("a draft", timeout=BACK_MS)
    vera.sees("Hello")
    ann.says("still there")
    vera.sees("still there")
    box.press("Enter")
    vera.sees("a draft")
    vera.page.wait_for_timeout(MORE_MS)
    expect(widget).to_have_count(1)
    expect(widget.locator("iframe")).to_have_count(1)
    expect(widget.locator("button")).to_have_count(1)
    assert vera.log.locator(".bubble").all_inner_texts() == ["Hello", "still there", "a draft"]


def test_a_window_that_was_closed_stays_closed_and_what_was_taken_off_the_page_stays_off(
    ann: AtTheDoor, vera: Guest
) -> None:
    vera.comes().in_chat(ann)
    vera.chat.get_by_role("button", name="Close", exact=True).click()
    vera.page.evaluate(CHANGES["a hydration that clears the document"])
    expect(vera.button("Click for Live Help")).to_be_visible(timeout=BACK_MS)
    vera.page.wait_for_timeout(MORE_MS)
    expect(vera.page.locator("iframe")).to_be_hidden()
    vera.page.evaluate("Parlour.shutdown()")
    vera.page.wait_for_timeout(MORE_MS)
    expect(vera.page.locator("parlour-widget")).to_have_count(0)


# --- steps


@pytest.mark.parametrize("late", [0, 30, 300, 900])
def test_a_step_is_told_once_with_the_title_that_comes_late(house: Inside, vera: Guest, late: int) -> None:
    vera.comes("one")
    viewed(house, vera, ("/one", "One"))
    vera.page.evaluate(
        """late => {
            history.pushState(null, '', '/two');
            setTimeout(() => { document.title = 'Late' }, late);
        }""",
        late,
    )
    viewed(house, vera, ("/one", "One"), ("/two", "Late"), more_ms=MORE_MS)


def test_going_back_in_a_page_is_a_step_with_the_title_of_then(house: Inside, vera: Guest) -> None:
    vera.comes("one")
    vera.page.evaluate(
        """() => {
            addEventListener('popstate', () => setTimeout(() => { document.title = 'One' }, 200));
            history.pushState(null, '', '/two');
            document.title = 'Two';
        }"""
    )
    viewed(house, vera, ("/one", "One"), ("/two", "Two"))
    vera.page.evaluate("history.back()")
    viewed(house, vera, ("/one", "One"), ("/two", "Two"), ("/one", "One"), more_ms=MORE_MS)


def test_a_title_that_comes_late_at_a_load_is_shown_and_is_no_other_view(house: Inside, vera: Guest) -> None:
    vera.comes("one")
    viewed(house, vera, ("/one", "One"))
    vera.page.evaluate("setTimeout(() => { document.title = 'One, at last' }, 300)")
    until(lambda: views(house, vera) == [("/one", "One, at last")], what="the title")
    assert visit(house, vera).count == 1


def test_who_leaves_before_the_title_came_viewed_the_page_all_the_same(house: Inside, vera: Guest) -> None:
    vera.comes("one")
    viewed(house, vera, ("/one", "One"))
    with vera.page.expect_navigation(url="**/three"):
        vera.page.evaluate("history.pushState(null, '', '/two'); setTimeout(() => { location.href = '/three' }, 200)")
    viewed(house, vera, ("/one", "One"), ("/two", "One"), ("/three", "Three"))


# --- what nobody looks at


def test_a_tab_that_was_opened_behind_is_no_view_until_it_is_looked_at(house: Inside, vera: Guest) -> None:
    vera.comes("one")
    viewed(house, vera, ("/one", "One"))
    behind = vera.context.new_page()
    sockets: list[Any] = []
    behind.on("websocket", lambda socket: sockets.append(socket))  # noqa: PLW0108 - it asks for a function
    behind.add_init_script(BEHIND)
    behind.goto(f"{house.site}/two")
    behind.wait_for_timeout(MORE_MS)
    assert not sockets
    viewed(house, vera, ("/one", "One"))
    behind.evaluate(HIDE, False)
    viewed(house, vera, ("/one", "One"), ("/two", "Two"))
    expect(behind.get_by_role("button", name="Leave a message", exact=True)).to_be_visible()
    behind.close()


def test_a_step_of_a_tab_behind_is_no_view_until_it_is_looked_at(house: Inside, vera: Guest) -> None:
    vera.comes("one")
    viewed(house, vera, ("/one", "One"))
    hide(vera.page, hidden=True)
    vera.page.evaluate("history.pushState(null, '', '/two'); document.title = 'Two'")
    viewed(house, vera, ("/one", "One"), more_ms=MORE_MS)
    hide(vera.page, hidden=False)
    viewed(house, vera, ("/one", "One"), ("/two", "Two"), more_ms=MORE_MS)


def hide(page: Page, *, hidden: bool) -> None:
    """As if another tab were in front: Chromium without a window never hides one."""
    page.evaluate(HIDE, hidden)


def test_a_short_loss_of_the_network_is_no_other_view(house: Inside, vera: Guest) -> None:
    vera.comes("one")
    viewed(house, vera, ("/one", "One"))
    known = house.visitors[vera.visitor]
    for _ in range(2):
        vera.context.set_offline(True)
        until(lambda: known.lost_at, what="the loss")
        vera.context.set_offline(False)
        until(lambda: not known.lost_at, what="the return")
    viewed(house, vera, ("/one", "One"), more_ms=MORE_MS)


def test_a_connection_that_is_lost_before_its_welcome_came_is_no_other_view(house: Inside, vera: Guest) -> None:
    tried: list[WebSocketRoute] = []

    def lose_the_first_answer(socket: WebSocketRoute) -> None:
        tried.append(socket)
        server = socket.connect_to_server()
        if len(tried) == 1:
            server.on_message(lambda _welcome: socket.close())

    vera.comes("three")  # somebody who is known
    viewed(house, vera, ("/three", "Three"))
    vera.context.route_web_socket("**/ws/page", lose_the_first_answer)
    vera.opens("one")
    while len(tried) < 2:
        vera.page.wait_for_timeout(20)
    viewed(house, vera, ("/three", "Three"), ("/one", "One"), more_ms=MORE_MS)


# --- several tabs


def test_the_badge_says_which_tab_is_looked_at_and_no_view_is_counted_twice(house: Inside, vera: Guest) -> None:
    vera.comes("one")
    viewed(house, vera, ("/one", "One"))
    other = vera.context.new_page()
    hide(vera.page, hidden=True)
    other.goto(f"{house.site}/two")
    until(lambda: now(house, vera) == "/two", what="the second tab")
    hide(other, hidden=True)
    hide(vera.page, hidden=False)
    until(lambda: now(house, vera) == "/one", what="the first tab")
    hide(vera.page, hidden=True)
    hide(other, hidden=False)
    until(lambda: now(house, vera) == "/two", what="the second tab")
    vera.page.evaluate("dispatchEvent(new Event('focus'))")  # hidden still: nobody looks at it
    hide(vera.page, hidden=False)  # two windows side by side
    until(lambda: now(house, vera) == "/one", what="the first window")
    other.evaluate("dispatchEvent(new Event('focus'))")
    until(lambda: now(house, vera) == "/two", what="the window that was clicked")
    viewed(house, vera, ("/one", "One"), ("/two", "Two"), more_ms=MORE_MS)
    other.close()
