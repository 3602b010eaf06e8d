"""Two people at one browser, in real Chromium: the second never sees anything of the first, and operators see two."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from engine.commands import WriteMessage
from engine.events import VisitorIdentified
from tests.e2e.inside import AtTheDoor, Guest, Inside
from tests.e2e.test_widget_sdk import Happened
from tests.e2e.test_widget_tabs import HIDE
from tests.parlour.whole import until
from widget.signed import signature

pytestmark = pytest.mark.e2e
SignIn = Callable[..., None]
OURS = "first's secret"  # what nobody else may see
# All that our origin keeps in this browser, as its own window finds it.
KEPT = """() => {
    const all = [decodeURIComponent(document.cookie)];
    try { all.push(JSON.stringify(localStorage), JSON.stringify(sessionStorage)); } catch { /* it is denied one */ }
    return all.join();
}"""

COMES_BACK = """async () => {
    const { shadowRoot } = document.querySelector('parlour-widget');
    const before = shadowRoot.querySelector('iframe');
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await new Promise(requestAnimationFrame); // before anything is drawn
    return !before.isConnected;
}"""
ADD_TAG = """src => {
    const tag = Object.assign(document.createElement('script'), { src, async: true });
    tag.dataset.site = 'inside';
    document.body.append(tag);
}"""


@pytest.fixture
def happened(house: Inside) -> Happened:
    return Happened(house)


@pytest.fixture
def signs_in(house: Inside) -> SignIn:
    """What the site's page does once its server knows its user."""
    sites = house.running.house.views.directory.sites
    (site,) = (one.id for one in sites.values() if one.name == "Tea")
    secret = house.running.house.accounts.identity_secret(site)

    def sign_in(page: Page, user: str, name: str, *, signed: bool = True) -> None:
        who = {"user": user, "name": name, "email": f"{name.lower()}@example.org"}
        more = {"signature": signature(secret, **who)} if signed else {}
        page.evaluate("who => Parlour.identify(who)", {**who, **more})

    return sign_in


def is_last(happened: Happened, name: str) -> bool:
    """Whether this is who the site told of last."""
    told: str = happened.of(VisitorIdentified)[-1].personal.name
    return told == name


def kept(page: Page) -> str:
    """What is kept on both origins, and what stands in all documents of the page."""
    return "".join(str(frame.evaluate(KEPT)) + frame.content() for frame in page.frames)


def is_new(page: Page, house: Inside) -> None:
    """Nothing of the first is on this page, and the window is one that a stranger would see."""
    button = page.get_by_role("button", name="Click for Live Help", exact=True)
    expect(page.locator("iframe")).to_be_hidden()
    expect(button.locator("b")).to_be_hidden()
    button.click()
    start = page.frame_locator("iframe").get_by_role("dialog", name="Start communication", exact=True)
    expect(start).to_be_visible()
    expect(start.get_by_role("textbox", name="Your name", exact=True)).to_have_value("")
    start.get_by_role("button", name="Leave a message", exact=True).click()
    form = page.frame_locator("iframe").get_by_role("dialog", name="Leave a message", exact=True)
    for field in ("Your name", "E-mail", "Subject", "Message"):
        expect(form.get_by_role("textbox", name=field, exact=True)).to_have_value("")
    assert OURS not in kept(page)
    assert "Vera" not in kept(page)
    assert house.origin in page.frames[-1].url


@pytest.fixture
def first(house: Inside, ann: AtTheDoor, vera: Guest, happened: Happened, signs_in: SignIn) -> Guest:
    """Vera, signed in, in a chat in which both have written, with a draft in the box."""
    vera.comes()
    signs_in(vera.page, "42", "Vera")
    until(lambda: happened.of(VisitorIdentified), what="the first user")
    vera.in_chat(ann)
    vera.writes(f"{OURS} 1")
    vera.sees(f"{OURS} 1")
    ann.says(f"{OURS} 2")
    vera.sees(f"{OURS} 2")
    vera.chat.get_by_role("textbox", name="Message", exact=True).fill(f"{OURS} 3")
    return vera


def test_another_signed_user_sees_nothing_of_the_first_and_is_another_visitor(
    house: Inside, ann: AtTheDoor, first: Guest, happened: Happened, signs_in: SignIn
) -> None:
    before, talk = first.visitor, house.conversation()
    signs_in(first.page, "43", "Victor")
    until(lambda: first.visitor != before, what="the second visitor")
    is_new(first.page, house)
    until(lambda: len(happened.of(VisitorIdentified)) == 2, what="the second user")
    one, two = happened.of(VisitorIdentified)
    assert (one.visitor, two.visitor) == (before, first.visitor)
    assert (two.personal.name, two.verified) == ("Victor", True)
    until(lambda: house.visitors[before].lost_at is not None, what="the end of the first one's visit")
    ann.does(WriteMessage(conversation=talk, text=f"{OURS} 4"))
    first.page.reload()
    expect(first.button("Click for Live Help")).to_be_visible()
    is_new(first.page, house)
    assert len(house.visitors) == 2


