"""Debian's Chromium, as every browser test starts it, and what they all do in it."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from bench.widget.browser import AS_PEOPLE

CHROMIUM = "/usr/bin/chromium"
# Each window would have an address bar drawn by two pages of its own, which takes twice the processor of a small page.
ADDRESS_BAR = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup")
# Chromium heeds the last such flag alone, so what Playwright switches off stands here again.
PLAYWRIGHTS = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "TcpPortRandomizationWin",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
FLAGS = [
    *AS_PEOPLE,
    f"--disable-features={','.join(PLAYWRIGHTS + ADDRESS_BAR)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
# For a context: nothing slides or fades, which would be a third of what a page's processes do.
STILL: dict[str, Any] = {"reduced_motion": "reduce"}


def close_profiles(page: Page) -> None:
    """Close every open profile of a dashboard."""
    tabs = page.get_by_role("list", name="Open profiles").locator("li:has(a)")  # not "Close ended"
    closers = tabs.get_by_role("button", name=re.compile("^Close "))
    for left in reversed(range(closers.count())):
        closers.first.click()
        expect(closers).to_have_count(left)


# A page's script, for a computer whose clock is ten minutes ahead.
AHEAD = """(() => {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + 600_000); }
    static now() { return Real.now() + 600_000; }
  };
})()"""


def end_chat(page: Page) -> None:
    """Press "End communication", and mean it; what has just come into sight takes no press for a moment."""
    question = page.get_by_role("dialog", name="End this chat?")
    button = page.get_by_role("button", name="End communication", exact=True).locator("visible=true")
    for _ in range(10):
        button.click()
        if question.is_visible():
            break
        page.wait_for_timeout(100)
    question.get_by_role("button", name="End", exact=True).click()
