"""A house inside the test, in a thread of its own, with a site whose pages the test writes, and operators at its door.

Chromium is driven from the test's thread; whatever happens in the house is asked for from there and waited for.
"""

import asyncio
import threading
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import asdict, replace
from playwright.sync_api import Browser, Page, expect
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

from engine.commands import (
    AcceptRequest,
    Act,
    DeclineRequest,
    Done,
    EndConversation,
    HoldChat,
    InviteVisitor,
    ResumeChat,
    SeeMessages,
    SetPart,
    SwitchLiveHelp,
    TakeBackInvitation,
    Type,
    WriteMessage,
)
from engine.desk.state import Conversation
from engine.door.requests import Administer, AskHouse
from engine.events import ConversationId, SiteId, VisitorId
from engine.events.parts import Site
from engine.ids import draw_id
from engine.settings import DEFAULTS
from engine.streams.folds.presence import Visit
from tests.e2e.people import Person, Visitor
from tests.parlour.whole import until
from tests.running import Running, running

T = TypeVar("T")
KEY = "inside"
DEADLINE_S = 15.0
STORED = """name => document.cookie.split('; ').find(each => each.startsWith(name + '='))?.slice(name.length + 1)
    .split('~')[0] ?? localStorage[name] ?? localStorage['parlour.visitor'] ?? ''"""
PLAIN = (
    "<!doctype html><html lang=en><head><title>Tea</title>"
    '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
    "<body><main><h1>Tea</h1>"
    "<p>Green, black, white.</p></main>{tag}</body></html>"
)


@dataclass(frozen=True)
class SitePage:
    """A page of the site; `{tag}` in its text stands for the widget's script tag, `{origin}` for its origin."""

    html: str = PLAIN
    policy: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    attributes: str = ""  # of the script tag


class _Pages(RequestHandler):
    """The site's server."""

    def initialize(self, pages: dict[str, SitePage], widget: str) -> None:
        self._pages, self._widget = pages, widget

    def get(self, path: str) -> None:
        page = self._pages.get(path)
        if page is None:
            raise HTTPError(404)
        tag = f'<script async src="{self._widget}/widget.js" data-site="{KEY}" {page.attributes}></script>'
        if page.policy:
            sockets = self._widget.replace("http", "ws")
            self.set_header("Content-Security-Policy", page.policy.format(origin=self._widget, sockets=sockets))
        for name, value in page.headers.items():
            self.set_header(name, value)
        self.write(page.html.replace("{tag}", tag).replace("{origin}", self._widget))


