"""The dashboard's screens and dialogs in every state, from a house in here: quiet, busy, on hold, offline, refused.

They are pictures to be looked at (build/pictures), made by `docs.make_pictures` together with those of the demo.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Locator, Page

from tests.dashboard.house import House
from tests.dashboard.people import Guest
from tests.dashboard.running import Running, open_signed_in

PAGES = (
    ("Small tent, 2 persons", "http://127.0.0.1:8443/tents/small"),
    ("Cart", "http://127.0.0.1:8443/cart"),
    ("How long does the delivery take to the islands, and what does it cost?", "http://127.0.0.1:8443/help/delivery"),
)
BEFORE = timedelta(minutes=71)  # in which all that is seen has happened
LONG = "My order 4711 came without the pegs. " * 12
LINK = "Does the small tent fit into hand luggage? https://www.example.org/rules"
SEARCH = "https://www.search.example/?q=tents"


class Busy(NamedTuple):
    """Who does something later: somebody new, who will ask for help, and somebody on hold, who will end the chat."""

    new: Guest
    tom: Guest


async def busy(house: House) -> Busy:
    """A house in which everything is to be seen, after more than an hour of work; who may ring, and who may end."""
    await house.set("visitor_grace", 3_600)
    sam = await come(house, "Sam", 0)
    mona = await house.comes("Mona")
    await mona.leaves(LONG)
    await house.bob.arrives()
    await house.bob.marks(mona.talk, "answered")
    vera = await come(house, "Vera", 1, referrer=SEARCH)
    await vera.leaves()
    await house.passes(3_600)
    await sam.sleeps()
    await invite(house)
    tom = await serve(house, vera)
    nora = await come(house, "Nora", 2)
    await nora.asks()
    await house.bob.accepts(nora)
    await house.passes(200)
    await queue(house)
    await house.bob.goes()
    await full(house)
    await vera.writes("Great, thank you!")
    iris = await come(house, "Iris", 0)
    await house.ann.invites(iris)
    await (await come(house, "Lou", 1)).is_lost()
    await house.passes(30)
    new = await come(house, None, 2, referrer=SEARCH)
    house.ahead = timedelta()
    await house.passes(0)
    return Busy(new=new, tom=tom)


async def come(house: House, name: str | None, page: int, **more: str) -> Guest:
    """A visitor comes to one of the pages, by way of the one before."""
    guest = Guest(house, name)
    for title, address in (PAGES[page - 1], PAGES[page]):
        await guest.views(address, title, **more)
    if name:
        await guest.is_known(name)
    return guest


async def invite(house: House) -> None:
    """Somebody refuses, somebody lets it run out."""
    rolf, eva = await come(house, "Rolf", 0), await come(house, "Eva", 1, device="phone")
    await house.bob.invites(eva)
    await house.passes(300)
    await house.bob.invites(rolf)
    await rolf.refuses()


async def serve(house: House, vera: Guest) -> Guest:
    """Two chats of Ann's: one goes on, one is on hold."""
    ann, tom = house.ann, await come(house, "Tom", 1)
    await tom.is_known("Tom", user="4712", email="tom@example.org", verified=True)
    await tom.asks()
    await ann.accepts(tom)
    await tom.writes("Where is my parcel?")
    await ann.holds(tom)
    await vera.is_known("Vera Muster", user="4711", email="vera@example.org")
    await vera.does("cart filled", sum=89, currency="EUR")
    await vera.asks()
    await ann.accepts(vera)
    await vera.writes(LINK)
    await ann.writes(vera, "Hello Vera. Rolled up it is 38 cm long, so yes.")
    await vera.sees(house.desk.conversations[vera.talk].number)
    await ann.holds(vera)
    await ann.resumes(vera)
    await ann.writes(vera, "There is a bag with it, too.")
    return tom


async def queue(house: House) -> None:
    """Somebody with a long name waits, as nobody has answered."""
    await house.bob.switches(on=True)
    quentin = await come(house, "Quentin Featherstonehaugh-Cholmondeley the Younger", 2)
    await quentin.asks()
    await house.passes(31)


async def full(house: House) -> None:
    """Bob comes back, and has as many chats as he may have."""
    await house.bob.arrives()
    for name in ("Kim", "Lee", "Max", "Pat"):
        await house.bob.accepts(await house.asks(name))
    await house.bob.switches(on=True)


