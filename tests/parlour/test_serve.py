"""`parlour serve` and the commands that change the house, with and without a running server."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.commands import Refused
from engine.door.answers import SignedIn
from engine.door.remote import RemoteDoor
from engine.door.requests import SetFirstPassword, SignIn
from parlour.keys import door_key
from parlour.reach import connected
from tests.parlour.whole import alive, fetch, free_port, started, until

pytestmark = pytest.mark.slow

PASSWORD = "correct horse battery"


def parlour(data_dir: Path, *arguments: str, say: str = "") -> tuple[int, str]:
    """Run a command to its end: its exit code, and what it said, wherever."""
    command = [sys.executable, "-m", "parlour", *arguments, "--data-dir", str(data_dir)]
    done = subprocess.run(command, input=say, capture_output=True, text=True, timeout=30, check=False)
    return done.returncode, (done.stdout + done.stderr).strip()


def furnish(data_dir: Path) -> None:
    """Add somebody and a site; the department Support is there from the first start."""
    code, said = parlour(data_dir, "user", "add", "Anna", "--name", "Anna B.", "--password-stdin", say=PASSWORD + "\n")
    assert (code, said) == (0, "Added Anna B. (operator), who signs in as “anna” and serves Support.")
    code, said = parlour(data_dir, "site", "add", "Shop", "--origin", "https://shop.example", "--key", "k")
    assert code == 0
    assert 'data-site="k"' in said


def listed(data_dir: Path, kind: str) -> list[str]:
    """The rows of a list, below its heads."""
    code, said = parlour(data_dir, kind, "list")
    heads, *rows = said.splitlines()
    assert (code, heads.split()[0]) == (0, heads.split()[0].upper())
    return rows


def check_furnished(data_dir: Path) -> None:
    assert listed(data_dir, "user") == ["anna   Anna B.  operator  Support             may"]
    assert listed(data_dir, "department") == ["Support  Anna B.    always  may choose it"]
    assert listed(data_dir, "site") == ["k    Shop  https://shop.example"]
    code, said = parlour(data_dir, "department", "add", "support")
    assert (code, said) == (1, "There is one of that name already.")
    code, said = parlour(data_dir, "user", "add", "bob", "--name", "Bob", "--password-stdin", say="short\n")
    assert (code, said) == (1, "That is no text that can be taken: a password has at least 8 characters.")
    assert parlour(data_dir, "set", "max_chats", "7") == (0, "max_chats is 7.")
    assert "max_chats 7" in " ".join(parlour(data_dir, "set")[1].split())
    assert parlour(data_dir, "set", "max_chats", "0")[0] == 1
    assert parlour(data_dir, "set", "colour", "1")[0] == 1


async def sign_in(port: int, data_dir: Path, login: str, code: str | None = None) -> SignedIn | Refused:
    async with RemoteDoor(f"ws://127.0.0.1:{port}/door", door_key(data_dir)) as door:
        await connected(door, 10)
        if code is not None:
            assert await door.ask(SetFirstPassword(code=code, name="Ada N.", login=login, password=PASSWORD)) is None
        return await door.ask(SignIn(login=login, password=PASSWORD, address="127.0.0.1"))


def test_a_house_furnished_without_a_server_is_served(tmp_path: Path) -> None:
    data_dir, port = tmp_path / "data", free_port()
    furnish(data_dir)
    check_furnished(data_dir)
    with started(data_dir, "serve", port) as parent:
        assert parent.out == f"http://127.0.0.1:{port + 1}/app\n"
        check_furnished(data_dir)
        assert isinstance(asyncio.run(sign_in(port, data_dir, "anna")), SignedIn)
        assert parent.end() == 0


def test_an_empty_house_is_served_with_a_one_time_address_and_furnished_while_it_runs(tmp_path: Path) -> None:
    data_dir, port = tmp_path / "data", free_port()
    with started(data_dir, "serve", port) as parent:
        address, _, code = parent.out.strip().partition("#")
        assert address == f"http://127.0.0.1:{port + 1}/app/setup"
        assert isinstance(asyncio.run(sign_in(port, data_dir, "ada", code)), SignedIn)
        assert fetch(f"http://127.0.0.1:{port}/health")
        assert fetch(f"http://127.0.0.1:{port + 1}/app/health")
        code_2, said = parlour(data_dir, "serve", "--port", str(port))
        assert (code_2, said) == (2, f"The data folder {data_dir} is in use by another Parlour.")
        furnish(data_dir)
        assert listed(data_dir, "user")[0].startswith("ada ")
        assert listed(data_dir, "department") == ["Support  Ada N., Anna B.  always  may choose it"]
        assert parent.end() == 0
    with started(data_dir, "serve", port) as parent:
        assert parent.out == f"http://127.0.0.1:{port + 1}/app\n"


def test_a_killed_child_comes_back_and_a_killed_parent_takes_its_children_along(tmp_path: Path) -> None:
    data_dir, port = tmp_path / "data", free_port()
    furnish(data_dir)
    with started(data_dir, "serve", port) as parent:
        before = parent.children
        os.kill(before["main"], signal.SIGKILL)
        until(lambda: parent.children.get("main", before["main"]) != before["main"], 5)
        assert isinstance(asyncio.run(sign_in(port, data_dir, "anna")), SignedIn)
        children = parent.children
        assert children["dashboard"] == before["dashboard"]
        parent.process.kill()
        with started(data_dir, "serve", port) as successor:
            assert not any(map(alive, children.values()))
            assert successor.end() == 0
