"""A house on every address of the machine, IPv6 first: found, opened and talked in under both families."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.demo import PARLOUR, Demo, start_demo
from tests.e2e.people import Operator, Visitor
from tests.parlour.whole import fetch, free_port

pytestmark = pytest.mark.e2e
BOTH = ("[::1]", "127.0.0.1")


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo on `::`."""
    running = start_demo(tmp_path_factory.mktemp("everywhere"), free_port(), "--host", "::")
    yield running
    running.end()


def test_a_chat_on_the_ipv6_loopback(everywhere: Demo, chromium: Browser) -> None:
    port = everywhere.port
    assert everywhere.dashboard == f"http://[::1]:{port + 1}/app"
    ann = Operator(chromium, everywhere).signs_in().switches(on=True)
    vera = Visitor(chromium, everywhere).opens().asks()
    ann.presses("Accept")
    expect(vera.dialog("Chat with operator")).to_be_visible()
    vera.writes("Over six")
    ann.sees("Over six")
    ann.writes("And back")
    vera.sees("And back")
    assert ann.hosts == {f"[::1]:{port + 1}"}
    assert vera.hosts == {f"localhost:{port + 3}", f"[::1]:{port}"}
    assert not ann.problems + vera.problems
    expect(ann.profile).to_contain_text("::1")
    vera.leaves()
    ann.leaves()


def test_ipv4_is_served_beside_it(everywhere: Demo, chromium: Browser) -> None:
    for host in BOTH:
        assert fetch(f"http://{host}:{everywhere.port}/health")
        assert fetch(f"http://{host}:{everywhere.port + 1}/app/health")
        assert fetch(f"http://{host}:{everywhere.port + 2}/health")
        assert fetch(f"http://{host}:{everywhere.port + 3}/")
    everywhere.line["dashboard"] = f"http://127.0.0.1:{everywhere.port + 1}/app"
    Operator(chromium, everywhere, 1).signs_in().switches(on=True).leaves()


def test_whoever_looks_at_it_finds_it(everywhere: Demo) -> None:
    where = ("--data-dir", str(everywhere.data_dir))
    doctor = subprocess.run([PARLOUR, "doctor", "--json", *where], capture_output=True, text=True, check=False)
    assert json.loads(doctor.stdout)["problems"] == []
    added = subprocess.run(
        [PARLOUR, "site", "add", "Mine", "--origin", "https://www.example.org", *where],
        capture_output=True,
        text=True,
        check=True,
    )
    assert f'src="http://[::1]:{everywhere.port}/widget.js"' in added.stdout


def test_a_host_that_is_none_of_this_machine_s_is_refused_in_a_sentence(tmp_path: Path) -> None:
    command = [PARLOUR, "serve", "--host", "2001:db8::1", "--port", str(free_port()), "--data-dir", str(tmp_path / "d")]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    assert said.returncode == 2
    assert "of 2001:db8::1 cannot be listened on: cannot assign requested address." in said.stderr
    assert not (tmp_path / "d").exists()
