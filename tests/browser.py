"""Debian's Chromium, as every browser test starts it, and what they all do in it."""

import re

from playwright.sync_api import Page, expect

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


def close_profiles(page: Page) -> None:
    """Close every open profile of a dashboard."""
    closers = page.get_by_role("list", name="Open profiles").get_by_role("button", name=re.compile("^Close "))
    for left in reversed(range(closers.count())):
        closers.first.click()
        expect(closers).to_have_count(left)