def test_the_other_tabs_of_the_browser_show_nothing_of_the_first_either(
    house: Inside, first: Guest, signs_in: SignIn
) -> None:
    before = first.visitor
    tab = first.context.new_page()
    tab.goto(house.site)
    log = tab.frame_locator("iframe").get_by_role("log", name="Conversation", exact=True)
    expect(log.get_by_text(f"{OURS} 2", exact=True)).to_be_visible()
    signs_in(first.page, "43", "Victor")
    until(lambda: first.visitor != before, what="the second visitor")
    for page in (tab, first.page):
        is_new(page, house)
    assert first.stored(tab) == first.stored()
    assert len(house.visitors) == 2


def test_a_page_that_comes_back_from_the_cache_shows_nothing_of_the_first(
    house: Inside, first: Guest, signs_in: SignIn
) -> None:
    before = first.visitor
    tab = first.context.new_page()
    tab.goto(house.site)
    expect(tab.frame_locator("iframe").get_by_role("log", name="Conversation", exact=True)).to_be_visible()
    tab.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    signs_in(first.page, "43", "Victor")
    until(lambda: first.visitor != before, what="the second visitor")
    assert tab.evaluate(COMES_BACK)
    is_new(tab, house)


def test_another_user_who_signs_in_in_a_tab_behind_is_told_of_when_somebody_looks(
    first: Guest, happened: Happened, signs_in: SignIn
) -> None:
    before = first.visitor
    first.page.evaluate(HIDE, True)
    signs_in(first.page, "43", "Victor")
    until(lambda: first.visitor != before, what="the second visitor")
    first.page.evaluate(HIDE, False)
    until(partial(is_last, happened, "Victor"), what="the second user")
    assert happened.of(VisitorIdentified)[-1].visitor == first.visitor


@pytest.fixture
def slow(vera: Guest) -> Iterator[list[str]]:
    """Acks to the window's frames come when a test lets them: those held back."""
    held: list[str] = []

    def hold(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        server.on_message(
            lambda said: held.append(str(said)) if '"t":"ack"' in str(said) and held else route.send(said)
        )

    vera.context.route_web_socket("**/ws/chat", hold)
    yield held


def test_a_late_answer_to_the_first_does_not_come_to_the_second(
    slow: list[str], house: Inside, first: Guest, signs_in: SignIn
) -> None:
    before = first.visitor
    slow.append("from now on")
    first.writes(f"{OURS} late")
    until(lambda: first.page.title() and len(slow) == 2, what="an ack that is held")
    signs_in(first.page, "43", "Victor")
    until(lambda: first.visitor != before, what="the second visitor")
    is_new(first.page, house)


def test_the_same_user_again_and_an_anonymous_visitor_who_signs_in_keep_everything(
    house: Inside, ann: AtTheDoor, vera: Guest, happened: Happened, signs_in: SignIn
) -> None:
    vera.comes().in_chat(ann)
    vera.writes("mine")
    vera.sees("mine")
    anonymous = vera.visitor
    vera.chat.get_by_role("textbox", name="Message", exact=True).fill("a draft")
    for _ in range(2):
        signs_in(vera.page, "42", "Vera")
    until(lambda: happened.of(VisitorIdentified), what="the user")
    vera.page.reload()
    vera.sees("mine")
    signs_in(vera.page, "42", "Vera")
    expect(vera.chat.get_by_role("textbox", name="Message", exact=True)).to_have_value("a draft")
    ann.says("to both")
    vera.sees("to both")
    assert vera.visitor == anonymous
    assert len(happened.of(VisitorIdentified)) == 1
    assert len(house.visitors) == 1


def test_unsigned_another_user_is_refused_in_words_and_the_first_goes_on(
    house: Inside, first: Guest, happened: Happened, signs_in: SignIn
) -> None:
    before = first.visitor
    with first.page.expect_console_message(lambda said: "forbidden" in said.text) as warned:
        signs_in(first.page, "43", "Victor", signed=False)
    assert warned.value.type == "warning"
    assert "Parlour.shutdown()" in warned.value.text
    first.sees(f"{OURS} 2")
    assert first.visitor == before
    assert len(happened.of(VisitorIdentified)) == 1


def test_a_shutdown_leaves_nothing_also_of_a_window_that_was_never_opened_on_this_page(
    house: Inside, first: Guest
) -> None:
    first.chat.get_by_role("button", name="Close", exact=True).click()
    before = first.visitor
    first.page.evaluate("Parlour.shutdown()")
    expect(first.page.locator("parlour-widget")).to_have_count(0)
    first.page.goto(f"{house.site}/")
    until(lambda: first.stored() not in {"", before}, what="the next visitor")
    is_new(first.page, house)


@pytest.mark.parametrize("stub", [True, False])
def test_after_a_shutdown_a_tag_that_is_added_again_starts_anew(
    house: Inside, ann: AtTheDoor, first: Guest, happened: Happened, signs_in: SignIn, stub: bool
) -> None:
    before = first.visitor
    for user, name in (("43", "Victor"), ("44", "Paula")):
        first.page.evaluate("Parlour.shutdown(), window.Parlour.shutdown?.()")  # who signs out twice is out
        if stub:
            signs_in(first.page, user, name)  # it waits for the tag
        first.page.evaluate(ADD_TAG, f"{house.origin}/widget.js")
        until(lambda: bool(first.stored()), what="the next key")
        if not stub:
            signs_in(first.page, user, name)
        until(partial(is_last, happened, name), what="the next user")
    expect(first.page.locator("parlour-widget")).to_have_count(1)
    is_new(first.page, house)
    assert len({one.visitor for one in happened.of(VisitorIdentified)}) == 3
    assert first.visitor != before
