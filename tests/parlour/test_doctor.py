"""`parlour doctor` about real houses: running, hurt, at rest, and none at all."""

import json
import os
import re
import resource
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.analytics import mark
from engine.journal import Journal
from engine.journal.reader import JournalReader
from parlour.cli import main
from parlour.doctor import limits
from parlour.doctor.examine import examine
from parlour.doctor.report import JournalState
from parlour.keys import door_key
from parlour.logs import LARGEST
from parlour.options import Options
from parlour.processes import PROCESSES
from tests.parlour.whole import free_port, started, until

pytestmark = pytest.mark.slow


def ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The doctor's exit code and what it printed."""
    with pytest.raises(SystemExit) as end:
        main(["doctor", *arguments])
    assert isinstance(end.value.code, int)
    return end.value.code, capsys.readouterr().out


def test_of_a_running_demo_it_says_what_each_process_does_and_who_is_hurt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data_dir, port = tmp_path / "demo", free_port()
    with started(data_dir, "demo", port, "--visitors", "1") as parent:
        until(lambda: set(parent.children) == set(PROCESSES), 10)
        code, out = ask(capsys, "--data-dir", str(data_dir), "--json")
        report = json.loads(out)
        assert (code, report["problems"], report["well"]) == (0, [], True)
        assert (report["server"], report["port"]) == (parent.process.pid, port)
        check_processes(report, parent.children, port)
        assert report["journal"]["last_position"] > 0
        assert report["analytics"]["health"]["ready"] is True
        assert report["versions"]["python"]
        os.kill(parent.children["analytics"], signal.SIGSTOP)  # it lives, and answers nothing
        report = json.loads(ask(capsys, "--data-dir", str(data_dir), "--json")[1])
        os.kill(parent.children["analytics"], signal.SIGCONT)
        pid = parent.children["analytics"]
        assert report["problems"] == [f"analytics runs (process {pid}), but is not ready."]
        assert parent.end() == 0
    code, out = ask(capsys, "--data-dir", str(data_dir))
    assert code == 0
    assert "none runs on this folder" in out
    assert out.endswith("All is well.\n")


def check_processes(report: dict[str, Any], children: dict[str, int], port: int) -> None:
    rows = {row["name"]: row for row in report["processes"]}
    assert {name: row["pid"] for name, row in rows.items()} == children
    assert {name: row["port"] for name, row in rows.items()} == {
        "main": port,
        "dashboard": port + 1,
        "analytics": port + 2,
        "demo-site": port + 3,
        "robot": None,
        "visitors": None,
    }
    for name, row in rows.items():
        assert row["ready"]
        assert row["answers"] is (None if row["port"] is None else True)
        assert f"parlour.child {name} " in row["command"]
        assert Path(row["log"]).exists()
        assert row["without"]
        assert row["sign"]


def at_rest(tmp_path: Path) -> Path:
    """A folder with an empty journal and a key."""
    Journal(tmp_path / "journal.db")._reader.close()
    door_key(tmp_path)
    return tmp_path


def problems(folder: Path) -> tuple[str, ...]:
    return examine(Options(data_dir=folder)).problems


def test_a_house_at_rest_is_well(tmp_path: Path) -> None:
    report = examine(Options(data_dir=at_rest(tmp_path)))
    assert report.well
    assert [process.name for process in report.processes] == ["main", "dashboard", "analytics"]
    assert all(process.pid is None and not process.ready for process in report.processes)
    assert report.journal is not None
    assert report.journal.last_position == 0


