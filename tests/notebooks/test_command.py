"""`parlour notebooks`: what stands in its way, and what it starts."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from parlour import notebooks
from parlour.cli import main
from parlour.data_dir import Holder, claim
from tests.notebooks.talk import Talk

pytestmark = pytest.mark.slow

# JupyterLab's place, taken by a program that says how it was started.
STAND_IN = "import json, os, sys; print(json.dumps([sys.argv[1:], dict(os.environ)]))"


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as end:
        main(["notebooks", *arguments])
    assert end.value.code == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err


def test_without_jupyterlab_it_is_said_how_to_get_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parlour.notebooks.find_spec", lambda name: None)
    assert complaint(capsys) == f"JupyterLab is not installed: “{sys.executable} -m pip install jupyterlab” adds it.\n"


def test_without_a_server_it_is_said_where_one_was_looked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parlour.notebooks.find_spec", lambda name: name)
    monkeypatch.chdir(tmp_path)
    assert "No server runs on parlour-data or .parlour-demo: start “parlour demo”" in complaint(capsys)
    assert f"No server runs on {tmp_path}/x:" in complaint(capsys, "--data-dir", f"{tmp_path}/x")
    monkeypatch.setenv("PARLOUR_DATA_DIR", "elsewhere")
    assert "No server runs on elsewhere:" in complaint(capsys)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_where_only_a_command_is_at_work_has_no_server(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parlour.notebooks.find_spec", lambda name: name)
    with claim(tmp_path / "d"):
        assert "No server runs on" in complaint(capsys, "--data-dir", str(tmp_path / "d"))


def test_a_token_that_may_not_be_read_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parlour.notebooks.find_spec", lambda name: name)
    with claim(tmp_path / "d") as mine:
        mine.write(Holder(pid=os.getpid(), port=8700))
        (tmp_path / "d" / "analyst.key").mkdir()
        assert "analyst.key cannot be read: Is a directory." in complaint(capsys, "--data-dir", str(tmp_path / "d"))


def test_jupyterlab_is_started_beside_the_running_server(tmp_path: Path, talk: Talk) -> None:
    package = tmp_path / "jupyterlab"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(STAND_IN)
    command = [sys.executable, "-m", "parlour", "notebooks", "--data-dir", str(talk.data_dir), "--port", "9999"]
    done = subprocess.run(
        [*command, "--no-browser"],
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PARLOUR_TOKEN": "another server's"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    arguments, environment = json.loads(done.stdout)
    assert (environment["PARLOUR_URL"], environment["PARLOUR_TOKEN"]) == (talk.url, talk.token)
    assert {"--ServerApp.port=9999", "--ServerApp.port_retries=0", "--ServerApp.ip=127.0.0.1"} <= set(arguments)
    assert f"--ServerApp.root_dir={notebooks.FOLDER}" in arguments
    assert "--no-browser" in arguments
    assert not any(talk.token in argument for argument in arguments)  # arguments are seen by everybody
    assert done.stderr == f"Notebooks in {notebooks.FOLDER}, connected to {talk.url}.\n"


def test_the_notebook_it_opens_is_there_and_a_browser_is_opened_unless_told_not_to() -> None:
    assert (notebooks.FOLDER / notebooks.FIRST).exists()
    assert "--no-browser" not in notebooks.command(port=1, browser=True)
