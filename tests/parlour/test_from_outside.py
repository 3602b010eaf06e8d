"""A whole house as a stranger asks it: under which names, from which pages, at which addresses."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.parlour.raw import ask, ask_for_a_websocket
from tests.parlour.whole import free_port, started

pytestmark = pytest.mark.slow

OURS, DESK, EVIL = "help.example.org", "desk.example.org", "evil.test"
OFFERED = {0: ["/health", "/widget.js", "/widget/texts/en.json", "/widget/seen", "/parlour.d.ts", "/nothing"]}
OFFERED |= {
    1: ["/", "/app/", "/app/login", "/app/setup", "/app/health", "/app/static/tokens.css", "/app/nothing", "/nothing"]
}
OFFERED |= {2: ["/health", "/query", "/events", "/nothing"]}
FOLDERS = {0: ["/widget/page/", "/widget/texts/", "/widget/built/"], 2: ["/"]}
FOLDERS |= {1: ["/app/static/parlour/", "/app/static/", "/app/static/js/", "/app/components/", "/app/export/", "/app/"]}

OWN_NAMES = ["localhost", "LOCALHOST:1", "localhost.", "127.0.0.1:8700", "[::1]:9", "[0:0:0:0:0:0:0:1]", OURS]
OWN_NAMES += [f"{OURS}.:443", "A.chat.test", DESK, f"{DESK.upper()}:8443"]


@dataclass
class House:
    """A house behind a proxy of its owner's."""

    port: int
    folder: Path

    def log(self, name: str) -> str:
        return (self.folder / "logs" / f"{name}.log").read_text()

    def troubles(self) -> list[str]:
        lines = [line for name in ("main", "dashboard", "analytics") for line in self.log(name).splitlines()]
        return [line for line in lines if "ERROR" in line or "Traceback" in line or " 500 " in line]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder, port = tmp_path_factory.mktemp("outside") / "data", free_port()
    options = ("--allowed-host", OURS, "--allowed-host", "*.chat.test", "--origin", f"https://{DESK}")
    with started(folder, "serve", port, *options) as parent:
        yield House(port, folder)
        parent.end()


@pytest.mark.parametrize("offset", [0, 1])
def test_a_name_of_somebody_else_s_is_refused_in_words_and_logged_once(house: House, offset: int) -> None:
    stranger = f"rebound{offset}.test"
    for path in OFFERED[offset]:
        said = ask(house.port + offset, path, host=f"{stranger}:{house.port + offset}")
        assert said.status == 421, path
        assert f"“{stranger}”" in said.body.decode()
    option = f"--allowed-host {stranger}" if offset == 0 else f"--origin http://{stranger}:{house.port + 1}"
    assert option in said.body.decode()
    log = house.log("main" if offset == 0 else "dashboard")
    assert log.count(option) == 1


@pytest.mark.parametrize("offset", [0, 1])
def test_a_stranger_s_names_do_not_fill_the_log(house: House, offset: int) -> None:
    for number in range(60):
        assert ask(house.port + offset, "/", host=f"n{number}.{EVIL}").status == 421
    assert house.log("main" if offset == 0 else "dashboard").count(EVIL) <= 2 * 20


@pytest.mark.parametrize(
    "host",
    OWN_NAMES,
)
def test_the_house_s_own_names_are_answered_however_they_are_written(house: House, host: str) -> None:
    assert ask(house.port, "/health", host=host).status == 200
    assert ask(house.port + 1, "/app/health", host=host).status == 200


@pytest.mark.parametrize(
    "host", ["192.0.2.1", "[2001:db8::1]", f"{OURS}.{EVIL}", "chat.test", "a@localhost", "127.0.0.1.evil.test"]
)
def test_what_only_looks_like_one_is_not(house: House, host: str) -> None:
    assert ask(house.port, "/health", host=host).status in {400, 421}
    assert ask(house.port + 1, "/app/login", host=host).status in {400, 421}


def test_no_host_and_two_hosts_are_no_request(house: House) -> None:
    for offset in (0, 1):
        assert ask(house.port + offset, "/", host=None).status == 400
        assert ask(house.port + offset, "/", "Host: localhost", host=EVIL).status == 400
        assert ask(house.port + offset, "/", f"Host: {EVIL}").status == 400


def test_a_whole_address_as_the_target_leads_nowhere(house: House) -> None:
    for offset in (0, 1, 2):
        for name in ("localhost", EVIL):
            assert ask(house.port + offset, f"http://{name}/health").status == 404


