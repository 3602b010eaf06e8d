"""`parlour notebooks`: JupyterLab in the notebooks' folder, connected to the server that runs on a data folder.

What JupyterLab prints goes to a log; its address comes last, once. It must not know what the notebooks do.
"""

import ctypes
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import Request, urlopen

from parlour import logs
from parlour.data_dir import CannotStart, holder, port_is_free
from parlour.keys import analyst_key
from parlour.options import HOST

FOLDER = Path(__file__).parent.parent / "notebooks"
FIRST = "01_chat_history.ipynb"
LOOK = 0.1  # seconds between two looks whether JupyterLab answers
DIE_WITH_PARENT = 1  # Linux's PR_SET_PDEATHSIG

# Nothing is asked of another host: no news, no look for updates, no list of extensions.
ALONE = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)


class Connection(NamedTuple):
    """The running server: where notebooks ask it, their token, and its data folder."""

    url: str
    token: str
    data_dir: Path


def start(folders: Iterable[Path], *, port: int, browser: bool) -> int:
    """Run JupyterLab, connected to the server of the first of the data folders that has one, to its end.

    Returns its exit code. Raises `CannotStart`.
    """
    if find_spec("jupyterlab") is None:
        raise CannotStart(f"JupyterLab is not installed: “{sys.executable} -m pip install jupyterlab” adds it.")
    if not FOLDER.is_dir():
        raise CannotStart(f"There is no folder of notebooks at {FOLDER}.")
    server = connection(folders)
    if not port_is_free(HOST, port):
        raise CannotStart(f"Port {port} is taken by another program: take another --port.")
    log = logs.log_of(server.data_dir / "logs", "notebooks")
    token = secrets.token_urlsafe(24)
    environment = {
        **os.environ,
        "PARLOUR_URL": server.url,
        "PARLOUR_TOKEN": server.token,
        "JUPYTER_TOKEN": token,  # among the arguments everybody could see it
        "JUPYTER_PREFER_ENV_PATH": "1",
    }
    _say(f"Notebooks in {FOLDER}, connected to {server.url}. What JupyterLab says is in {log}.")
    with logs.open_log(log) as out, subprocess.Popen(  # noqa: S603 - our own command
        command(port=port, browser=browser), env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
        preexec_fn=_end_with_parent,  # noqa: PLW1509 - there is one thread
    ) as lab:  # fmt: skip
        return _until_its_end(lab, port=port, token=token, log=log)


def _until_its_end(lab: "subprocess.Popen[bytes]", *, port: int, token: str, log: Path) -> int:
    """Say the address as soon as JupyterLab answers, and let it run; whoever ends us ends it."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: lab.terminate())
    try:
        while lab.poll() is None and not _answers(port, token):
            time.sleep(LOOK)
        if lab.returncode is not None:
            raise CannotStart(f"JupyterLab ended before it answered; {log} says why.")
        _say("It opens in a browser at the address below, which is its key, too. Ctrl+C ends it.")
        print(f"http://{HOST}:{port}/lab/tree/{FIRST}?token={token}", flush=True)
        return lab.wait()
    except KeyboardInterrupt:
        lab.terminate()
        return lab.wait()


def _answers(port: int, token: str) -> bool:
    status = Request(f"http://{HOST}:{port}/api/status", headers={"Authorization": f"token {token}"})
    try:
        with urlopen(status, timeout=1):  # noqa: S310 - http, and our own
            return True
    except (URLError, OSError):
        return False


def _end_with_parent() -> None:
    """In the child, before it becomes JupyterLab: it ends with us, however we end."""
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def connection(folders: Iterable[Path]) -> Connection:
    """The running server. Raises `CannotStart` where there is none."""
    folders = tuple(folders)
    for folder in folders:
        running = holder(folder)
        if running is not None and running.port is not None:
            return Connection(f"http://{HOST}:{running.port + 2}", _key(folder), folder)
    where = " or ".join(map(str, folders))
    raise CannotStart(f"No server runs on {where}: start “parlour demo” or “parlour serve” first, or say --data-dir.")


def command(*, port: int, browser: bool) -> list[str]:
    """The command that runs JupyterLab, on this machine's own address and on no other port than `port`."""
    return [
        sys.executable,
        *("-m", "jupyterlab", *ALONE),
        f"--ServerApp.root_dir={FOLDER}",
        f"--LabApp.default_url=/lab/tree/{FIRST}",
        f"--ServerApp.ip={HOST}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--KernelManager.transport=ipc",  # what kernels say is for no one else on this machine
        *(() if browser else ("--no-browser",)),
        *(("--allow-root",) if os.geteuid() == 0 else ()),
    ]


def _key(folder: Path) -> str:
    try:
        return analyst_key(folder)
    except OSError as error:
        raise CannotStart(f"The token in {folder / 'analyst.key'} cannot be read: {error.strerror}.") from None
