"""The shell: one document per operator tab, with the parts that stay over all sections and the section shown.

It must not know what a section shows, nor anything of cookies and sockets.
"""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import panel as pn
from bokeh.document import Document

from dashboard.components.absence import AbsenceBanner
from dashboard.components.lifeline import Lifeline
from dashboard.components.live_help import LiveHelpSwitch
from dashboard.components.main_menu import MainMenu
from dashboard.components.nav import Nav
from dashboard.components.profile import Profile
from dashboard.components.rings import Rings
from dashboard.components.summary_bar import SummaryBar
from dashboard.components.trouble import Trouble
from dashboard.components.why import Why
from dashboard.exports.kept import Exports
from dashboard.history.question import History
from dashboard.pages import PAGES
from dashboard.pages.page import Page, Section
from dashboard.panel import documents
from dashboard.signins import SignIn, SignIns
from dashboard.tab import Tab
from engine.counters import Sockets
from engine.door.answers import Person
from engine.door.interface import Door
from engine.door.rights import has
from engine.events import OperatorId, Role
from engine.look.catalogue import LANGUAGES, direction
from engine.talk import MAY, Deed, State
from engine.text import Limits

_TEMPLATES = Path(__file__).parent / "templates"
_PAGE = documents.page_of(_TEMPLATES / "shell.html")
_COMING_UP = (_TEMPLATES / "coming_up.js").read_text(encoding="utf-8")


OPERATING: dict[str, Callable[[Tab], Any]] = {  # the parts of who operates
    "live_help": LiveHelpSwitch,
    "rings": Rings,
    "absence": AbsenceBanner,
    "people": Profile,
    "summary": SummaryBar,
    "why": Why,
}


class Shell:
    """The parts of one tab's document. Sections are built at their first visit and kept."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._dark = False
        self._pages: dict[str, Page] = {page.id: page for page in PAGES if page.open_to(tab.person.role)}
        self._sections: dict[str, Section] = {}
        self.current: str | None = None
        self.main = pn.Column(pn.Spacer(height=0, margin=0), sizing_mode="stretch_width", margin=0)
        titles = [(page.id, tab.words[page.title]) for page in self._pages.values()]
        self.parts: dict[str, Any] = {
            "nav": Nav(tab, sections=titles, show=self.show),
            "menu": MainMenu(tab, themed=self.paint),
            "lifeline": Lifeline(tab),
            "trouble": Trouble(tab),
            "main": self.main,
        }
        if has(tab.person.role, "operate"):
            self.parts |= {part: build(tab) for part, build in OPERATING.items()}

    def show(self, section: str) -> None:
        """Show a section; the one before watches nothing any more."""
        if section == self.current:
            return
        if self.current:
            self._sections[self.current].leave()
        if section not in self._sections:
            self._sections[section] = self._pages[section].build(self._tab)
            self._sections[section].paint(dark=self._dark)
        self.current = section
        # What is changed before the browser has said that the document is ready gets lost.
        pn.state.onload(lambda: self._tab.later(self._put))

    def _put(self) -> None:
        if self.current is not None:
            self.main[:] = [self._sections[self.current].view]

    def paint(self, dark: bool) -> None:
        """Draw every built section in the theme."""
        self._dark = dark
        for section in self._sections.values():
            section.paint(dark=dark)

    def put_into(self, doc: Document) -> Iterator[None]:
        """Make the tab's document: the page with its landmarks, and each part at its own, step by step."""
        return documents.make(
            doc,
            self.parts,
            title="Parlour",
            page=_PAGE,
            w=self._tab.words,
            lang="en" if self._tab.lang == "en" else "ar-x-rtl",
            dir=direction(self._tab.lang),
            facts=facts_of(self._tab.person, self._tab.words),
            coming_up=_COMING_UP,
            app_favicon="/app/static/parlour/look/icon.svg",
            apple_icon="",
        )


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in."""

    id: OperatorId
    name: str
    role: Role
    login: str
    operates: bool


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the scripts must know from the start: the words, who is signed in, what an operator may do when, limits.

    `now` is the server's time, in milliseconds since 1970.
    """

    words: dict[str, str]
    me: Me
    may: dict[State, tuple[Deed, ...]]
    limits: Limits
    now: int


def facts_of(person: Person, words: dict[str, str]) -> str:
    """What the scripts must know from the start, as JSON that may stand inside a script element."""
    me = Me(
        id=person.operator,
        name=person.name,
        role=person.role,
        login=person.login,
        operates=has(person.role, "operate"),
    )
    may = {state: tuple(sorted(deeds)) for state, deeds in MAY["operator"].items()}
    facts = Facts(words=words, me=me, may=may, limits=Limits(), now=time.time_ns() // 1_000_000)
    return msgspec.json.encode(facts).decode().replace("<", "\\u003c")


def open_shell(  # noqa: PLR0913 - what a tab has comes from outside, by name
    door: Door,
    sign_in: SignIn,
    *,
    signins: SignIns,
    history: History | None,
    exports: Exports,
    counted: Sockets,
    doc: Document,
) -> Iterator[None]:
    """Make the document of a tab that was just opened, step by step; what it watches ends with its session."""
    asked = doc.session_context.request.arguments.get("lang", [b"en"])[0].decode(errors="replace")

    tab = Tab(
        door,
        sign_in,
        in_document=partial(documents.within, doc),
        later=partial(documents.later, doc),
        signed_out=lambda: signins.end(sign_in.person.login_session),
        history=history,
        exports=exports,
        counted=counted,
        lang=asked if asked in LANGUAGES else "en",
    )
    doc.on_session_destroyed(lambda _context: tab.close())
    shell = Shell(tab)
    yield
    yield from shell.put_into(doc)
