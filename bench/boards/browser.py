"""An operator's own browser on the Site Monitor: what its page's thread does while the board changes.

It must not know who lets the visitors come and look on.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from bench.staff import Hired
from bench.widget.browser import launched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE = 60_000  # ms until the board has all its visitors
JUMPS = ("End", "Home", "PageDown", "PageDown", "PageUp", "ArrowDown", "ArrowRight")
BETWEEN = 300  # ms from one key to the next
WATCH = """
globalThis.benchTasks = [];
new PerformanceObserver(list => { for (const one of list.getEntries()) benchTasks.push(one.duration) })
  .observe({ type: "longtask" });
"""
CARDS = ".badges > li[aria-setsize]"


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """What one board cost its page: tasks of more than 50 ms, and the share of a core of its process.

    Attributes:
        opening: the tasks from asking for the page until the board stood.
        changing: those while it changed.
        walking: those while the keys jumped about in it.

    """

    visitors: int
    opening: list[float]
    changing: list[float]
    walking: list[float]
    core_share: float

    @property
    def longest(self) -> float:
        """The longest task once the board stands; 0 where none is over 50 ms."""
        return max((*self.changing, *self.walking), default=0.0)


def looks(
    dashboard: str, who: Hired, sizes: tuple[int, ...], seconds: float, change: Callable[[int, float], None]
) -> list[Looked]:
    """A fresh tab for each size; `change` brings so many visitors, or lets things change for so long.

    Raises `CannotStart`.
    """
    found: list[Looked] = []
    with launched() as browser:
        for visitors in sizes:
            change(visitors, 0.0)
            found.append(_look(browser, dashboard, who, visitors, lambda: change(0, seconds)))
    return found


def _look(browser: "Browser", dashboard: str, who: Hired, visitors: int, change: Callable[[], None]) -> Looked:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(f"{dashboard}/app/login")
        page.locator("input[name=login]").fill(who.login)
        page.locator("input[name=password]").fill(who.password)
        page.locator("input[name=password]").press("Enter")
        page.locator(CARDS).first.wait_for(timeout=PATIENCE)
        _until_all(page, visitors)
        opening = _tasks(page)
        before, began = _processor(browser), time.monotonic()
        change()
        share = (_processor(browser) - before) / (time.monotonic() - began)
        changing = _tasks(page)
        page.locator(f"{CARDS} .stop").first.focus()
        for key in JUMPS:
            page.keyboard.press(key)
            page.wait_for_timeout(BETWEEN)
        return Looked(visitors=visitors, opening=opening, changing=changing, walking=_tasks(page), core_share=share)


def _until_all(page: "Page", visitors: int) -> None:
    until = time.monotonic() + PATIENCE / 1e3
    while int(page.locator(CARDS).first.get_attribute("aria-setsize") or 0) < visitors and time.monotonic() < until:
        page.wait_for_timeout(200)
    page.wait_for_timeout(1_500)  # the plot is built after the rest


def _tasks(page: "Page") -> list[float]:
    tasks: list[float] = page.evaluate("benchTasks.splice(0)")
    return tasks


def _processor(browser: "Browser") -> float:
    """Seconds of the processor that the browser's pages have used so far."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return float(sum(one["cpuTime"] for one in processes if one["type"] == "renderer"))
