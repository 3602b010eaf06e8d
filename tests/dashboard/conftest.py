"""Fixtures of the dashboard's tests."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, ViewportSize, expect

from dashboard.tab import Tab
from tests.browser import STILL, close_profiles
from tests.dashboard.house import House
from tests.dashboard.mounted import tab_of
from tests.dashboard.running import Running, open_signed_in

CUT_OFF = ("ERR_CONNECTION_REFUSED", "503", "not connected so cannot send")  # what browsers say while nobody answers
SIZE: ViewportSize = {"width": 1280, "height": 720}
Play = Callable[[Callable[[House], Awaitable[None]]], None]
WithTab = Callable[[Callable[[House, Tab], Awaitable[None]]], None]


class OpenDashboard:
    """A dashboard and Ann's tab of it; `wrong` has each error of a script, broken policy, request to another host."""

    def __init__(self, running: Running, chromium: Browser) -> None:
        self.running, self.wrong = running, list[str]()
        self.context = chromium.new_context(viewport=SIZE, **STILL)
        self.page = self.context.new_page()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", self._asked)
        open_signed_in(self.page, running)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(said in message.text for said in CUT_OFF):
            self.wrong.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.running.base, f"blob:{self.running.base}", "data:")):
            self.wrong.append(request.url)

    def clear(self) -> None:
        """Everything as after opening it: nobody in the house or its past, no profile open, nothing kept or allowed."""
        for _ in range(2):
            self.page.keyboard.press("Escape")
        self.page.set_viewport_size(SIZE)
        self.page.mouse.move(0, 0)  # a list holds still under the pointer
        self.running.at(House.clear)
        self.running.do(lambda _house: self.running.analytics.clear())
        bar = self.page.get_by_role("contentinfo")
        for part in ("In Progress", "Chats", "Messages"):
            expect(bar.get_by_role("group", name=part, exact=True)).to_contain_text("0")
        close_profiles(self.page)
        self.page.goto(f"{self.running.base}/app/#monitor")
        # Until another section is gone, it keeps its address and its page.
        visitors = self.page.get_by_role("list", name="Visitors now")
        expect(visitors).to_have_count(1)
        expect(visitors.locator("li:not(.gone)")).to_have_count(0)  # one that has the focus stays marked
        self.page.evaluate("sessionStorage.clear(); localStorage.clear()")
        self.page.locator("[data-beeps]").evaluate("stack => { stack.dataset.beeps = '0'; }")
        self.context.clear_permissions()
        self.running.do(lambda house: house.door.clear())  # of what the tab has still asked for meanwhile


@pytest.fixture
def play() -> Play:
    """Play a scenario in a house."""

    async def run(scenario: Callable[[House], Awaitable[None]]) -> None:
        async with House().opened() as house:
            await scenario(house)

    return lambda scenario: asyncio.run(run(scenario))


@pytest.fixture
def with_tab(play: Play) -> WithTab:
    """Play a scenario in a house with a tab of Ann's."""

    def run(scenario: Callable[[House, Tab], Awaitable[None]]) -> None:
        async def in_tab(house: House) -> None:
            async with tab_of(house) as tab:
                await scenario(house, tab)

        play(in_tab)

    return run


@pytest.fixture(scope="module")
def open_dashboard(chromium: Browser) -> Iterator[OpenDashboard]:
    """One for all tests of a file that begin where the one before has cleared up."""
    with Running() as running:
        dashboard = OpenDashboard(running, chromium)
        yield dashboard
        dashboard.context.close()


def in_one_tab(request: pytest.FixtureRequest) -> bool:
    """Whether the test goes on in the tab of the one before it."""
    return "one_tab" in request.node.keywords and "own_tab" not in request.node.keywords


@pytest.fixture
def running(request: pytest.FixtureRequest) -> Iterator[Running]:
    if in_one_tab(request):
        yield request.getfixturevalue("open_dashboard").running
    else:
        with Running() as dashboard:
            yield dashboard


@pytest.fixture
def page(request: pytest.FixtureRequest, chromium: Browser, running: Running) -> Iterator[Page]:
    """Ann's tab, signed in: its own, or that of the test before (`one_tab`). Nothing may be wrong in it."""
    one = in_one_tab(request)
    dashboard = request.getfixturevalue("open_dashboard") if one else OpenDashboard(running, chromium)
    yield dashboard.page
    if one:
        dashboard.clear()
    else:
        dashboard.context.close()
    wrong, dashboard.wrong = dashboard.wrong, []
    assert wrong == []
