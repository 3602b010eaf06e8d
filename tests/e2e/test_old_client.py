"""The widget's client of 2ad0367 in real Chromium against the house of today: windows open across an update go on.

The house serves its own sockets and `/leave`; scripts, sheets, texts and the window's document are those of
`tests/golden/widget_client`, as a browser has them that loaded them before.
"""

import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from tornado.web import RequestHandler

from engine.views import ConversationEntries
from tests.e2e.inside import AtTheDoor, Guest, Inside, inside
from tests.golden.files import HERE
from tests.parlour.whole import free_port, until
from tests.running import session_of

pytestmark = pytest.mark.e2e
OLD = HERE / "widget_client"
TYPES = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".html": "text/html"}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:"


class OldFile(RequestHandler):
    """A file of the old client, for pages of every site."""

    def initialize(self, hosts: tuple[str, ...] = ()) -> None:
        """Let it be embedded at other names of the site, too."""
        self._hosts = hosts

    def get(self, name: str) -> None:
        """Answer with it; the window's document with its languages and origins."""
        if name == "chat":
            self.set_header("Content-Security-Policy", POLICY)
        path = OLD / {"widget.js": "loader.js", "chat": "chat.html", "texts/en.json": "texts.json"}.get(name, name)
        text = path.read_text(encoding="utf-8")
        site: str = self.settings["site"]
        origins = json.dumps([site, *(site.replace("localhost", host) for host in self._hosts)])
        for key, value in {"lang": "en", "dir": "ltr", "origins": origins}.items():
            text = text.replace("{{" + key + "}}", html.escape(value))
        self.set_header("Content-Type", f"{TYPES[path.suffix]}; charset=utf-8")
        self.set_header("Access-Control-Allow-Origin", "*")
        self.set_header("Cross-Origin-Resource-Policy", "cross-origin")
        self.write(text)


def old_routes(hosts: tuple[str, ...]) -> tuple[tuple[Any, ...], ...]:
    """The routes of the old client's files."""
    more = {"hosts": hosts}
    return ((r"/(widget\.js|chat)", OldFile, more), (r"/widget/(texts/en\.json|.+\.(?:js|css))", OldFile, more))


class Updates:
    """A data folder and its ports, where a house with the old client or its own is started again and again."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, free_port()
        self._open: Any = None

    def starts(self, *, old: bool, hosts: tuple[str, ...] = ()) -> Inside:
        """Start the house, after the one before it has ended."""
        self.ends()
        ahead = old_routes(hosts) if old else ()
        self._open = inside(self._folder, port=self._port, site_port=self._port + 1, ahead=ahead)
        house: Inside = self._open.__enter__()
        return house

    def ends(self) -> None:
        """End the house."""
        if self._open is not None:
            self._open.__exit__(None, None, None)
            self._open = None


@pytest.fixture
def updates(tmp_path: Path) -> Iterator[Updates]:
    houses = Updates(tmp_path)
    yield houses
    houses.ends()


@pytest.fixture
def house(updates: Updates) -> Inside:
    return updates.starts(old=True)


@pytest.fixture
def ann(house: Inside) -> AtTheDoor:
    return house.operator("ann")


@pytest.fixture
def vera(house: Inside, chromium: Browser) -> Iterator[Guest]:
    """A visitor whose page runs the old client, and has no problem with it."""
    visitor = Guest(chromium, house)
    script = visitor.page.request.get(f"{house.origin}/widget.js").text()
    assert script == (OLD / "loader.js").read_text()
    yield visitor
    visitor.leaves()
    assert not visitor.problems


def back(house: Inside) -> AtTheDoor:
    """Ann, whose tab comes back to a house that was started again."""
    session = house.run(session_of(house.running.house.door, "ann"))
    return AtTheDoor(house, session, "ann").arrives()


def typing_heard(house: Inside, session: str) -> list[str]:
    """Who the dashboard hears typing in the conversation, from now on."""
    heard: list[str] = []

    async def listen() -> None:
        frames = house.running.house.door.watch(ConversationEntries(conversation=house.conversation()), session=session)
        frames.subscribe(lambda frame: heard.append(json.loads(bytes(frame.body)).get("typing", "")))

    house.run(listen())
    until(lambda: bool(heard), what="what was said before")
    return heard


def said(vera: Guest) -> list[str]:
    """What stands in the log's bubbles."""
    texts: list[str] = vera.log.locator(".bubble").all_inner_texts()
    return texts