def test_a_page_of_a_name_that_was_turned_to_us_gets_no_websocket(house: House) -> None:
    evil = f"{EVIL}:{house.port}"
    same = (f"Origin: http://{evil}", "Sec-Fetch-Site: same-origin")
    for path in ("/ws/chat", "/ws/page", "/door"):
        assert ask_for_a_websocket(house.port, path, same[0], host=evil) == 421
        assert ask_for_a_websocket(house.port, path, *same, host=evil) == 421
    assert ask_for_a_websocket(house.port + 1, "/app/ws", *same, host=evil) == 421


@pytest.mark.parametrize("where", ["same-origin", "none", "same-site", "cross-site", None])
@pytest.mark.parametrize("origin", ["own", f"http://{EVIL}", "null", "file://", ""])
def test_the_door_is_no_browser_s(house: House, origin: str, where: str | None) -> None:
    said = f"http://localhost:{house.port}" if origin == "own" else origin
    fetched = (f"Sec-Fetch-Site: {where}",) if where else ()
    assert ask_for_a_websocket(house.port, "/door", f"Origin: {said}", *fetched, host=f"localhost:{house.port}") == 403
    assert ask(house.port, "/door", f"Origin: {said}", *fetched).status == 403


@pytest.mark.parametrize("path", ["/ws/page", "/ws/chat", "/app/ws"])
@pytest.mark.parametrize("where", ["same-origin", "none", None])
@pytest.mark.parametrize("origin", [f"http://{EVIL}", "null", "", "https://localhost", None])
def test_each_websocket_asks_where_a_page_is_from_whatever_its_browser_takes_it_for(
    house: House, path: str, origin: str | None, where: str | None
) -> None:
    """Tornado 6.6 lets in whom it takes for of the same origin, by `Sec-Fetch-Site` or Host, and asks nobody else."""
    fetched = (f"Sec-Fetch-Site: {where}",) if where else ()
    said = () if origin is None else (f"Origin: {origin}",)
    port = house.port + (path == "/app/ws")
    assert ask_for_a_websocket(port, path, *said, *fetched, host="localhost:1") == 403


def test_only_pages_of_ours_change_something(house: House) -> None:
    form = ("Content-Type: application/x-www-form-urlencoded", "Cookie: __Host-_xsrf=abc")
    tells = "_xsrf=abc&login=ann&password=x"

    def posts(*headers: str) -> int:
        return ask(house.port + 1, "/app/login", *form, *headers, method="POST", body=tells).status

    assert posts() == 401  # no browser: as far as the password
    assert posts("Origin: http://localhost", "Sec-Fetch-Site: same-origin") == 401
    assert posts(f"Origin: https://{DESK}") == 401
    assert posts("Sec-Fetch-Site: cross-site") == 403
    assert posts(f"Origin: http://{EVIL}", "Sec-Fetch-Site: cross-site") == 403
    assert posts(f"Origin: https://www.{DESK}", "Sec-Fetch-Site: same-site") == 403
    assert posts("Origin: null") == 403
    left = '{"t":"leave","client_id":"c","site":"k","email":"v@example.org","text":"x"}'
    for origin in ("null", f"http://{EVIL}", f"http://localhost.{EVIL}"):
        assert ask(house.port, "/leave", f"Origin: {origin}", method="POST", body=left).status == 403


@pytest.mark.parametrize("offset", [0, 1, 2])
def test_head_says_what_get_says_and_nobody_names_the_server(house: House, offset: int) -> None:
    for path in OFFERED[offset]:
        got, headed = (ask(house.port + offset, path, method=method) for method in ("GET", "HEAD"))
        assert (headed.status, headed.body) == (got.status, b""), path
        assert "server" not in got.headers, path
        assert {k: v for k, v in headed.headers.items() if k not in NEW} == {
            k: v for k, v in got.headers.items() if k not in NEW
        }, path


NEW = {"date", "set-cookie", "content-security-policy", "etag", "content-length"}  # what each answer has of its own


@pytest.mark.parametrize("offset", [0, 1, 2])
def test_an_address_that_can_be_nobody_s_is_404_and_no_trouble(house: House, offset: int) -> None:
    odd = ["%00", "a%00.js", "%0a", "a%1Fb.css", "x" * 256, "x" * 300 + ".js", "ab/" * 600, "%7f"]
    for folder in [*FOLDERS[offset], "/chat", "/leave"]:
        for name in odd:
            said = ask(house.port + offset, folder + name)
            assert said.status == 404, (folder, name)
    for name in ("dashboard.components.", "dashboard.components..x/A/B/c", "dashboard.components.nav/Nav/_resources/"):
        assert ask(house.port + 1, f"/app/components/{name}").status in {400, 404}
    assert ask(house.port, "/chat?site=%00").status == 404
    assert ask(house.port, "/chat?site=" + "x" * 5_000).status == 404
    assert ask(house.port + 1, "/app/login", "Cookie: parlour_operator=" + "x" * 5_000).status in {200, 302}
    assert house.troubles() == []
