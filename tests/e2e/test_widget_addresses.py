"""What a page tells of its address and title, in real Chromium: all there is, but for what is nobody's business."""

import json

import pytest
from playwright.sync_api import expect

from engine.streams.folds.presence import Page
from tests.e2e.inside import PLAIN, Guest, Inside, SitePage
from tests.parlour.whole import until

pytestmark = pytest.mark.e2e
LONG = "x" * 299 + "🍵 and more"


@pytest.fixture
def house(house: Inside) -> Inside:
    house.pages["routed"] = SitePage(attributes="data-hash-routes")
    house.pages["discreet"] = SitePage(attributes='data-without="token, user[*]"')
    house.pages["both"] = SitePage(attributes='data-hash-routes data-without="token"')
    house.pages["long"] = SitePage(html=PLAIN.replace("Tea</title>", f"{LONG}</title>"))
    return house


def pages(house: Inside, vera: Guest) -> list[Page]:
    """What is shown of the visitor's present visit."""
    visit = house.visit(vera.visitor)
    return list(visit.pages) if visit else []


def told(house: Inside, vera: Guest) -> list[str]:
    """The addresses of it, without the site's own."""
    return [page.address.removeprefix(house.site) for page in pages(house, vera)]


def tells(house: Inside, vera: Guest, *addresses: str) -> None:
    until(lambda: len(told(house, vera)) >= len(addresses), what="the page")
    assert told(house, vera) == [*addresses]


def goes(vera: Guest, path: str) -> None:
    """The browser itself makes the address of what it is given, as of a link."""
    with vera.page.expect_navigation():
        vera.page.evaluate(f"location.href = {json.dumps(path)}")


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("?path=C:\\tea", "/?path=C:%5Ctea"),
        ("?q=\ud83c", "/?q=%EF%BF%BD"),
        ("?q=<b>'\"`{}|^[]", "/?q=%3Cb%3E%27%22`{}|^[]"),
        ("#access_token=secret", "/"),
        ("?utm_source=letter&id=7&gclid=1#top", "/?id=7"),
    ],
)
def test_what_the_browser_has_is_told_and_is_one_page(house: Inside, vera: Guest, path: str, address: str) -> None:
    vera.opens("missing")
    goes(vera, f"/{path}")
    until(lambda: bool(vera.stored()), what="the visitor's key")
    tells(house, vera, address)
    expect(vera.button("Leave a message")).to_be_visible()


def test_half_an_emoji_at_the_cut_of_a_title_is_no_half(house: Inside, vera: Guest) -> None:
    vera.comes("long")
    until(lambda: bool(pages(house, vera)), what="the page")
    (page,) = pages(house, vera)
    assert page.title == "x" * 299 + "🍵"
    vera.page.evaluate("document.title = 'y'.repeat(299) + '\\ud83c'; Parlour.update()")
    until(lambda: len(pages(house, vera)) == 2, what="the page")
    assert pages(house, vera)[1].title == "y" * 299


def test_no_fragment_is_told_at_load_or_at_a_step(house: Inside, vera: Guest) -> None:
    vera.comes("#/one")
    tells(house, vera, "/")
    for step in (
        "location.hash = '/two'",
        "history.pushState(0, '', '#/three')",
        "history.pushState(0, '', '?a=1#/four')",
    ):
        vera.page.evaluate(step)
    tells(house, vera, "/", "/?a=1")


def test_a_site_that_routes_by_fragments_tells_them_at_load_and_at_steps(house: Inside, vera: Guest) -> None:
    vera.comes("routed#/one")
    tells(house, vera, "/routed#/one")
    vera.page.evaluate("location.hash = '/two'")
    tells(house, vera, "/routed#/one", "/routed#/two")
    vera.page.evaluate("history.pushState(0, '', '#/three')")
    tells(house, vera, "/routed#/one", "/routed#/two", "/routed#/three")
    vera.page.evaluate("history.back()")
    tells(house, vera, "/routed#/one", "/routed#/two", "/routed#/three", "/routed#/two")


def test_parameters_that_a_site_names_never_leave_the_page(house: Inside, vera: Guest) -> None:
    sent: list[str] = []
    vera.page.on(
        "websocket",
        lambda socket: socket.on(
            "framesent", lambda frame: sent.append(str(frame)) if "/ws/page" in socket.url else None
        ),
    )
    vera.opens("missing?token=s3cret-1")
    goes(vera, "/discreet?a=1&Token=s3cret-2&user%5Bmail%5D=s3cret-3#s3cret-4")
    until(lambda: bool(vera.stored()), what="the visitor's key")
    tells(house, vera, "/discreet?a=1")
    vera.page.evaluate("history.pushState(0, '', '?token=s3cret-5')")
    tells(house, vera, "/discreet?a=1", "/discreet")
    vera.page.evaluate("history.replaceState(0, '', '?token=s3cret-6')")  # the same page
    goes(vera, "/both?token=s3cret-7#/x?token=s3cret-8&b=2")
    tells(house, vera, "/discreet?a=1", "/discreet", "/both#/x?b=2")
    assert any("discreet" in frame for frame in sent)
    assert not any("s3cret" in frame for frame in sent)
    visit = house.visit(vera.visitor)
    assert visit is not None
    assert visit.referrer == f"{house.site}/missing"
