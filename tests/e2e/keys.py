"""Going about a page by the keyboard alone: no pointer, and no focus but where keys bring it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

FOCUSED = "one => one.matches(':focus')"
MOST = 150  # presses; more than any screen has controls


def has_focus(there: Locator) -> bool:
    """Whether the one thing there has the focus."""
    return there.count() == 1 and bool(there.evaluate(FOCUSED))


def tab_to(page: Page, there: Locator, *, key: str = "Tab") -> None:
    """Press Tab until it has the focus: it is reached, and in a row that ends."""
    expect(there).to_be_visible()
    for _ in range(MOST):
        if has_focus(there):
            return
        page.keyboard.press(key)
    pytest.fail(f"{there} is not reached by {key}")


def presses(page: Page, there: Locator, *, key: str = "Enter", by: str = "Tab") -> None:
    """Go there by Tab and press Enter."""
    tab_to(page, there, key=by)
    page.keyboard.press(key)


def types(page: Page, there: Locator, text: str) -> None:
    """Go there by Tab and type over what stands there."""
    tab_to(page, there)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def chooses(page: Page, item: str) -> None:
    """In the menu that is open go down to an item, and take it."""
    wanted = page.get_by_role("menuitem", name=item, exact=True)
    expect(page.get_by_role("menu")).to_be_visible()
    for _ in range(9):
        if has_focus(wanted):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"{item} is not reached by ArrowDown")


def comes_back(there: Locator, leave: Callable[[], None]) -> None:
    """Leave by a key; the focus is where it came from."""
    leave()
    expect(there).to_be_focused()
