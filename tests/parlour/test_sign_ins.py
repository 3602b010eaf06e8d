"""Who is signed in to a whole house, from the command line: passwords, sessions, and a file of them that is gone."""

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.parlour.test_serve import PASSWORD, parlour
from tests.parlour.whole import Parent, fetch, free_port, started, until

pytestmark = pytest.mark.slow

NEW = "another horse battery"
ADDED = ("user", "add", "ida", "--name", "Ida", "--role", "analyst", "--password-stdin")


@contextmanager
def serving(data: Path, port: int) -> Iterator[Parent]:
    """A server whose dashboard reaches main; it ends in order."""
    with started(data, "serve", port) as parent:
        until(lambda: '"ready": true' in fetch(f"http://127.0.0.1:{port + 1}/app/health"), what="the dashboard")
        yield parent
        assert parent.end() == 0


def sign_in(port: int, password: str) -> str | None:
    """The cookies of a sign-in over HTTP; None where it is refused."""
    there = HTTPConnection("127.0.0.1", port + 1, timeout=10)
    there.request("GET", "/app/login")
    asked = there.getresponse()
    token = asked.read().decode().split('name="_xsrf" value="')[1].split('"')[0]
    headers = {"Cookie": f"_xsrf={token}", "Content-Type": "application/x-www-form-urlencoded"}
    there.request("POST", "/app/login", urlencode({"_xsrf": token, "login": "ida", "password": password}), headers)
    said = there.getresponse()
    said.read()
    there.close()
    cookies = "; ".join(line.split(";")[0] for line in said.headers.get_all("Set-Cookie") or [])
    return cookies if said.status == 303 else None


def status(port: int, cookies: str | None) -> int:
    """What the dashboard answers who brings the cookies: 302 leads to the sign-in."""
    there = HTTPConnection("127.0.0.1", port + 1, timeout=20)
    there.request("HEAD", "/app/", headers={"Cookie": cookies or ""})
    code = there.getresponse().status
    there.close()
    return code


def test_a_password_is_changed_and_sessions_are_ended_beside_a_server_and_without_one(tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()
    assert parlour(data, *ADDED, say=PASSWORD + "\n")[0] == 0
    with serving(data, port):
        first = sign_in(port, PASSWORD)
        assert status(port, first) == 200
        changed = parlour(data, "user", "password", "IDA", "--password-stdin", say=NEW + "\n")
        assert changed == (0, "Ida has another password, and is signed out everywhere.")
        assert status(port, first) == 302
        assert sign_in(port, PASSWORD) is None
        second = sign_in(port, NEW)
        assert status(port, second) == 200
        ended = parlour(data, "user", "end-sessions", "ida")
        assert ended == (0, "Ida is signed out everywhere, and may sign in again.")
        assert status(port, second) == 302
        third = sign_in(port, NEW)
        assert status(port, third) == 200
    assert parlour(data, "user", "password", "ida", "--password-stdin", say=PASSWORD + "\n") == changed
    fourth = None
    with serving(data, port):
        assert status(port, third) == 302
        fourth = sign_in(port, PASSWORD)
    assert parlour(data, "user", "end-sessions", "ida") == ended
    with serving(data, port):
        assert status(port, fourth) == 302


def test_what_is_no_password_and_nobody_is_said_in_a_sentence(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert parlour(data, *ADDED, say=" " * 12 + "\n") == (1, "Something is empty that must not be: password.")
    assert parlour(data, *ADDED, say=PASSWORD + "\n")[0] == 0
    for password, says in (
        (" " * 12, "Something is empty"),
        ("short", "at least 8 characters"),
        ("x" * 201, "too long"),
    ):
        code, said = parlour(data, "user", "password", "ida", "--password-stdin", say=password + "\n")
        assert (code, says in said, said.count("\n")) == (1, True, 0), said
    for command in (("password", "eve", "--password-stdin"), ("end-sessions", "eve")):
        code, said = parlour(data, "user", *command, say=PASSWORD + "\n")
        assert (code, said) == (1, "There is no user “eve” (there are: Ida).")


@pytest.mark.parametrize("command", ["serve", "demo", "user"])
def test_a_file_of_logins_that_is_gone_is_said_and_not_made_anew(tmp_path: Path, command: str) -> None:
    data = tmp_path / "data"
    parlour(data, *ADDED, say=PASSWORD + "\n")
    kept = tmp_path / "secrets.db"
    shutil.move(data / "secrets.db", kept)
    words = (command, "--port", str(free_port())) if command != "user" else ("user", "list")
    code, said = parlour(data, *words)
    assert code == 2
    assert said.startswith(f"{data / 'secrets.db'} is missing: with it every login and password")
    assert f"touch {data / 'secrets.db'}" in said
    assert "\n" not in said
    assert not (data / "secrets.db").exists()
    shutil.move(kept, data / "secrets.db")
    assert "ida" in parlour(data, "user", "list")[1]


def test_who_says_that_it_is_gone_sets_an_administrator_s_password_anew(tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()
    parlour(data, *ADDED, say=PASSWORD + "\n")
    (data / "secrets.db").unlink()
    (data / "secrets.db").touch()
    with serving(data, port) as parent:
        assert "/app/setup#" in parent.out
        assert sign_in(port, PASSWORD) is None


def test_who_asks_learns_nothing_of_which_logins_there_are(tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()
    parlour(data, *ADDED, say=PASSWORD + "\n")
    with serving(data, port):
        took: dict[str, list[float]] = {"ida": [], "eve": []}
        said: dict[str, list[str]] = {"ida": [], "eve": []}
        for n in range(11):
            for login, times in took.items():
                began = time.monotonic()
                said[login].append(refusal(port, login, f"wrong password {n}"))
                times.append(time.monotonic() - began)
        assert without_seconds(said["ida"]) == without_seconds(said["eve"])
        assert said["ida"][10].startswith("429 ")
        known, unknown = (sorted(took[login][:10])[5] for login in ("ida", "eve"))
        assert abs(known - unknown) < 0.5 * max(known, unknown)


def without_seconds(said: list[str]) -> list[str]:
    """What was said, but for how long it is to be waited: the two are asked one after the other."""
    return [re.sub(r"\bin \d+ s\b", "in a while", one) for one in said]


def refusal(port: int, login: str, password: str) -> str:
    """The words of a refused sign-in."""
    there = HTTPConnection("127.0.0.1", port + 1, timeout=10)
    fields = urlencode({"_xsrf": "x" * 32, "login": login, "password": password})
    headers = {"Cookie": "_xsrf=" + "x" * 32, "Content-Type": "application/x-www-form-urlencoded"}
    there.request("POST", "/app/login", fields, headers)
    answer = there.getresponse()
    page = answer.read().decode()
    there.close()
    words = page.split('role="alert" id="problem">')[1].partition("<")[0]
    return f"{answer.status} {words}"
