"""The whole house behind Debian's nginx, as the docs say: TLS, two names, websockets, everybody's own address."""

import json
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPResponse, HTTPSConnection

import pytest
from playwright.sync_api import Browser, expect

from engine.limits.table import LEFT
from tests.browser import CHROMIUM
from tests.e2e.demo import Demo, parlour, start_demo
from tests.e2e.names import flags_of
from tests.e2e.nginx import DESK, WIDGET, nginx
from tests.e2e.people import Operator, Visitor
from tests.parlour.whole import free_port

pytestmark = pytest.mark.e2e
SHOP, KEY = "https://www.shop.test", "behind"


@dataclass
class Behind:
    """A demo, the proxy's port, and a browser that finds both names there, over IPv6."""

    demo: Demo
    port: int
    browser: Browser

    def asks(self, path: str, *, host: str = "::1", body: str | None = None, **headers: str) -> int:
        """Ask the widget's name for something, from one of this machine's addresses; the status."""
        return self.answer(path, host=host, body=body, **headers).status

    def answer(self, path: str, *, host: str = "::1", body: str | None = None, **headers: str) -> HTTPResponse:
        """The same; the whole answer."""
        trusting = ssl._create_unverified_context()  # noqa: S323 - the certificate is this test's own
        connection = HTTPSConnection(host, self.port, context=trusting, timeout=10)
        told = {"Host": f"{WIDGET}:{self.port}"} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("POST" if body else "GET", path, body, told)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer


@pytest.fixture(scope="module")
def browser_of_two_names(chromium: Browser) -> Iterator[Browser]:
    """A browser for which the names of the docs are this machine's."""
    flags = flags_of({WIDGET: "[::1]", DESK: "[::1]"})
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=[*flags, "--ignore-certificate-errors"])
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory, browser_of_two_names: Browser) -> Iterator[Behind]:
    """The house, and nginx before it."""
    folder, gateway, port = tmp_path_factory.mktemp("behind"), free_port(), free_port()
    origin = f"https://{DESK}:{port}"
    options = ("--origin", origin, "--allowed-host", WIDGET, "--proxy", "127.0.0.1")
    demo = start_demo(folder / "demo", gateway, *options)
    parlour("site", "add", "Behind", "--origin", SHOP, "--key", KEY, "--data-dir", str(demo.data_dir))
    (folder / "nginx").mkdir()
    with nginx(folder / "nginx", port=port, gateway=gateway):
        yield Behind(demo, port, browser_of_two_names)
    demo.end()


def test_a_chat_with_true_addresses_over_tls(behind: Behind) -> None:
    tag = f'<script async src="https://{WIDGET}:{behind.port}/widget.js" data-site="{KEY}"></script>'
    vera = Visitor(behind.browser, behind.demo)
    vera.page.route(f"{SHOP}/**", lambda route: route.fulfill(body=f"<!doctype html><title>Tea</title>{tag}"))
    sockets: list[str] = []
    for person in (ann := Operator(behind.browser, behind.demo), vera):
        person.page.on("websocket", lambda socket: sockets.append(socket.url.rpartition("?")[0] or socket.url))
    ann.signs_in().switches(on=True)
    assert behind.demo.dashboard == f"https://{DESK}:{behind.port}/app"
    (cookie,) = (one for one in ann.context.cookies() if one["name"] == "__Host-parlour_operator")
    assert cookie["secure"]

    vera.page.goto(f"{SHOP}/")
    vera.asks()
    ann.presses("Accept")
    expect(vera.dialog("Chat with operator")).to_be_visible()
    vera.writes("Through the proxy")
    ann.sees("Through the proxy")
    ann.writes("And back")
    vera.sees("And back")
    expect(ann.profile).to_contain_text("::1")
    expect(ann.profile).not_to_contain_text("127.0.0.1")

    widget, desk = (f"wss://{name}:{behind.port}" for name in (WIDGET, DESK))
    assert {f"{widget}/ws/page", f"{widget}/ws/chat", f"{desk}/app/ws"} == set(sockets)
    assert ann.hosts == {f"{DESK}:{behind.port}"}
    assert not ann.problems + vera.problems
    vera.leaves()
    ann.leaves()


def test_a_limit_by_address_is_the_true_one_s_whatever_somebody_writes_into_the_header(behind: Behind) -> None:
    def leaves(number: int, host: str = "::1") -> int:
        message = {"t": "leave", "client_id": f"n{number}", "site": KEY, "email": "v@example.org", "text": "Call me"}
        lies = {"X_Forwarded_For": f"10.6.6.{number}", "Forwarded": f"for=10.6.6.{number}"}
        return behind.asks("/leave", host=host, body=json.dumps(message), Origin=SHOP, **lies)

    assert {leaves(number) for number in range(LEFT.most)} == {200}
    assert leaves(LEFT.most) == 429
    assert leaves(LEFT.most + 1, host="127.0.0.1") == 200


def test_the_door_is_nobody_s_who_comes_through_the_proxy(behind: Behind) -> None:
    assert behind.asks("/health") == 200
    assert behind.asks("/door") == 404


def test_browsers_are_told_to_come_over_tls_alone(behind: Behind) -> None:
    for name, path in ((WIDGET, "/health"), (WIDGET, "/door"), (DESK, "/app/login"), (DESK, "/app/nothing")):
        answer = behind.answer(path, Host=f"{name}:{behind.port}")
        assert answer.headers.get_all("Strict-Transport-Security") == ["max-age=31536000; includeSubDomains"], path
