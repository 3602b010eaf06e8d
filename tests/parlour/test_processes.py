"""The table of processes: what must hold between its rows, and what is made of them."""

from importlib.util import find_spec
from pathlib import Path

import pytest

from parlour import backup, keys
from parlour.keys import door_key, door_keys
from parlour.options import DemoOptions, Options
from parlour.processes import DEMO, GUESTS, HOUSE, PROCESSES, SPEAKERS, Process

PAGE = Path(__file__).parents[2] / "docs" / "administer.md"


@pytest.mark.parametrize("process", PROCESSES.values(), ids=list(PROCESSES))
def test_its_module_is_there_and_what_only_speakers_have_only_they_have(process: Process) -> None:
    assert find_spec(process.module) is not None
    assert process.speaks or not process.secrets
    assert process.health is None or process.offset is not None


def test_no_two_share_a_port() -> None:
    ports = DemoOptions(port=9000).ports(PROCESSES)
    assert ports == (9000, 9001, 9002, 9003)
    with pytest.raises(ValueError, match="not enough values"):
        Options().port_of("robot")


def test_who_is_started_when() -> None:
    assert HOUSE == ("main", "dashboard", "analytics")
    assert (*HOUSE, "demo-site") == DEMO
    assert GUESTS == ("robot", "visitors")
    assert [name for name in GUESTS if DemoOptions(visitors=0).wants(name)] == ["robot"]
    assert [name for name in GUESTS if DemoOptions(robot=False).wants(name)] == ["visitors"]


def test_each_is_told_the_secrets_it_works_with_and_no_others() -> None:
    told = {name: process.secrets for name, process in PROCESSES.items() if process.secrets}
    assert told == {"dashboard": ("analyst",), "robot": ("robot",)}


def test_each_that_speaks_has_a_key_of_its_own_and_the_command_line_the_house_s(tmp_path: Path) -> None:
    found = door_keys(tmp_path)
    assert sorted(found.values()) == sorted(("house", *SPEAKERS))
    assert all(door_key(tmp_path, process) == key for key, process in found.items())
    assert found[door_key(tmp_path)] == "house"
    assert door_keys(tmp_path) == found
    assert {file.name for file in tmp_path.iterdir()} == {"door.key", "dashboard.key", "robot.key"}
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}
    with pytest.raises(KeyError):
        door_key(tmp_path, "analytics")


def test_every_key_is_in_a_backup() -> None:
    assert len(set(keys.FILES)) == len(keys.FILES)
    assert set(keys.FILES) <= set(backup.FILES)


@pytest.mark.parametrize("name", DEMO)
def test_the_page_for_administrators_says_what_the_table_does(name: str) -> None:
    process = PROCESSES[name]
    port = f"P+{process.offset}" if process.offset else "P"
    row = f"| {name} | {process.does} | {port} | {process.without} |"
    assert row in PAGE.read_text(encoding="utf-8").splitlines()


def test_the_page_for_administrators_names_every_key_of_a_house() -> None:
    said = PAGE.read_text(encoding="utf-8")
    assert all(f"`{file}`" in said for file in keys.FILES if file != "robot.key")
