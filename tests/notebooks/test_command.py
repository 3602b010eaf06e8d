"""`parlour notebooks`: what stands in its way, and what it starts."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from parlour import notebooks
from parlour.cli import main
from parlour.data_dir import Holder, claim
from tests.notebooks.talk import Talk
from tests.parlour.whole import fetch, free_port, is_free, until

pytestmark = pytest.mark.slow

# JupyterLab's place, taken by a program that is noisy, and says to who has its token how it was started.
STAND_IN = """
import json, os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Lab(BaseHTTPRequestHandler):
    def do_GET(self):
        token = os.environ["JUPYTER_TOKEN"]
        known = self.headers["Authorization"] == f"token {token}" or self.path.endswith(f"token={token}")
        said = json.dumps([sys.argv[1:], dict(os.environ)]).encode()
        self.send_response(200 if known else 403)
        self.end_headers()
        self.wfile.write(said if known else b"")

    def log_message(self, *_):
        print("much noise", flush=True)

port = next(int(one.partition("=")[2]) for one in sys.argv if one.startswith("--ServerApp.port="))
HTTPServer(("127.0.0.1", port), Lab).serve_forever()
"""


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


def stand_in(folder: Path, program: str) -> dict[str, str]:
    """An environment in which a program takes JupyterLab's place."""
    package = folder / "jupyterlab"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(program)
    return {**os.environ, "PYTHONPATH": str(folder), "PARLOUR_TOKEN": "another server's"}


def notebooks_command(talk: Talk, port: int) -> list[str]:
    there = ["--data-dir", str(talk.data_dir), "--port", str(port), "--no-browser"]
    return [sys.executable, "-m", "parlour", "notebooks", *there]


def test_jupyterlab_is_started_beside_the_running_server_and_its_address_comes_last_and_once(
    tmp_path: Path, talk: Talk
) -> None:
    port, environment = free_port(), stand_in(tmp_path, STAND_IN)
    with subprocess.Popen(
        notebooks_command(talk, port),
        env=environment, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as command:  # fmt: skip
        assert command.stdout is not None
        address = command.stdout.readline().strip()
        beside, lab = json.loads(fetch(address.replace("/lab/tree/", "/said/")))
        command.send_signal(signal.SIGTERM)
        out, err = command.communicate(timeout=10)
    assert out == ""  # once, and nothing else
    token = lab["JUPYTER_TOKEN"]
    assert address == f"http://127.0.0.1:{port}/lab/tree/{notebooks.FIRST}?token={token}"
    assert len(token) >= 32
    assert (lab["PARLOUR_URL"], lab["PARLOUR_TOKEN"]) == (talk.url, talk.token)
    assert {f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--ServerApp.ip=127.0.0.1"} <= set(beside)
    assert f"--ServerApp.root_dir={notebooks.FOLDER}" in beside
    assert "--no-browser" in beside
    assert not any(secret in argument for argument in beside for secret in (talk.token, token))  # seen by everybody
    log = talk.data_dir / "logs" / "notebooks.log"
    first, second = err.splitlines()
    assert first == f"Notebooks in {notebooks.FOLDER}, connected to {talk.url}. What JupyterLab says is in {log}."
    assert "Ctrl+C ends it" in second
    assert "much noise" in log.read_text()
    assert token not in log.read_text()
    until(lambda: is_free(port))


def test_who_kills_the_command_ends_jupyterlab_too(tmp_path: Path, talk: Talk) -> None:
    port, environment = free_port(), stand_in(tmp_path, STAND_IN)
    with subprocess.Popen(
        notebooks_command(talk, port), env=environment, cwd=tmp_path, stdout=subprocess.PIPE, text=True
    ) as command:
        assert command.stdout is not None
        assert command.stdout.readline().startswith("http")
        command.kill()
    until(lambda: is_free(port))


def test_a_jupyterlab_that_does_not_come_up_says_where_it_is_written_why(tmp_path: Path, talk: Talk) -> None:
    environment = stand_in(tmp_path, "import sys; sys.exit('no such kernel')")
    done = subprocess.run(
        notebooks_command(talk, free_port()),
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip
    log = talk.data_dir / "logs" / "notebooks.log"
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == f"JupyterLab ended before it answered; {log} says why."
    assert "no such kernel" in log.read_text()


def test_a_port_that_is_taken_is_said_before_jupyterlab_starts(tmp_path: Path, talk: Talk) -> None:
    environment = stand_in(tmp_path, STAND_IN)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = subprocess.run(
            notebooks_command(talk, port),
            env=environment, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=30,
        )  # fmt: skip
    said = f"Port {port} is taken by another program: take another --port.\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def test_the_notebook_it_opens_is_there_and_a_browser_is_opened_unless_told_not_to() -> None:
    assert (notebooks.FOLDER / notebooks.FIRST).exists()
    assert "--no-browser" not in notebooks.command(port=1, browser=True)
