"""Visitors and operators at their browsers, by what they see: roles and labels of product §14."""

import re
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, expect

from tests.browser import STILL, close_profiles
from tests.e2e.demo import Demo

SECTIONS = ("Site Monitor", "Communication Overview", "Visitors List", "Reports")
COMING_BACK_MS = 20_000


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.context: BrowserContext = browser.new_context(**STILL, **options)
        self.context.set_default_timeout(10_000)
        self.page: Page = self.context.new_page()
        self.problems: list[str] = []
        self.hosts: set[str] = set()
        self.context.on("request", self._asked)
        self.context.on("console", self._said)
        self.context.on("weberror", lambda error: self.problems.append(str(error.error)))

    def _asked(self, request: Request) -> None:
        self.hosts.add(re.sub(r"^(?:blob:)?\w+://([^/]*).*$", r"\1", request.url))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.problems.append(message.text)

    def leaves(self) -> None:
        self.context.close()


class Visitor(Person):
    """A visitor of the demo's shop."""

    def __init__(self, browser: Browser, demo: Demo, **options: Any) -> None:
        super().__init__(browser, **options)
        self.demo = demo

    def opens(self, path: str = "") -> "Visitor":
        self.page.goto(self.demo.site + path)
        return self

    @property
    def chat(self) -> Any:
        """The chat window's document."""
        return self.page.frame_locator("iframe")

    def button(self, label: str) -> Locator:
        return self.page.get_by_role("button", name=label, exact=True)

    def dialog(self, label: str) -> Locator:
        found: Locator = self.chat.get_by_role("dialog", name=label, exact=True)
        return found

    def asks(self, name: str = "Vera") -> "Visitor":
        """Ask for help by text, up to "Routing your call…" or "Call queued"."""
        self.button("Click for Live Help").click()
        start = self.dialog("Start communication")
        expect(start).to_be_visible()
        start.get_by_role("textbox", name="Your name", exact=True).fill(name)
        start.get_by_role("button", name="Text chat", exact=True).click()
        return self

    def writes(self, text: str) -> None:
        box = self.chat.get_by_role("textbox", name="Message", exact=True)
        box.fill(text)
        self.chat.get_by_role("button", name="Send", exact=True).click()

    @property
    def log(self) -> Locator:
        found: Locator = self.chat.get_by_role("log", name="Conversation", exact=True)
        return found

    def sees(self, text: str) -> None:
        expect(self.log.get_by_text(text, exact=True)).to_be_visible(timeout=COMING_BACK_MS)


class Operator(Person):
    """An operator at the dashboard."""

    def __init__(self, browser: Browser, demo: Demo, number: int = 0, **options: Any) -> None:
        super().__init__(browser, **options)
        self.demo, self.who = demo, demo.operator(number)
        self.name = str(self.who["name"])

    def signs_in(self) -> "Operator":
        self.page.goto(self.demo.dashboard)
        self.page.get_by_role("textbox", name="Login", exact=True).fill(self.who["login"])
        self.page.get_by_role("textbox", name="Password", exact=True).fill(self.who["password"])
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(self.live_help).to_be_visible()
        return self

    @property
    def live_help(self) -> Locator:
        return self.page.get_by_role("switch", name="Live Help", exact=True)

    def switches(self, *, on: bool) -> "Operator":
        expect(self.live_help).to_be_enabled()  # it is so once the present state is known
        if (self.live_help.get_attribute("aria-checked") == "true") != on:
            self.live_help.click()
        expect(self.live_help).to_be_checked(checked=on)
        state = re.compile("^(available|full)$" if on else "^not-available$")
        expect(self.page.locator("#live-help-state")).to_have_attribute("data-state", state)
        return self

    def tidies_up(self) -> None:
        """Switch Live Help off, close all profiles, and go to the Site Monitor: all is as after signing in."""
        self.switches(on=False)
        close_profiles(self.page)
        self.goes_to("Site Monitor")

    def begins_anew(self) -> None:
        """Open the dashboard again, whatever it looks like, and tidy up."""
        self.problems.clear()
        self.page.goto(self.demo.dashboard)
        self.tidies_up()

    def goes_to(self, section: str) -> "Operator":
        back = self.page.get_by_role("link", name=re.compile("^Back to "))
        section_link = self.page.get_by_role("link", name=section, exact=True)
        expect(section_link.or_(back).first).to_be_visible()
        if not section_link.is_visible():  # on a phone the tabs above a profile lead back
            back.click()
        self.page.get_by_role("link", name=section, exact=True).click()
        expect(self.page.get_by_role("heading", name=section, exact=True)).to_be_visible()
        return self

    @property
    def request(self) -> Locator:
        """The request that rings."""
        return self.page.get_by_role("dialog", name="Incoming chat request", exact=True)

    def presses(self, label: str, *, of: str = "") -> None:
        """A button of the request that rings, of a visitor's where several ring: the others wait behind one."""
        request = self.request.filter(has_text=of).first
        more = self.page.get_by_role("button", name=re.compile(r"^and \d+ more$"), expanded=False)
        expect(request.or_(more).first).to_be_visible()
        if not request.is_visible():
            more.click()
        request.get_by_role("button", name=label, exact=True).click()

    @property
    def profile(self) -> Locator:
        return self.page.get_by_role("region", name="Visitor's profile", exact=True)

    @property
    def log(self) -> Locator:
        return self.profile.get_by_role("log", name="Conversation", exact=True)

    def writes(self, text: str) -> None:
        self.profile.get_by_role("textbox", name="Message", exact=True).fill(text)
        self.profile.get_by_role("button", name="Send", exact=True).click()

    def sees(self, text: str) -> None:
        expect(self.log.get_by_text(text, exact=True)).to_be_visible(timeout=COMING_BACK_MS)

    def listed(self, where: str) -> Locator:
        """A list of the Communication Overview."""
        return self.page.get_by_role("region", name=where, exact=True)
