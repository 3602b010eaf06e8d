"""What every answer over HTTP must say, whatever was asked: its kind, its policy, and nothing to what is no request."""

from collections.abc import Iterator

import pytest

from tests.parlour.raw import Said, ask
from tests.parlour.whole import free_port, started

pytestmark = pytest.mark.slow

ASKED = {
    0: ["/health", "/widget.js", "/widget/texts/en.json", "/widget/page/start.js", "/widget/seen", "/parlour.d.ts"],
    1: ["/", "/app", "/app/", "/app/login", "/app/setup", "/app/health", "/app/export/0123456789abcdef.csv"],
    2: ["/health", "/query", "/events"],
}
ASKED[0] += ["/chat?site=shop", "/chat?site=nobody", "/leave", "/ws/chat", "/door"]
ASKED[1] += ["/app/static/tokens.css", "/app/static/parlour/page.js", "/app/static/js/bokeh.min.js", "/app/ws"]
ASKED[1] += ["/app/static/parlour/look/icon.svg", "/app/components/dashboard.components.nav/Nav/_bundle_path/nav.js"]
EVERY = [(offset, path) for offset, paths in ASKED.items() for path in [*paths, "/nothing", "/a%00b"]]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """P of a house whose dashboard is behind TLS."""
    folder, port = tmp_path_factory.mktemp("answers") / "data", free_port()
    with started(folder, "serve", port, "--origin", "https://desk.example.org") as parent:
        yield port
        parent.end()


def guarded(said: Said) -> bool:
    policy = said.headers["content-security-policy"]
    return (
        said.headers["x-content-type-options"] == "nosniff"
        and "default-src 'none'" in policy
        and "base-uri 'none'" in policy
        and "frame-ancestors" in policy
        and "unsafe-eval" not in policy
    )


@pytest.mark.parametrize(("offset", "path"), EVERY)
def test_every_answer_says_its_kind_and_what_may_be_made_of_it(port: int, offset: int, path: str) -> None:
    for method in ("GET", "HEAD", "POST", "DELETE"):
        said = ask(port + offset, path, method=method)
        assert guarded(said), (method, said.status)
        kind = said.headers.get("content-type", "")
        assert not kind.startswith("text/") or "charset=utf-8" in kind.lower(), (method, kind)
        assert "traceback" not in said.body.decode("utf-8", "replace").lower()


@pytest.mark.parametrize("offset", [0, 1])
def test_under_another_name_too(port: int, offset: int) -> None:
    said = ask(port + offset, "/", host="rebound.test")
    assert said.status == 421
    assert guarded(said)


@pytest.mark.parametrize("offset", [0, 1, 2])
def test_of_what_is_too_large_to_be_read_too(port: int, offset: int) -> None:
    said = ask(port + offset, "/query", "Content-Length: 99999999", method="POST")
    assert said.status == 413
    assert guarded(said)


@pytest.mark.parametrize("offset", [0, 1, 2])
def test_what_nobody_asks_for_is_not_answered(port: int, offset: int) -> None:
    for method in ("TRACE", "TRACK", "CONNECT", "PROPFIND"):
        said = ask(port + offset, "/health" if offset != 1 else "/app/login", "X-Secret: 4711", method=method)
        assert said.status in {400, 405}
        assert b"4711" not in said.body


@pytest.mark.parametrize("offset", [0, 1, 2])
@pytest.mark.parametrize("length", ["Transfer-Encoding: chunked", "Transfer-Encoding: xchunked", "Content-Length: 9"])
def test_a_request_whose_end_is_told_twice_is_none(port: int, offset: int, length: str) -> None:
    path = ("/health", "/app/login", "/query")[offset]
    assert ask(port + offset, path, length, method="POST", body="0\r\n\r\n").status == 400


def test_pages_of_people_are_kept_by_no_cache(port: int) -> None:
    for path in ("/app/login", "/app/setup"):
        said = ask(port + 1, path)
        assert (said.status, said.headers["cache-control"]) == (200, "no-store")
        assert said.headers["referrer-policy"] == "same-origin"


def test_every_cookie_of_a_dashboard_behind_tls_goes_over_tls_alone(port: int) -> None:
    cookie = ask(port + 1, "/app/login").headers["set-cookie"]
    assert cookie.startswith("__Host-_xsrf=")
    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
