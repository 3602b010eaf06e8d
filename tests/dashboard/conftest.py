"""Fixtures of the dashboard's tests."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.dashboard.fake_door import FakeDoor
from tests.dashboard.running import Running, open_signed_in


@pytest.fixture
def door() -> FakeDoor:
    return FakeDoor()


@pytest.fixture
def running(door: FakeDoor) -> Iterator[Running]:
    with Running(door) as dashboard:
        yield dashboard


@pytest.fixture
def page(chromium: Browser, running: Running) -> Iterator[Page]:
    """Ann's tab, signed in; fails on a script's error, a broken policy, or a request to another host."""
    wrong: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and "ERR_CONNECTION_REFUSED" not in message.text and "503" not in message.text:
            wrong.append(message.text)

    def request(asked: Request) -> None:
        if not asked.url.startswith((running.base, f"blob:{running.base}", "data:")):
            wrong.append(asked.url)

    context = chromium.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.on("console", console)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", request)
    open_signed_in(page, running)
    yield page
    context.close()
    assert wrong == []
