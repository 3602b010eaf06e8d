"""Fixtures of the dashboard's tests."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, ViewportSize, expect

from tests.browser import STILL, close_profiles
from tests.dashboard.fake_door import FakeDoor
from tests.dashboard.rows import message_row
from tests.dashboard.running import Running, open_signed_in

CUT_OFF = ("ERR_CONNECTION_REFUSED", "503", "not connected so cannot send")  # what browsers say while nobody answers
SIZE: ViewportSize = {"width": 1280, "height": 720}


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
        self.running.at(FakeDoor.clear)
        self.running.at(lambda _house: self.running.analytics.clear())
        self._until_seen()
        close_profiles(self.page)
        self.page.goto(f"{self.running.base}/app/#monitor")
        # Until another section is gone, it keeps its address and its page.
        expect(self.page.get_by_role("list", name="Visitors now")).to_have_count(1)
        self.page.evaluate("sessionStorage.clear(); localStorage.clear()")
        self.page.locator("[data-beeps]").evaluate("stack => { stack.dataset.beeps = '0'; }")
        self.context.clear_permissions()
        self.page.set_viewport_size(SIZE)
        self.page.mouse.move(0, 0)
        self.running.at(FakeDoor.clear)  # of what the tab has still asked for meanwhile

    def _until_seen(self) -> None:
        """What comes after it has come: who closes the profile of a chat they still have is never shown it again."""
        left = self.page.get_by_role("contentinfo").get_by_role("group", name="Messages", exact=True)
        self.running.at(lambda house: house.put("messages", message_row("last", "last")))
        expect(left).to_contain_text("1")
        self.running.at(lambda house: house.drop("messages", "last"))
        expect(left).to_contain_text("0")


@pytest.fixture
def door() -> FakeDoor:
    return FakeDoor()


@pytest.fixture(scope="module")
def open_dashboard(chromium: Browser) -> Iterator[OpenDashboard]:
    """One for all tests of a file that begin where the one before has cleared up."""
    with Running(FakeDoor()) as running:
        dashboard = OpenDashboard(running, chromium)
        yield dashboard
        dashboard.context.close()


def in_one_tab(request: pytest.FixtureRequest) -> bool:
    """Whether the test goes on in the tab of the one before it."""
    return "one_tab" in request.node.keywords and "own_tab" not in request.node.keywords


@pytest.fixture
def running(request: pytest.FixtureRequest, door: FakeDoor) -> Iterator[Running]:
    if in_one_tab(request):
        yield request.getfixturevalue("open_dashboard").running
    else:
        with Running(door) as dashboard:
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
