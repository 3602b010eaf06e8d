"""Going about a page by the keyboard alone: no pointer, and no focus but where keys bring it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

FOCUSED = "one => one.isConnected ? one.matches(':focus') : null"
MOST = 150  # presses; more than any screen has controls


def arrives(page: Page, there: Locator, *, key: str, most: int) -> bool:
    """Press a key until the one thing there has the focus.

    It is looked for by its role and name once, and again where it was drawn anew: that takes longer than a key.
    """
    one = there.element_handle()
    for _ in range(most):
        focused = one.evaluate(FOCUSED)
        if focused:
            return True
        if focused is None:
            one = there.element_handle()
        else:
            page.keyboard.press(key)
    return False


def tab_to(page: Page, there: Locator, *, key: str = "Tab") -> None:
    """Press Tab until it has the focus: it is reached, and in a row that ends."""
    expect(there).to_be_visible()
    if not arrives(page, there, key=key, most=MOST):
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
    if not arrives(page, wanted, key="ArrowDown", most=9):
        pytest.fail(f"{item} is not reached by ArrowDown")
    page.keyboard.press("Enter")


def comes_back(there: Locator, leave: Callable[[], None]) -> None:
    """Leave by a key; the focus is where it came from."""
    leave()
    expect(there).to_be_focused()
