"""What a site's own script may ask of the widget, in real Chromium; and how a page finds that its visitor sleeps."""

from typing import Any

import pytest
from playwright.sync_api import expect

from engine.events import ActionTracked, PageViewed, VisitorIdentified, VisitorSlept, VisitorWoke
from tests.e2e.inside import PLAIN, AtTheDoor, Guest, Inside, SitePage
from tests.parlour.whole import until
from widget.signed import signature

pytestmark = pytest.mark.e2e
STUB = (
    "<script>window.Parlour = window.Parlour || function () {"
    "  (Parlour.q = Parlour.q || []).push([].slice.call(arguments)); };"
    "window.heard = [];"
    "for (const name of ['ready', 'open', 'close', 'message', 'started', 'ended', 'unread'])"
    "  Parlour('on', name, detail => heard.push(detail === undefined ? name : name + ' ' + detail));"
    "Parlour('identify', { user: 42, name: 'Vera' });"
    "Parlour('track', 'looked', { product: 'tea', price: 4.5, gift: true });"
    "Parlour('hide');</script></head>"
)


WRONG = (
    "<script>window.Parlour = { q: ["
    "  null, undefined, 7, 'open', {}, [], [null], [{}], ['dance'], ['__proto__'], ['track'], ['track', 'a', null],"
    "  ['identify', null], ['identify', 'Vera'], ['on', 'open'], ['on', 'dance', () => {}], ['update', 'x'],"
    "  ['track', 'b', { bad: { toString() { throw Error('mine') } } }], ['track', Object.create(null)],"
    "  ['on', 'ready', () => { Parlour('track', 'last'); throw Error('of a listener'); }],"
    "  (function () { return arguments; })('track', 'first'),"
    "  ['identify', { user: 42, name: 'Vera', phone: '1' }], ['track', 'second', { product: 'tea' }], ['hide']"
    "] };</script></head>"
)


class Happened:
    """What the house kept of a kind."""

    def __init__(self, house: Inside) -> None:
        self._all: list[Any] = []
        house.running.house.core.moments.subscribe(self._all.append)

    def of(self, kind: type[Any]) -> list[Any]:
        return [one for one in self._all if isinstance(one, kind)]


@pytest.fixture
def house(house: Inside) -> Inside:
    house.pages["stub"] = SitePage(html=PLAIN.replace("</head>", STUB))
    return house


@pytest.fixture
def happened(house: Inside) -> Happened:
    return Happened(house)


def heard(vera: Guest) -> list[str]:
    found: list[str] = vera.page.evaluate("heard")
    return found


def its_own_error(vera: Guest, text: str) -> None:
    """The site's own script failed, which the browser says as ever."""
    until(lambda: vera.problems, what="the site's own error")
    assert [text in problem for problem in vera.problems] == [True], vera.problems
    vera.problems.clear()


def test_calls_before_the_widget_has_loaded_are_made_up_for_and_a_script_opens_and_closes_the_window(
    ann: AtTheDoor, vera: Guest, happened: Happened
) -> None:
    vera.comes("stub")
    until(lambda: happened.of(ActionTracked), what="the action")
    (action,), (who,) = happened.of(ActionTracked), happened.of(VisitorIdentified)
    assert (action.name, dict(action.parameters)) == ("looked", {"product": "tea", "price": "4.5", "gift": "true"})
    assert (who.personal.user, who.personal.name, who.verified) == ("42", "Vera", False)
    expect(vera.button("Click for Live Help")).to_have_count(0)
    vera.page.evaluate("Parlour('show')")
    expect(vera.button("Click for Live Help")).to_be_visible()
    assert heard(vera)[0] == "ready"
    vera.page.evaluate("Parlour.open()")
    expect(vera.dialog("Start communication")).to_be_visible()
    until(lambda: "open" in heard(vera), what="open")
    vera.page.evaluate("Parlour.close()")
    expect(vera.page.locator("iframe")).to_be_hidden()
    until(lambda: heard(vera)[-1] == "close", what="close")


