"""What all tests share: one browser, and its tests last.

Playwright's synchronous interface keeps a loop running in this thread as long as it is open; tests with `asyncio.run`
come before it.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser import CHROMIUM, FLAGS

PATIENCE_MS = 15_000  # a busy machine takes its time; what has to be quick is measured elsewhere
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests that need a browser last, in their own order.

    A worker takes a file whole, and once the browser is there nothing else can run a loop in it: so a file is one or
    the other.
    """
    driven = {item.path for item in items if "chromium" in getattr(item, "fixturenames", ())}
    if mixed := {str(item.path) for item in items if item.path in driven and not item.get_closest_marker("e2e")}:
        raise pytest.UsageError(f"tests with the browser and without it stand in one file: {', '.join(mixed)}")
    items.sort(key=lambda item: item.get_closest_marker("e2e") is not None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