@dataclass
class Inside:
    """The running house, and the site's address; `pages` may be added to. What it tells of is the present test's."""

    running: Running
    site: str
    pages: dict[str, SitePage]
    _loop: asyncio.AbstractEventLoop
    guests: list["Guest"] = field(default_factory=list)
    _operators: dict[str, "AtTheDoor"] = field(default_factory=dict)
    _before: set[str] = field(default_factory=set)

    @property
    def origin(self) -> str:
        """Where the widget comes from."""
        return f"http://127.0.0.1:{self.running.port}"

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Have something done in the house, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(DEADLINE_S)

    def set(self, name: str, value: int | bool) -> None:
        """Change a setting."""
        self.run(self.running.set(name, value))

    def may_be_embedded_from(self, *origins: str) -> None:
        """The site has these origins."""
        door = self.running.house.door

        async def change() -> None:
            (tea,) = (one for one in (await door.ask(AskHouse())).sites if one.key == KEY)
            changed = replace(tea.part, origins=origins)
            said = await door.ask(Administer(command=SetPart(part=changed, rests_on=tea.version)))
            assert isinstance(said, Done), said

        self.run(change())

    def passes(self, seconds: int) -> None:
        """Let time pass in the house at once: graces and time-outs run out as if somebody had waited for them."""

        async def pass_by() -> None:
            core = self.running.house.core
            core._clock._base += timedelta(seconds=seconds)
            core._advance(core._clock.read())
            while last := core._last_pending():
                await last.kept()

        self.run(pass_by())

    def tidies_up(self) -> None:
        """Put all back for the next test: everybody leaves and is gone past the grace, and with them what was open."""
        for guest in self.guests:
            guest.leaves()
        for operator in self._operators.values():
            operator.leaves()
        for name, value in asdict(self.running.desk.settings).items():
            if value != getattr(DEFAULTS, name):
                self.set(name, getattr(DEFAULTS, name))
        known = self.running.desk.visitors
        until(lambda: all(one.lost_at or not one.visit for one in list(known.values())), what="the last one's leave")
        self.passes(DEFAULTS.visitor_grace + 1)
        assert not any(one.present or one.chats for one in self.running.desk.operators.values())
        self.guests.clear()
        self._before |= {*self.conversations, *self.visitors}

    def operator(self, login: str = "ann") -> "AtTheDoor":
        """An operator of Support with Live Help on; the same one again by the same login."""
        if login not in self._operators:
            self._operators[login] = AtTheDoor(self, self.run(self.running.person(login)), login)
        one = self._operators[login]
        return one if one.present else one.arrives()

    def conversation(self) -> ConversationId:
        """The conversation that began last."""
        until(lambda: bool(self.conversations), what="a conversation")
        return max(self.conversations)

    @property
    def conversations(self) -> dict[ConversationId, Conversation]:
        """The conversations the desk knows of."""
        known = dict(self.running.desk.conversations)
        return {one: conversation for one, conversation in known.items() if one not in self._before}

    def visit(self, visitor: VisitorId) -> Visit | None:
        """The visitor's present visit as operators see it."""
        shown: Visit | None = self.running.house.views.states["visit"].ground.presence.visits.get(visitor)
        return shown

    @property
    def visitors(self) -> dict[VisitorId, Any]:
        """The visitors the desk knows of."""
        known = dict(self.running.desk.visitors)
        return {one: visitor for one, visitor in known.items() if one not in self._before}


class Guest(Visitor):
    """A visitor of the site."""

    def __init__(self, browser: Browser, inside: Inside, **options: Any) -> None:
        Person.__init__(self, browser, **options)
        self.inside = inside
        inside.guests.append(self)

    def opens(self, path: str = "") -> "Guest":
        self.page.goto(f"{self.inside.site}/{path}")
        return self

    def comes(self, path: str = "") -> "Guest":
        """Open a page, and be known to the house."""
        self.opens(path)
        until(lambda: bool(self.stored()), what="the visitor's key")
        return self

    def stored(self, page: Page | None = None) -> str:
        """The key that the site keeps, or "": in its cookie, in the origin's storage, or as it was once kept there."""
        return str((page or self.page).evaluate(STORED, f"parlour.visitor.{KEY}"))

    @property
    def visitor(self) -> VisitorId:
        return VisitorId(self.stored().partition(".")[0])

    def in_chat(self, operator: "AtTheDoor") -> "Guest":
        """Ask, and be answered."""
        self.asks()
        expect(self.dialog("Routing your call…")).to_be_visible()
        operator.accepts()
        expect(self.dialog("Chat with operator")).to_be_visible()
        return self


