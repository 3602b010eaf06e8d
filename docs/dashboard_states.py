"""The dashboard's screens and dialogs in every state, from an invented house: quiet, busy, on hold, offline, refused.

They are pictures to be looked at (build/pictures), made by `docs.make_pictures` together with those of the demo.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Browser, Page

from engine.story import Step
from tests.dashboard.fake_door import FakeDoor
from tests.dashboard.rows import (
    message_row,
    mine_row,
    operator_row,
    overview_value,
    queue_row,
    ring_row,
    visit_value,
    visitor_row,
    waiting_value,
)
from tests.dashboard.running import Running, open_signed_in

PAGES = (
    ("Small tent, 2 persons", "http://127.0.0.1:8443/tents/small"),
    ("Cart", "http://127.0.0.1:8443/cart"),
    ("How long does the delivery take to the islands, and what does it cost?", "http://127.0.0.1:8443/help/delivery"),
)


def ago(**span: float) -> str:
    """A time in the past as main writes it."""
    return (datetime.now(UTC) - timedelta(**span)).isoformat().replace("+00:00", "Z")


def busy(house: FakeDoor) -> None:
    """A house in which everything is to be seen."""
    people: dict[str, dict[str, Any]] = {
        "vera": {"name": "Vera", "state": "active", "operator": "Ann", "visits": 3, "messages": 1},
        "tom": {"name": "Tom", "state": "on-hold", "operator": "Ann"},
        "quentin": {"name": "Quentin Featherstonehaugh-Cholmondeley the Younger", "state": "queued"},
        "iris": {"invitation": {"state": "invited", "by": "Ann", "at": ago(seconds=20)}, "state": "invited"},
        "rolf": {"invitation": {"state": "refused", "by": "Bob", "at": ago(minutes=3)}, "referrer": None},
        "eva": {"invitation": {"state": "expired", "by": "Bob", "at": ago(minutes=9)}, "device": "phone"},
        "sam": {"asleep": True, "visits": 12, "since": ago(hours=1.2)},
        "lou": {"here": False, "name": "Lou"},
        "new": {"since": ago(seconds=8), "referrer": "https://www.search.example/?q=tents"},
    }
    for n, (visitor, more) in enumerate(people.items()):
        title, address = PAGES[n % 3]
        seen = {"title": title, "address": address, "since": ago(minutes=2 * n + 1), **more}
        house.put("visitors", visitor_row(visitor, **seen))
        house.value("visit", visit_of(visitor, more), key=visitor)
    talk(house)
    house.put("queue", queue_row("c3", "quentin", name=people["quentin"]["name"], since=ago(minutes=2.2), place=2))
    house.put("queue", queue_row("c4", "lost", name="Nora", since=ago(seconds=40), reason="operator-lost", place=1))
    house.put("messages", message_row("m1", "vera", name="Vera", at=ago(hours=3)))
    long = "My order 4711 came without the pegs. " * 12
    house.put("messages", message_row("m2", "mona", name="Mona", text=long, at=ago(days=2), state="answered", by="Bob"))
    house.put("operators", operator_row(house.people["bob"], state="full", live_help=True, chats=4))
    figures = {"on_site": 9, "asleep": 1, "waiting": 2, "longest_since": ago(minutes=2.2), "in_chat": 5, "on_hold": 1}
    house.value("overview", overview_value(**figures, invited=1, left_open=1))
    house.value("waiting_times", waiting_value(waiting=2, longest_since=ago(minutes=2.2), median_s=21.0, answered=14))
    house.value("first_responses", {"median_s": 8.4, "p95_s": 31.0, "count": 14})
    house.value("visits_a_minute", {"minutes": [n % 7 for n in range(60)], "ends": ago(), "on_site": 9, "hour": 118})
    pages = [
        {"address": address, "title": title, "now": 4 - n, "views": 40 - 9 * n}
        for n, (title, address) in enumerate(PAGES)
    ]
    house.value("top_pages", {"pages": pages})


def visit_of(visitor: str, more: dict[str, Any]) -> dict[str, Any]:
    """The visit behind a badge."""
    given = {"vera": "c1", "tom": "c2", "quentin": "c3"}
    pages = [{"address": address, "title": title, "at": ago(minutes=9 - n)} for n, (title, address) in enumerate(PAGES)]
    actions = [{"name": "cart filled", "parameters": [["sum", "89"], ["currency", "EUR"]], "at": ago(minutes=3)}]
    identity = {"user": "4711", "name": "Vera Muster", "email": "vera@example.org", "verified": visitor != "vera"}
    return visit_value(
        visitor, name=more.get("name"), visits=more.get("visits", 1), conversation=given.get(visitor), pages=pages,
        actions=actions if visitor == "vera" else [], identity=identity if visitor in ("vera", "tom") else None,
        referrer="https://www.search.example/?q=tents", since=ago(minutes=9), state=more.get("state"),
    )  # fmt: skip


def talk(house: FakeDoor) -> None:
    """Two chats of Ann's: one goes on, one is on hold."""
    ann: dict[str, Any] = {"author": "operator", "operator": "Ann"}
    vera: dict[str, Any] = {"author": "visitor"}
    house.tell("c1", "asked", "routing")
    house.tell("c1", "offered", "routing", operators=["Ann", "Bob"])
    house.tell("c1", "accepted", "active", operator="Ann")
    link = [
        {"text": "Does the small tent fit into hand luggage? "},
        {"text": "https://www.example.org/rules", "href": "https://www.example.org/rules"},
    ]
    house.tell("c1", "message", "active", **vera, spans=link)
    house.tell("c1", "message", "active", **ann, spans=[{"text": "Hello Vera. Rolled up it is 38 cm long, so yes."}])
    house.tell("c1", "seen", "active", **vera, upto=5)
    house.tell("c1", "held", "on-hold", **ann)
    house.tell("c1", "resumed", "active", **ann)
    house.tell("c1", "message", "active", **ann, spans=[{"text": "There is a bag with it, too."}])
    house.tell("c1", "message", "active", **vera, spans=[{"text": "Great, thank you!"}])
    last = {"author": "visitor", "text": "Great, thank you!", "at": ago(seconds=70)}
    house.put(
        "mine", mine_row("c1", "vera", name="Vera", waiting_since=ago(seconds=70), last=last, unread=1, number=10)
    )
    house.tell("c2", "asked", "routing")
    house.tell("c2", "accepted", "active", operator="Ann")
    house.tell("c2", "message", "active", **vera, spans=[{"text": "Where is my parcel?"}])
    house.tell("c2", "held", "on-hold", **ann)
    said = {"author": "visitor", "text": "Where is my parcel?", "at": ago(minutes=4)}
    house.put("mine", mine_row("c2", "tom", name="Tom", state="on-hold", last=said, number=4))
    house.tell("c3", "asked", "routing")
    house.tell("c3", "queued", "queued", reason="timeout")
    left = {"name": "Vera", "email": "vera@example.org", "subject": "Parcel"}
    house.tell("m1", "left", "left", **vera, left=left, spans=[{"text": "Where is my parcel?"}])
    house.stories["c3"] = story()


