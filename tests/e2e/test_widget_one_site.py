"""One person on several origins of a site, in a Chromium with names of its own: one visitor, one conversation.

Its storage is parted by site as every browser's is, which Playwright would switch off.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, expect

from engine.commands import Done, SetPart
from engine.door.requests import Administer
from engine.events import SiteId
from engine.events.parts import Site
from engine.ids import draw_id
from tests.browser import CHROMIUM, FLAGS
from tests.e2e.inside import KEY, PLAIN, AtTheDoor, Guest, Inside, SitePage
from tests.e2e.test_old_client import Updates, back, updates
from tests.parlour.whole import until

__all__ = ["updates"]
pytestmark = pytest.mark.e2e
WWW, HELP, OTHER = "www.shop.test", "help.shop.test", "www.other.test"
SHOP_UK, HELP_UK, OTHER_UK = "shop.co.uk", "help.shop.co.uk", "other.co.uk"  # co.uk is nobody's own domain
HOSTS = (WWW, HELP, OTHER, SHOP_UK, HELP_UK, OTHER_UK)


@pytest.fixture(scope="module")
def names(chromium: Browser) -> Iterator[Browser]:
    """A browser in which all of the names are this machine."""
    rules = ",".join(f"MAP {host} 127.0.0.1" for host in HOSTS)
    flags = [flag.replace("ThirdPartyStoragePartitioning,", "") for flag in FLAGS]
    assert flags != FLAGS
    flags.append(f"--host-resolver-rules={rules}")
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=flags)
    yield browser
    browser.close()


def at(house: Inside, host: str) -> str:
    """The site's origin under a name."""
    return f"http://{host}:{urlsplit(house.site).port}"


def embed(house: Inside) -> None:
    """Let the site's pages be embedded under all names, and two of them by another site of ours."""
    tea = next(one for one in house.running.house.views.directory.sites.values() if one.key == KEY)
    origins = tuple(at(house, host) for host in HOSTS)
    coffee = Site(id=SiteId(draw_id()), key="coffee", name="Coffee", origins=origins)
    wider = SetPart(part=replace(tea, origins=(*tea.origins, *origins)), rests_on=1)
    for command in (wider, SetPart(part=coffee)):
        said = house.run(house.running.house.door.ask(Administer(command=command)))
        assert isinstance(said, Done), said
    tag = '<script async src="{origin}/widget.js" data-site="coffee"></script>'
    house.pages["coffee"] = SitePage(html=PLAIN.replace("{tag}", tag))


@pytest.fixture
def house(house: Inside) -> Inside:
    if "coffee" not in house.pages:
        embed(house)
    return house


@pytest.fixture
def vera(house: Inside, names: Browser) -> Iterator[Guest]:
    visitor = Guest(names, house)
    yield visitor
    visitor.leaves()
    assert not visitor.problems


def goes(vera: Guest, house: Inside, host: str, path: str = "") -> Guest:
    """Open the site's page under a name, and be known."""
    vera.page.goto(f"{at(house, host)}/{path}")
    if not path:
        until(lambda: bool(vera.stored()), what="the visitor's key")
    return vera


@pytest.mark.parametrize(("first", "second"), [(WWW, HELP), (HELP_UK, SHOP_UK)])
def test_who_goes_between_origins_of_a_site_is_one_visitor_with_one_conversation(
    house: Inside, ann: AtTheDoor, vera: Guest, first: str, second: str
) -> None:
    goes(vera, house, first).in_chat(ann)
    vera.writes("from the first")
    vera.chat.get_by_role("textbox", name="Message", exact=True).fill("a draft")
    goes(vera, house, second)
    vera.sees("from the first")
    expect(vera.chat.get_by_role("textbox", name="Message", exact=True)).to_have_value("a draft")
    ann.says("to the second")
    vera.sees("to the second")
    vera.writes("from the second")
    goes(vera, house, first)
    vera.sees("from the second")
    ann.says("to the first")
    vera.sees("to the first")
    assert len(house.visitors) == 1
    assert len(house.conversations) == 1