class AtTheDoor:
    """An operator with one dashboard tab."""

    def __init__(self, inside: Inside, session: str, login: str) -> None:
        self._inside, self.session = inside, session
        self.name = login.title()

    def arrives(self) -> "AtTheDoor":
        """Open the tab, and switch Live Help on."""
        door = self._inside.running.house.door

        async def arrive() -> None:
            self._close_tab = door.open_tab(session=self.session, tab=draw_id())

        self._inside.run(arrive())
        until(lambda: self.present, what="presence")
        return self.switches(on=True)

    @property
    def present(self) -> bool:
        """Whether the tab is open, as the desk knows it."""
        operators = self._inside.running.desk.operators
        return any(one.present and not one.lost_at for one in operators.values() if one.name == self.name)

    def leaves(self) -> None:
        """Close the tab."""

        async def leave() -> None:
            self._close_tab()

        self._inside.run(leave())
        until(lambda: not self.present, what="the loss")

    def switches(self, *, on: bool) -> "AtTheDoor":
        self.does(SwitchLiveHelp(on=on))
        return self

    def does(self, command: Act) -> None:
        """Ask the door for something that it does."""
        client_id = draw_id()
        said = self._inside.run(self._inside.running.house.door.act(command, session=self.session, client_id=client_id))
        assert isinstance(said, Done), said

    def accepts(self) -> ConversationId:
        conversation = self._inside.conversation()
        self.does(AcceptRequest(conversation=conversation))
        return conversation

    def accepts_of(self, visitor: VisitorId) -> None:
        """Take the open conversation of a visitor, from a ring or the queue by hand."""
        conversation = self._inside.running.house.views.conversations.open_of(visitor)
        assert conversation is not None
        self.does(AcceptRequest(conversation=conversation.id))

    def declines(self) -> None:
        self.does(DeclineRequest(conversation=self._inside.conversation()))

    def invites(self, visitor: VisitorId, text: str) -> None:
        self.does(InviteVisitor(visitor=visitor, text=text))

    def takes_back(self) -> None:
        self.does(TakeBackInvitation(conversation=self._inside.conversation()))

    def says(self, text: str) -> None:
        self.does(WriteMessage(conversation=self._inside.conversation(), text=text))

    def types(self) -> None:
        self.does(Type(conversation=self._inside.conversation()))

    def holds(self) -> None:
        self.does(HoldChat(conversation=self._inside.conversation()))

    def resumes(self) -> None:
        self.does(ResumeChat(conversation=self._inside.conversation()))

    def reads(self, upto: int) -> None:
        self.does(SeeMessages(conversation=self._inside.conversation(), upto=upto))

    def ends(self) -> None:
        self.does(EndConversation(conversation=self._inside.conversation()))


@contextmanager
def inside(
    data_dir: Path, *, port: int = 0, site_port: int = 0, ahead: Sequence[tuple[Any, ...]] = ()
) -> Iterator[Inside]:
    """Run a house and a site in a thread until the block ends; the same folder and ports again are a restart.

    `ahead` are routes that come before the house's own; their handlers find the site's origin in the settings.
    """
    made: list[Inside] = []
    failed: list[BaseException] = []
    ready, over = threading.Event(), asyncio.Event()

    async def main() -> None:
        sockets = bind_sockets(site_port, "127.0.0.1", reuse_port=False)
        site = f"http://localhost:{sockets[0].getsockname()[1]}"
        async with running(data_dir, port=port, ahead=ahead, site=site) as house:
            pages = {"": SitePage()}
            tea = Site(id=SiteId(draw_id()), key=KEY, name="Tea", origins=(site,))
            await house.house.door.ask(Administer(command=SetPart(part=tea)))
            widget = f"http://127.0.0.1:{house.port}"
            server = HTTPServer(Application([(r"/(.*)", _Pages, {"pages": pages, "widget": widget})]))
            server.add_sockets(sockets)
            made.append(Inside(house, site, pages, asyncio.get_running_loop()))
            ready.set()
            await over.wait()
            server.stop()
            await server.close_all_connections()

    def work() -> None:
        try:
            asyncio.run(main())
        except BaseException as error:  # told to the test's thread
            failed.append(error)
        finally:
            ready.set()

    thread = threading.Thread(target=work, name="the house inside")
    thread.start()
    ready.wait(DEADLINE_S)
    try:
        if made:
            yield made[0]
    finally:
        if made:
            made[0]._loop.call_soon_threadsafe(over.set)
        thread.join(DEADLINE_S)
    if failed:
        raise failed[0]