def test_a_script_hears_of_the_conversation_but_not_what_is_said(ann: AtTheDoor, vera: Guest) -> None:
    vera.comes("stub")
    vera.page.evaluate("Parlour.show()")
    vera.in_chat(ann)
    until(lambda: "started" in heard(vera), what="started")
    vera.chat.get_by_role("button", name="Close", exact=True).click()
    ann.says("a secret")
    until(lambda: "unread 1" in heard(vera), what="unread")
    assert "message" in heard(vera)
    assert not any("secret" in one for one in heard(vera))
    vera.page.reload()
    until(lambda: "unread 1" in heard(vera), what="unread after a reload")
    assert "message" not in heard(vera)  # that was news before
    ann.ends()
    until(lambda: "ended" in heard(vera), what="ended")


def test_who_is_signed_for_is_verified_also_on_the_next_connection_and_a_wrong_one_is_not_believed(
    house: Inside, ann: AtTheDoor, vera: Guest, happened: Happened
) -> None:
    sites = house.running.house.views.directory.sites
    (site,) = (one.id for one in sites.values() if one.name == "Tea")
    secret = house.running.house.accounts.identity_secret(site)
    signed = signature(secret, user="42", name="Vera", email="vera@example.org")
    vera.comes()
    who = f"user: '42', name: 'Vera', email: 'vera@example.org', signature: '{signed}'"
    vera.page.evaluate(f"Parlour.identify({{ {who} }})")
    until(lambda: happened.of(VisitorIdentified), what="the identity")
    assert happened.of(VisitorIdentified)[0].verified
    with vera.page.expect_console_message(lambda said: "forbidden" in said.text):
        vera.page.evaluate(f"Parlour.identify({{ {who.replace('Vera', 'Victor')} }})")
    assert len(happened.of(VisitorIdentified)) == 1


def test_update_moves_the_button_and_tells_of_the_page_anew(ann: AtTheDoor, vera: Guest, happened: Happened) -> None:
    vera.comes()
    before = vera.button("Click for Live Help").bounding_box()
    vera.page.evaluate("Parlour.update({ right: 40, bottom: 120 })")
    until(lambda: vera.button("Click for Live Help").bounding_box() != before, what="the move")
    after = vera.button("Click for Live Help").bounding_box()
    assert before is not None
    assert after is not None
    assert (before["x"] - after["x"], before["y"] - after["y"]) == (20, 100)
    vera.page.evaluate("document.title = 'Tea for two'; Parlour.update()")
    until(lambda: happened.of(PageViewed)[-1].title == "Tea for two", what="the page view")


def test_what_is_off_is_not_called_and_an_unknown_call_only_warns(ann: AtTheDoor, vera: Guest) -> None:
    warned: list[str] = []
    vera.page.on("console", lambda one: warned.append(one.text))
    vera.comes()
    vera.page.evaluate(
        "heard = []; run = () => heard.push('open'); Parlour.on('open', run); Parlour.off('open', run);"
        "Parlour('dance'); Parlour.on('dance', run); Parlour.open()"
    )
    expect(vera.dialog("Start communication")).to_be_visible()
    assert heard(vera) == []
    assert [one for one in warned if "dance" in one] == [
        'Parlour: there is no call "dance"',
        'Parlour: there is no event "dance"',
    ]


def test_wrong_calls_before_the_widget_has_loaded_are_said_and_those_behind_them_kept_in_their_order(
    house: Inside, ann: AtTheDoor, vera: Guest, happened: Happened
) -> None:
    house.pages["wrong"] = SitePage(html=PLAIN.replace("</head>", WRONG))
    warned: list[str] = []
    vera.page.on("console", lambda one: warned.append(one.text))
    vera.comes("wrong")
    until(lambda: len(happened.of(ActionTracked)) == 3, what="the actions")
    assert [one.name for one in happened.of(ActionTracked)] == ["first", "second", "last"]
    its_own_error(vera, "of a listener")
    (who,) = happened.of(VisitorIdentified)
    assert (who.personal.user, who.personal.name) == ("42", "Vera")
    expect(vera.button("Click for Live Help")).to_have_count(0)
    assert vera.page.locator("parlour-widget").count() == 1  # hidden, and there
    said = [one for one in warned if one.startswith("Parlour:")]
    assert len(said) == 19, said
    assert "Parlour: identify() takes { user, name, email, signature }, and not null" in said
    assert 'Parlour: on("open", …) needs a function, and not undefined' in said
    assert any(one.startswith("Parlour: track() was called with what cannot be taken: Error: mine") for one in said)