def test_a_chat_from_its_request_to_its_end(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    vera.comes().in_chat(ann)
    chat = house.conversation()
    heard = typing_heard(house, ann.session)
    vera.writes("Where is my parcel? https://shop.test/4711")
    own = vera.log.get_by_role("article").filter(has_text="parcel")
    expect(own.get_by_text("Sent", exact=True)).to_have_count(1)
    expect(own.get_by_role("link", name="https://shop.test/4711")).to_have_count(1)
    ann.reads(99)
    expect(own.get_by_text("Seen", exact=True)).to_have_count(1)
    until(lambda: "visitor" in heard, what="the visitor's typing")
    ann.types()
    expect(vera.chat.get_by_text("Ann is typing…")).to_be_visible()
    ann.says("On its way")
    vera.sees("On its way")
    until(lambda: not house.conversations[chat].unseen.by_visitor, what="what the visitor has seen")
    ann.holds()
    expect(vera.chat.get_by_role("button", name="Send", exact=True)).to_have_count(0)
    expect(vera.chat.get_by_text("Ann has suspended the chat.")).to_be_visible()
    ann.resumes()
    vera.writes("Thanks")
    vera.page.reload()
    expect(vera.dialog("Chat with operator")).to_be_visible()
    ann.says("You are welcome")
    vera.sees("You are welcome")
    assert said(vera) == ["Where is my parcel? https://shop.test/4711", "On its way", "Thanks", "You are welcome"]
    assert [*house.conversations] == [chat]
    vera.chat.get_by_role("button", name="End chat", exact=True).click()
    expect(vera.chat.get_by_text("Chat ended", exact=True)).to_be_visible()
    assert house.conversations[chat].state == "ended"


def test_a_message_is_left_where_nobody_is(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    ann.switches(on=False)
    vera.comes()
    vera.button("Leave a message").click()
    form = vera.dialog("Leave a message")
    form.get_by_role("textbox", name="E-mail", exact=True).fill("vera@example.org")
    form.get_by_role("textbox", name="Message", exact=True).fill("Call me")
    form.get_by_role("button", name="Send", exact=True).click()
    expect(vera.chat.get_by_text("Thank you! Your message has arrived.")).to_be_visible()
    assert house.conversations[house.conversation()].state == "left"


def test_an_invitation_is_taken_and_another_refused(house: Inside, ann: AtTheDoor, vera: Guest) -> None:
    vera.comes()
    ann.invites(vera.visitor, "May I help?")
    expect(vera.dialog("Can we help?").get_by_text("May I help?", exact=True)).to_be_visible()
    vera.chat.get_by_role("button", name="Start Chat", exact=True).press("Escape")
    until(lambda: house.conversations[house.conversation()].state == "refused", what="the refusal")
    ann.invites(vera.visitor, "And now?")
    expect(vera.dialog("Can we help?").get_by_text("And now?", exact=True)).to_be_visible()
    vera.chat.get_by_role("button", name="Start Chat", exact=True).click()
    vera.dialog("Open chat with operator").get_by_role("button", name="Text chat", exact=True).click()
    expect(vera.dialog("Chat with operator")).to_be_visible()
    vera.writes("Yes, please")
    ann.says("Gladly")
    vera.sees("Gladly")
    vera.sees("And now?")


def test_a_window_open_across_an_update_goes_on_and_its_page_reloaded_too(
    updates: Updates, house: Inside, ann: AtTheDoor, vera: Guest
) -> None:
    vera.comes().in_chat(ann)
    chat = house.conversation()
    vera.writes("before")
    ann.says("before, too")
    vera.sees("before, too")
    updates.ends()
    vera.writes("meanwhile")
    house = updates.starts(old=False)
    ann = back(house)
    expect(vera.log.get_by_text("Sent", exact=True)).to_have_count(2, timeout=20_000)
    ann.says("after")
    vera.sees("after")
    vera.writes("after, too")
    expect(vera.log.get_by_text("Sent", exact=True)).to_have_count(3)
    every = ["before", "before, too", "meanwhile", "after", "after, too"]
    assert said(vera) == every
    vera.page.reload()  # now the client is today's, and what the old one stored is its own
    expect(vera.dialog("Chat with operator")).to_be_visible()
    vera.sees("after, too")
    assert said(vera) == every
    assert [*house.conversations] == [chat]
    vera.writes("and on")
    ann.ends()
    expect(vera.chat.get_by_text("Chat ended", exact=True)).to_be_visible()


def test_a_page_open_across_an_update_opens_the_new_window(updates: Updates, house: Inside, vera: Guest) -> None:
    vera.comes()  # with the old loader; the rest of its scripts and the window come after the update
    updates.ends()
    house = updates.starts(old=False)
    house.run(house.running.person("ann"))
    ann = back(house)
    expect(vera.button("Click for Live Help")).to_be_visible(timeout=20_000)
    vera.in_chat(ann)
    vera.writes("Hello")
    ann.says("Hello, too")
    vera.sees("Hello, too")