def story() -> tuple[Step, ...]:
    """Why somebody waits."""
    steps: tuple[tuple[str, dict[str, str], int | None], ...] = (
        ("asked", {"department": "Support"}, None),
        ("rings", {"operator": "Ann, Bob"}, 0),
        ("declined", {"operator": "Ann"}, None),
        ("timed-out", {"operator": "Bob"}, 1),
        ("queued.timeout", {}, 3),
    )
    began = datetime.now(UTC) - timedelta(minutes=3)
    return tuple(
        Step(at=began + timedelta(seconds=11 * n), key=f"story.{key}", values=values, cause=cause)
        for n, (key, values, cause) in enumerate(steps)
    )


def wrap_up(house: FakeDoor) -> None:
    """Ann rests after a chat."""
    soon = ago(seconds=-25)
    house.put("operators", operator_row(house.people["ann"], state="wrap-up", live_help=True, wrap_up_until=soon))


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
    with Running(FakeDoor()) as running:
        doorstep(browser, running, options, look)
        with tab(browser, running, options) as page:
            sections(page, "empty", look)
            running.at(busy)
            sections(page, "busy", look)
            people(page, look)
            dialogs(page, running, look)
            running.at(lambda house: setattr(house, "up", False))
            look(page, "offline")
            page.goto(f"{running.base}/app/")
            look(page, "away")
            running.at(lambda house: setattr(house, "up", True))


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


def dialogs(page: Page, running: Running, look: Look) -> None:
    """Menus and dialogs."""
    page.get_by_role("button", name="Main menu").click()
    look(page, "main-menu")
    page.get_by_role("menuitem", name="Keyboard").click()
    look(page, "keyboard")
    page.keyboard.press("Escape")
    page.get_by_role("navigation").get_by_role("link", name="Site Monitor").click()
    badge = page.get_by_role("listitem").filter(has_text="expired")
    badge.get_by_role("button", name="Actions").click()
    look(page, "badge-menu")
    page.get_by_role("menuitem", name="Engage in communication").click()
    look(page, "invitation")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("navigation").get_by_role("link", name="Communication Overview").click()
    row = page.get_by_role("region", name="Communication Queue").get_by_role("listitem").filter(has_text="Quentin")
    row.get_by_role("button", name="Actions").click()
    look(page, "queue-menu")
    page.get_by_role("menuitem", name="Why?").click()
    look(page, "why")
    page.keyboard.press("Escape")
    page.get_by_role("switch", name="Live Help").click()
    running.at(lambda house: house.put("rings", ring_row("r1", "new", title=PAGES[0][0], since=ago(seconds=12))))
    running.at(lambda house: house.put("rings", ring_row("r2", "eva", name="Eva", policy="queue")))
    page.get_by_role("button", name="Test my bell").click()
    look(page, "rings")
    running.at(lambda house: house.drop("rings", "r1", "r2"))
    running.at(wrap_up)
    look(page, "wrap-up")