def test_a_wrong_call_and_a_listener_that_fails_harm_no_other(ann: AtTheDoor, vera: Guest, happened: Happened) -> None:
    vera.comes()
    vera.page.evaluate(
        "window.heard = [];"
        "Parlour.on('open', () => { throw Error('the first'); }); Parlour.on('open', () => heard.push('second'));"
        "Parlour.track('a', null); Parlour.identify(null); Parlour.update({ right: 'x' }); Parlour.track('told');"
        "Parlour.open()"
    )
    until(lambda: heard(vera) == ["second"], what="the second listener")
    until(lambda: happened.of(ActionTracked), what="the action")
    assert [one.name for one in happened.of(ActionTracked)] == ["told"]
    its_own_error(vera, "the first")
    assert vera.button("Click for Live Help").is_visible() or vera.dialog("Start communication").is_visible()


def test_what_is_called_in_one_go_with_a_shutdown_waits_for_the_next_tag(
    ann: AtTheDoor, vera: Guest, happened: Happened
) -> None:
    vera.comes()
    vera.page.evaluate("Parlour.on('ready', () => { Parlour.shutdown(); Parlour.track('after'); })")
    expect(vera.page.locator("parlour-widget")).to_have_count(0)
    assert vera.page.evaluate("Parlour.q.map(([name]) => name)") == ["track"]
    assert not happened.of(ActionTracked)


def test_after_a_shutdown_the_page_is_bare_and_the_next_one_is_somebody_else(
    house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    vera.comes().in_chat(ann)
    vera.writes("a secret")
    vera.sees("a secret")
    vera.chat.get_by_role("textbox", name="Message", exact=True).fill("another")
    first = vera.visitor
    vera.page.evaluate("Parlour.shutdown()")
    expect(vera.page.locator("parlour-widget")).to_have_count(0)
    assert vera.stored() == ""
    until(lambda: house.visitors[first].lost_at is not None or house.visitors[first].visit is None, what="gone")
    vera.page.reload()
    until(lambda: vera.stored() != "", what="the next key")
    assert vera.visitor != first
    vera.button("Click for Live Help").click()
    expect(vera.dialog("Start communication")).to_be_visible()
    assert "secret" not in vera.page.frames[-1].content()
    vera.chat.get_by_role("button", name="Text chat", exact=True).click()
    ann.accepts()
    expect(vera.chat.get_by_role("textbox", name="Message", exact=True)).to_have_value("")


def test_a_visitor_who_does_nothing_sleeps_and_wakes_at_the_first_move(
    house: Inside, ann: AtTheDoor, vera: Guest, happened: Happened
) -> None:
    house.set("sleep_timeout", 1)
    vera.comes()
    until(lambda: happened.of(VisitorSlept), what="sleep")
    assert not happened.of(VisitorWoke)
    vera.page.mouse.move(200, 200)
    until(lambda: happened.of(VisitorWoke), what="waking")
    until(lambda: len(happened.of(VisitorSlept)) == 2, what="sleep again")


@pytest.mark.long
def test_who_writes_in_the_window_does_not_sleep_on_the_page(
    house: Inside, ann: AtTheDoor, vera: Guest, happened: Happened
) -> None:
    house.set("sleep_timeout", 8)
    vera.comes().in_chat(ann)
    for _ in range(12):
        vera.chat.get_by_role("textbox", name="Message", exact=True).press_sequentially("x")
        vera.page.wait_for_timeout(1_000)
    assert not happened.of(VisitorSlept)