def test_two_tabs_on_two_origins_show_the_same_at_the_same_time(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    goes(vera, house, WWW).in_chat(ann)
    page = vera.context.new_page()
    page.goto(at(house, HELP))
    log = page.frame_locator("iframe").get_by_role("log", name="Conversation", exact=True)
    for text in ("one", "two"):
        vera.writes(text)
        expect(log.get_by_text(text, exact=True)).to_be_visible()
    ann.says("to both")
    for one in (vera.log, log):
        expect(one.get_by_text("to both", exact=True)).to_be_visible()
    assert len(house.visitors) == 1


@pytest.mark.parametrize(("first", "second"), [(WWW, OTHER), (SHOP_UK, OTHER_UK)])
def test_pages_that_share_no_domain_stay_apart_and_one_ends_nothing_of_the_other(
    house: Inside, ann: AtTheDoor, vera: Guest, first: str, second: str
) -> None:
    goes(vera, house, first).in_chat(ann)
    vera.writes("only here")
    here = vera.visitor
    goes(vera, house, second)
    vera.button("Click for Live Help").click()
    expect(vera.dialog("Start communication")).to_be_visible()
    assert vera.visitor != here
    goes(vera, house, first)
    vera.sees("only here")
    assert vera.visitor == here


def test_two_sites_of_ours_on_one_domain_stay_apart(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    goes(vera, house, WWW).in_chat(ann)
    vera.writes("only to the first")
    goes(vera, house, HELP, "coffee")
    vera.button("Click for Live Help").click()
    expect(vera.dialog("Start communication")).to_be_visible()
    until(lambda: len(house.visitors) == 2, what="the other site's visitor")
    goes(vera, house, HELP)
    vera.sees("only to the first")
    assert {one.site for one in house.visitors.values()} >= {house.conversations[house.conversation()].site}


def test_the_cookie_is_the_whole_domains_and_gone_after_a_shutdown(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    house.pages["consent"] = SitePage(attributes='data-consent="required"')
    goes(vera, house, WWW, "consent")
    expect(vera.button("Click for Live Help")).to_be_visible()
    assert vera.context.cookies() == []
    vera.page.evaluate("Parlour.consent()")
    until(lambda: bool(vera.stored()), what="the key")
    (cookie,) = vera.context.cookies()
    assert (cookie["name"], cookie["domain"], cookie["sameSite"]) == (f"parlour.visitor.{KEY}", ".shop.test", "Lax")
    assert vera.page.evaluate("localStorage.length") == 0
    first = vera.visitor
    goes(vera, house, HELP)
    assert vera.visitor == first
    vera.page.evaluate("Parlour.shutdown()")
    until(lambda: vera.context.cookies() == [], what="the end")
    goes(vera, house, WWW)
    assert vera.visitor != first


@pytest.mark.parametrize("after", [(HELP, WWW), (WWW, HELP)])
def test_two_visitors_of_before_an_update_end_as_one_with_the_conversation_that_is_open(
    updates: Updates, names: Browser, after: tuple[str, str]
) -> None:
    house = updates.starts(old=True, hosts=HOSTS)
    embed(house)
    ann = house.operator("ann")
    vera = Guest(names, house)
    goes(vera, house, HELP)
    there = vera.visitor
    goes(vera, house, WWW).in_chat(ann)
    here, talk = vera.visitor, house.conversation()
    assert here != there
    vera.writes("before the update")
    vera.sees("before the update")
    updates.ends()
    house = updates.starts(old=False)
    ann = back(house)
    for host in after:
        goes(vera, house, host)
        if host == HELP and after[0] == HELP:  # the first page is the one that never knew of it
            vera.button("Click for Live Help").click()
        vera.sees("before the update")
    ann.says("after it")
    vera.sees("after it")
    vera.writes("and on")
    vera.sees("and on")
    assert vera.visitor == here
    assert [*house.conversations] == [talk]
    vera.leaves()
    assert not vera.problems