async def wrap_up(house: House, tom: Guest) -> None:
    """Ann rests after a chat."""
    await house.set("wrap_up", 600)
    await tom.ends()
    await house.passes(6)


Look = Callable[[Page, str], None]  # what is done with a screen, by its name


@contextmanager
def tab(browser: Browser, running: Running, options: dict[str, Any]) -> Iterator[Page]:
    """Ann's tab."""
    context = browser.new_context(**options)
    page = context.new_page()
    open_signed_in(page, running)
    yield page
    context.close()


def show_states(browser: Browser, options: dict[str, Any], look: Look) -> None:
    """Look at every state, in one size and theme."""
    with Running(House(ahead=-BEFORE)) as running:
        doorstep(browser, running, options, look)
        with tab(browser, running, options) as page:
            sections(page, "empty", look)
            who = running.at(busy)
            sections(page, "busy", look)
            people(page, look)
            dialogs(page, running, who, look)
            running.do(lambda house: setattr(house.door, "up", False))
            look(page, "offline")
            page.goto(f"{running.base}/app/")
            look(page, "away")
            running.do(lambda house: setattr(house.door, "up", True))


def doorstep(browser: Browser, running: Running, options: dict[str, Any], look: Look) -> None:
    """Before the dashboard: sign-in and the first password."""
    context = browser.new_context(**options)
    page = context.new_page()
    page.goto(f"{running.base}/app/login")
    look(page, "sign-in")
    page.get_by_role("textbox", name="Login").fill("ann")
    page.get_by_role("textbox", name="Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    look(page, "sign-in-refused")
    page.goto(f"{running.base}/app/setup#code")
    look(page, "set-up")
    context.close()


def sections(page: Page, state: str, look: Look) -> None:
    """The four sections."""
    for name in ("Site Monitor", "Communication Overview", "Visitors List", "Reports"):
        page.get_by_role("navigation").get_by_role("link", name=name).click()
        look(page, f"{name.split()[0].lower()}-{state}")


def people(page: Page, look: Look) -> None:
    """Open profiles, chats, left messages."""
    page.get_by_role("link", name="Communication Overview").first.click()
    mine = page.get_by_role("region", name="My Communication")
    mine.get_by_text("Vera").click()
    look(page, "chat")
    for name in ("General", "Messages"):
        page.get_by_role("tab", name=name).locator("visible=true").click()
        look(page, f"profile-{name.lower()}")
    page.get_by_role("list", name="Open profiles").get_by_role("link", name="Tom").click()
    look(page, "on-hold")


def _in_sight(page: Page, text: str) -> Locator:
    """A badge with a text; on a phone it may be further down, and comes into the document by scrolling."""
    badge = page.get_by_role("listitem").filter(has_text=text)
    page.get_by_role("list", name="Visitors now").hover(position={"x": 20, "y": 20})
    for _ in range(40):
        if badge.count():
            break
        page.mouse.wheel(0, 150)
        page.wait_for_timeout(50)
    return badge


def dialogs(page: Page, running: Running, who: Busy, look: Look) -> None:
    """Menus and dialogs."""
    page.get_by_role("button", name="Main menu").click()
    look(page, "main-menu")
    page.get_by_role("menuitem", name="Keyboard").click()
    look(page, "keyboard")
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+1")
    badge = _in_sight(page, "expired")
    badge.get_by_role("button", name="Actions").click()
    look(page, "badge-menu")
    page.get_by_role("menuitem", name="Engage in communication").click()
    look(page, "invitation")
    page.get_by_role("button", name="Cancel").click()
    page.keyboard.press("Alt+2")
    row = page.get_by_role("region", name="Communication Queue").get_by_role("listitem").filter(has_text="Quentin")
    row.get_by_role("button", name="Actions").click()
    look(page, "queue-menu")
    page.get_by_role("menuitem", name="Why?").click()
    look(page, "why")
    page.keyboard.press("Escape")
    page.get_by_role("switch", name="Live Help").click()
    running.at(lambda _house: who.new.asks())  # who waits is offered already
    page.get_by_role("button", name="Test my bell").click()
    look(page, "rings")
    running.at(lambda house: wrap_up(house, who.tom))
    look(page, "wrap-up")
