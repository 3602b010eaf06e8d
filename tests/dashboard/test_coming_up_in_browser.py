"""Between the page and its websocket anything may happen: the dashboard comes up anew, or says in words what to do."""

import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, Route, expect

import dashboard.app
from dashboard import handlers, shell
from engine.door.requests import SignOut
from tests.browser import STILL
from tests.dashboard.running import Running, open_signed_in

pytestmark = [
    pytest.mark.e2e,
    # A browser sends a model whole with its first message after the server made it (see dashboard/panel/libraries.py).
    pytest.mark.filterwarnings("ignore:reference already known"),
]
LIBRARY, OWN = "**/bokeh.min.js*", "**/_bundle_path/nav.js*"
AT_LAST_MS = 30_000
HELD_MS = 15_000


class Held:
    """A tab, signed in, whose page is there while one of its files is held back until `let_go`."""

    def __init__(self, context: BrowserContext, running: Running) -> None:
        self.context, self.running = context, running
        self.page: Page = context.new_page()
        self._held: list[Route] = []
        self.pages: list[str] = []
        self.page.on("response", self._answered)
        open_signed_in(self.page, running)
        self.pages.clear()

    def _answered(self, answer: Response) -> None:
        if answer.request.is_navigation_request():
            self.pages.append(answer.url)

    def open(self, file: str = LIBRARY) -> None:
        """Ask for the page, and have the file held."""
        self.page.route(file, self._hold, times=1)
        self.page.goto(f"{self.running.base}/app/", wait_until="commit")
        for _ in range(HELD_MS // 50):
            if self._held:
                return
            self.page.wait_for_timeout(50)
        pytest.fail(f"{file} was not asked for")

    def _hold(self, route: Route) -> None:
        self._held.append(route)

    def let_go(self) -> None:
        self._held.pop().continue_()

    def comes_up(self) -> None:
        expect(self.page.get_by_role("switch", name="Live Help")).to_be_enabled(timeout=AT_LAST_MS)
        expect(self.page.get_by_role("heading", name="Site Monitor", exact=True)).to_be_visible()
        expect(self.page.locator("#coming-up")).to_have_count(0)


@pytest.fixture
def tab(chromium: Browser, running: Running) -> Iterator[Held]:
    context = chromium.new_context(**STILL)
    yield Held(context, running)
    context.close()


def test_a_page_of_before_an_update_is_loaded_anew(
    tab: Held, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers, "MADE_OF", "before the update")
    tab.open()
    running.stop()
    monkeypatch.undo()
    running.start()
    tab.let_go()
    tab.comes_up()
    assert len(tab.pages) == 2


def test_a_page_that_another_server_signed_is_loaded_anew(tab: Held, running: Running) -> None:
    tab.open()
    running.stop()
    running.cookie_secret = b"of a restored house"
    running.start()
    tab.let_go()
    tab.comes_up()
    assert len(tab.pages) == 2


def test_a_restart_with_the_same_pages_is_no_trouble_at_all(tab: Held, running: Running) -> None:
    tab.open()
    running.stop()
    running.start()
    tab.let_go()
    tab.comes_up()
    assert len(tab.pages) == 1


def test_a_slow_script_is_told_of_and_comes_up_by_itself(tab: Held) -> None:
    tab.open()
    status = tab.page.get_by_role("status")
    expect(status).to_have_text("The dashboard is slow to come up. Wait a little, or load it again.")
    expect(tab.page.get_by_role("button", name="Load again")).to_be_visible()
    tab.let_go()
    tab.comes_up()
    assert len(tab.pages) == 1


@pytest.mark.parametrize("file", [LIBRARY, OWN])
def test_a_script_that_does_not_come_is_asked_for_again(tab: Held, file: str) -> None:
    tab.page.route(file, lambda route: route.abort(), times=1)
    tab.page.goto(f"{tab.running.base}/app/")
    tab.comes_up()
    assert len(tab.pages) == 2


def test_a_script_that_never_comes_is_told_of_and_not_asked_for_for_ever(tab: Held) -> None:
    tab.page.route(LIBRARY, lambda route: route.fulfill(status=502, body="Bad Gateway"))
    tab.page.goto(f"{tab.running.base}/app/", wait_until="commit")
    told = tab.page.get_by_role("status").filter(has_text="loading it again did not help")
    expect(told).to_be_visible(timeout=AT_LAST_MS)
    assert len(tab.pages) == 4
    tab.page.unroute(LIBRARY)
    tab.page.get_by_role("button", name="Load again").click()
    tab.comes_up()


def test_an_ended_token_is_a_page_loaded_anew(tab: Held, running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    tab.page.goto("about:blank")  # who is there would come back by itself
    running.stop()
    monkeypatch.setattr(dashboard.app, "TOKEN_LIFE_S", 1)
    running.start()
    tab.open()
    tab.page.wait_for_timeout(2_000)  # the token's life is by the machine's own clock
    running.stop()
    monkeypatch.undo()  # the next one lives as long as a busy machine needs
    running.start()
    tab.let_go()
    tab.comes_up()
    assert len(tab.pages) == 2


def test_an_exception_while_the_document_is_made_says_so_and_the_next_try_has_it(
    tab: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_given: object, **_named: object) -> None:
        raise RuntimeError("the reason that nobody is told")

    monkeypatch.setattr(dashboard.app, "open_shell", fails)
    tab.page.goto(f"{tab.running.base}/app/")
    expect(tab.page.get_by_role("heading", name="This page could not be made")).to_be_visible()
    expect(tab.page.locator("body")).not_to_contain_text("RuntimeError")
    monkeypatch.undo()
    tab.page.get_by_role("link", name="Load again").click()
    tab.comes_up()


def test_an_exception_while_the_document_is_made_for_its_socket_is_a_page_loaded_anew(
    tab: Held, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = threading.Event()
    made: Callable[..., Iterator[None]] = shell.open_shell

    def fails_once(*given: object, **named: object) -> Iterator[None]:
        if not failed.is_set():
            failed.set()
            raise RuntimeError("the reason that nobody is told")
        return made(*given, **named)

    tab.open()
    running.stop()
    running.start()
    monkeypatch.setattr(dashboard.app, "open_shell", fails_once)
    tab.let_go()
    tab.comes_up()
    assert failed.is_set()
    assert len(tab.pages) == 2


def test_who_signed_out_in_that_moment_is_asked_to_sign_in(tab: Held, running: Running) -> None:
    tab.open()
    secret = running.house.door.secrets[-1]
    running.at(lambda house: house.main.door.ask(SignOut(session=secret)))
    tab.let_go()
    expect(tab.page.get_by_role("button", name="Sign in")).to_be_visible(timeout=AT_LAST_MS)
    assert tab.page.url.endswith("/app/login")
