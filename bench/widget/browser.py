"""Fresh browsers on the shop's first page: what they load from the widget's origin, what shifts, what blocks."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from parlour.data_dir import CannotStart

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

CHROMIUM = "/usr/bin/chromium"
# What a driven browser says of itself, people's do not: without these it is a crawler, and no visitor.
AS_PEOPLE = [
    "--disable-blink-features=AutomationControlled",
    "--user-agent=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 "
    "Safari/537.36",
]
FLAGS = [
    *AS_PEOPLE,
    *("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"),
]
BUTTON = "Click for Live Help"
QUIET = 1_500  # ms after the last sign, in which more may come
WATCH = """
globalThis.benchSaw = { shift: 0, tasks: [] };
new PerformanceObserver(list => { for (const one of list.getEntries()) benchSaw.shift += one.value })
  .observe({ type: "layout-shift", buffered: true });
new PerformanceObserver(list => { for (const one of list.getEntries()) benchSaw.tasks.push(one.duration) })
  .observe({ type: "longtask", buffered: true });
"""


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """What one browser saw; without the widget there is no button and no chat."""

    page_bytes: int
    page_requests: int
    chat_bytes: int
    chat_requests: int
    shift: float
    tasks: list[float]
    button_ms: float
    chat_ms: float
    browser: str


@contextmanager
def launched(*flags: str) -> "Iterator[Browser]":
    """A browser, with further flags. Raises `CannotStart` where there is none to be driven."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise CannotStart("The bench drives Chromium with Playwright: install the development packages.") from None
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags])
        except Error as error:
            raise CannotStart(f"Chromium cannot be started: {error.message.splitlines()[0]}.") from None
        with browser:
            yield browser


def visits(shop: str, origin: str, *, rounds: int, widget: bool) -> list[Visit]:
    """Open the page in so many fresh browsers. Raises `CannotStart`."""
    with launched() as browser:
        _visit(browser, shop, origin, widget=widget)  # what the browser itself does at its first page is not counted
        return [_visit(browser, shop, origin, widget=widget) for _ in range(rounds)]


def _visit(browser: "Browser", shop: str, origin: str, *, widget: bool) -> Visit:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        loaded: list[Request] = []
        sockets: list[str] = []
        page.on("requestfinished", lambda request: loaded.append(request) if request.url.startswith(origin) else None)
        page.on("websocket", lambda socket: sockets.append(socket.url))
        page.add_init_script(WATCH)
        if not widget:
            page.route(f"{origin}/**", lambda route: route.abort())
        began = time.monotonic()
        page.goto(f"{shop}/", wait_until="load")
        button_ms = chat_ms = 0.0
        if widget:
            page.get_by_role("button", name=BUTTON).wait_for()
            button_ms = (time.monotonic() - began) * 1e3
        page.wait_for_timeout(QUIET)
        before, requests = len(loaded), len(loaded) + len(sockets)
        if widget:
            chat_ms = _open_chat(page)
            page.wait_for_timeout(QUIET)
        saw = page.evaluate("benchSaw")
        return Visit(
            page_bytes=_bytes(loaded[:before]),
            page_requests=requests,
            chat_bytes=_bytes(loaded[before:]),
            chat_requests=len(loaded) - before,
            shift=saw["shift"],
            tasks=saw["tasks"],
            button_ms=button_ms,
            chat_ms=chat_ms,
            browser=f"Chromium {browser.version}",
        )


def _open_chat(page: "Page") -> float:
    began = time.monotonic()
    page.get_by_role("button", name=BUTTON).click()
    page.frame_locator("iframe").get_by_role("button").first.wait_for()
    return (time.monotonic() - began) * 1e3


def _bytes(loaded: "list[Request]") -> int:
    return sum(request.sizes()["responseBodySize"] for request in loaded)
