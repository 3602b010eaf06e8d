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
    """Put the tests that need a browser last, in their own order."""
    items.sort(key=lambda item: item.get_closest_marker("e2e") is not None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
