"""A session whose time is over ends its open tab, in a whole house."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pysqlite3 import dbapi2 as sqlite3

from tests.browser import STILL
from tests.parlour.test_serve import PASSWORD, parlour
from tests.parlour.test_sign_ins import ADDED, serving, sign_in
from tests.parlour.whole import free_port

pytestmark = pytest.mark.e2e


def test_a_session_whose_time_is_over_ends_its_open_tab(tmp_path: Path, chromium: Browser) -> None:
    data, port = tmp_path / "data", free_port()
    parlour(data, *ADDED, say=PASSWORD + "\n")
    with serving(data, port):
        cookies = sign_in(port, PASSWORD)
        assert cookies
    life = 20.0  # seconds, in which the server starts and the page comes up
    over = datetime.now(UTC) + timedelta(seconds=life)
    with sqlite3.connect(str(data / "secrets.db")) as database:
        database.execute("UPDATE sessions SET until=?", (round(over.timestamp() * 1_000_000),))
    database.close()
    with serving(data, port):
        context = chromium.new_context(**STILL)
        pairs = (pair.split("=", 1) for pair in cookies.split("; "))
        url = f"http://127.0.0.1:{port + 1}"
        context.add_cookies([{"name": name, "value": value, "url": url} for name, value in pairs])
        page = context.new_page()
        page.goto(f"{url}/app/#reports")
        expect(page.locator("body[data-connection=live]")).to_have_count(1, timeout=life * 1_000)
        assert datetime.now(UTC) < over
        expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=(life + 5) * 1_000)
        assert timedelta() < datetime.now(UTC) - over < timedelta(seconds=5)
        context.close()
