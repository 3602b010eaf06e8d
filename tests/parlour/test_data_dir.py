import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from parlour.data_dir import CannotStart, Holder, claim, holder
from parlour.keys import door_key, write_secretly

HOLD = """
import sys
from pathlib import Path
from parlour.data_dir import Holder, claim
with claim(Path(sys.argv[1])) as mine:
    mine.write(Holder(pid=1, port=9000, processes={"main": 2}))
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def another(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "data")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_the_folder_is_made_for_its_owner_only_and_says_who_has_it(tmp_path: Path) -> None:
    path = tmp_path / "a" / "data"
    assert holder(path) is None
    with claim(path) as mine:
        mine.write(Holder(pid=os.getpid(), port=9000, processes={"main": 1234567}))
        mine.write(Holder(pid=os.getpid(), port=9000))
        assert (path / "lock").read_text() == f'{{"pid":{os.getpid()},"port":9000}}\n'
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
        assert (path / "logs").is_dir()
    with claim(path):
        pass


def test_a_folder_in_use_is_not_had_twice(tmp_path: Path, another: subprocess.Popen[str]) -> None:
    path = tmp_path / "data"
    assert holder(path) == Holder(pid=1, port=9000, processes={"main": 2})
    with pytest.raises(CannotStart, match="in use by another Parlour"), claim(path, patience=0.1):
        pass
    assert holder(path) == Holder(pid=1, port=9000, processes={"main": 2})
    another.kill()
    another.wait()
    assert holder(path) is None


def test_a_dying_predecessor_is_waited_for(tmp_path: Path, another: subprocess.Popen[str]) -> None:
    assert another.stdin is not None
    another.stdin.close()
    another.stdin = None
    with claim(tmp_path / "data", patience=5):
        pass


def test_a_taken_port_changes_nothing(tmp_path: Path, taken_port: int) -> None:
    sentence = f"Port {taken_port} is taken by another program."
    with pytest.raises(CannotStart, match=sentence), claim(tmp_path / "data", ports=[taken_port], patience=0.1):
        pass
    assert list(tmp_path.iterdir()) == []


def test_an_address_that_is_not_ours_cannot_be_listened_on(tmp_path: Path) -> None:
    with (
        pytest.raises(CannotStart, match=r"of 192\.0\.2\.1 cannot"),
        claim(tmp_path / "d", host="192.0.2.1", ports=[1]),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="The disk of"), claim(tmp_path / "data", least_room=10**9):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file" / "data"):
        with pytest.raises(CannotStart, match="is not a folder"), claim(path):
            pass


def test_a_read_only_folder_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(30, "Read-only file system")

    with claim(tmp_path / "data"):
        pass
    monkeypatch.setattr("parlour.data_dir.os.open", refuse)
    with pytest.raises(CannotStart, match="cannot be written: read-only file system"), claim(tmp_path / "data"):
        pass


def test_the_door_s_key_is_drawn_once_and_for_its_owner_only(tmp_path: Path) -> None:
    key = door_key(tmp_path)
    assert door_key(tmp_path) == key
    assert len(key) == 43
    assert stat.S_IMODE((tmp_path / "door.key").stat().st_mode) == 0o600


def test_a_secret_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("old")
    write_secretly(file, b"new")
    assert file.read_bytes() == b"new"
    assert [f.name for f in tmp_path.iterdir()] == ["file"]