def test_no_folder_is_something_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = ask(capsys, "--data-dir", str(tmp_path / "nowhere"))
    assert code == 1
    assert out.endswith(f"Something is wrong:\n  - There is no data folder {tmp_path / 'nowhere'}.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_others_can_read_is_something_wrong(tmp_path: Path) -> None:
    key = at_rest(tmp_path) / "door.key"
    key.chmod(0o644)
    assert problems(tmp_path) == (f"{key} can be read by others (mode 0644, must be 0600).",)


def test_a_journal_that_lost_its_end_is_something_wrong(tmp_path: Path) -> None:
    reader = JournalReader(at_rest(tmp_path) / "journal.db")
    mark.write(tmp_path, mark.Mark(epoch=reader.epoch, position=7))
    reader.close()
    assert problems(tmp_path) == (f"The journal of {tmp_path} lost its last events; restore it from a backup.",)
    (tmp_path / "journal.db").unlink()
    assert problems(tmp_path) == (f"The journal of {tmp_path} is missing; restore it from a backup.",)


def test_a_file_that_is_no_journal_is_something_wrong(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(b"no database " * 1000)
    (problem,) = problems(tmp_path)
    assert problem.startswith("The journal cannot be read: ")


def test_a_disk_with_little_room_is_something_wrong(tmp_path: Path) -> None:
    (problem,) = examine(Options(data_dir=at_rest(tmp_path), least_room=10**9)).problems
    assert re.match(r"The disk has \d+ MB left: page views are not kept, no messages can be left, ", problem)


def test_it_says_of_each_thing_whether_it_is_given_up() -> None:
    assert list(limits.disk(512 << 20, 512)) == []
    said = ["page views are not kept", "no messages can be left", "no new chats begin", "reports stand still"]
    for number, megabytes in enumerate((511, 255, 127, 63), 1):
        (sentence,) = limits.disk(megabytes << 20, 512)
        assert sentence.startswith(f"The disk has {megabytes} MB left: {', '.join(said[:number])}. Make room: ")
    (sentence,) = limits.disk(4096, 512)
    assert sentence.startswith("The disk is full: ")


def test_the_last_error_of_a_log_is_found_at_its_end(tmp_path: Path) -> None:
    error = "2026-01-01 10:00:00,123 ERROR engine.core: something"
    (at_rest(tmp_path) / "logs").mkdir()
    log = tmp_path / "logs" / "main.log"
    log.write_text(f"{'x' * LARGEST}\n{error} old\n{error} new\nTraceback …\n2026-01-01 10:00:01,0 INFO a: ERROR b\n")
    (main_process, *others) = examine(Options(data_dir=tmp_path)).processes
    assert main_process.last_error == f"{error} new"
    assert all(one.last_error is None for one in others)


def test_an_error_is_found_though_its_log_was_put_aside(tmp_path: Path) -> None:
    (at_rest(tmp_path) / "logs").mkdir()
    error = "2026-01-01 10:00:00,123 ERROR engine.core: something"
    (tmp_path / "logs" / "main.log.1").write_text(f"{error}\n")
    (tmp_path / "logs" / "main.log").write_text("2026-01-01 10:00:01,0 INFO a: b\n")
    (main_process, *_) = examine(Options(data_dir=tmp_path)).processes
    assert main_process.last_error == error
    assert main_process.log_bytes == len(error) + 1 + 32


def test_a_process_near_its_limit_of_descriptors_is_something_wrong(tmp_path: Path) -> None:
    data_dir, port = tmp_path / "data", free_port()
    with started(data_dir, "serve", port) as parent:
        until(lambda: examine(Options(data_dir=data_dir)).problems == (), 30)
        report = examine(Options(data_dir=data_dir))
        assert all(one.descriptors is not None and 3 < one.descriptors[0] < 200 for one in report.processes)
        soft, hard = resource.prlimit(parent.children["main"], resource.RLIMIT_NOFILE)
        assert soft == hard
        most = len(os.listdir(f"/proc/{parent.children['main']}/fd")) + 1
        resource.prlimit(parent.children["main"], resource.RLIMIT_NOFILE, (most, hard))
        problem = next(one for one in examine(Options(data_dir=data_dir)).problems if one.startswith("main has"))
        assert re.match(rf"main has \d+ of at most {most} files and connections open: ", problem)
        assert parent.end() == 0


def test_a_clock_that_was_set_back_and_a_snapshot_long_since_are_something_wrong() -> None:
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    late = JournalState(bytes=1, last_position=9, last_at=now + timedelta(hours=1), snapshot=None)
    (problem,) = limits.clock(late, now)
    assert problem.startswith("The clock of this machine is 3,600 s before the last event")
    assert list(limits.clock(late, now + timedelta(minutes=59, seconds=56))) == []
    assert list(limits.snapshot(late)) == []
    (problem,) = limits.snapshot(msgspec.structs.replace(late, last_position=300_000, snapshot=(7, now)))
    assert problem.startswith("There is no snapshot of the last 299,993 events")


def test_a_number_that_is_somebody_else_s_now_is_no_process_of_ours(tmp_path: Path) -> None:
    from parlour.data_dir import Holder, claim
    from parlour.doctor.processes import _process

    with claim(at_rest(tmp_path)) as mine:
        mine.write(Holder(pid=os.getpid(), port=free_port(), processes={"main": os.getpid()}))
        process = _process("main", os.getpid(), Options(data_dir=tmp_path), running=True)
    assert (process.pid, process.command, process.ready) == (None, None, False)


def test_without_a_folder_named_it_looks_where_the_houses_usually_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PARLOUR_DATA_DIR", raising=False)
    (tmp_path / ".parlour-demo").mkdir(mode=0o700)
    report = msgspec.json.decode(ask(capsys, "--json")[1])
    assert report["data_dir"] == str(tmp_path / ".parlour-demo")
