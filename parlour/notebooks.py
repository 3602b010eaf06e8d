"""`parlour notebooks`: JupyterLab in the notebooks' folder, connected to the server that runs on a data folder.

It takes this process's place. It must not know what the notebooks do.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from parlour.data_dir import CannotStart, holder
from parlour.keys import analyst_key
from parlour.options import HOST

FOLDER = Path(__file__).parent.parent / "notebooks"
FIRST = "01_chat_history.ipynb"

# Nothing is asked of another host: no news, no look for updates, no list of extensions.
ALONE = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)


def start(folders: Iterable[Path], *, port: int, browser: bool) -> NoReturn:
    """Become JupyterLab, connected to the server of the first of the data folders that has one.

    Raises `CannotStart`.
    """
    if find_spec("jupyterlab") is None:
        raise CannotStart(f"JupyterLab is not installed: “{sys.executable} -m pip install jupyterlab” adds it.")
    if not FOLDER.is_dir():
        raise CannotStart(f"There is no folder of notebooks at {FOLDER}.")
    server = connection(folders)
    environment = {**os.environ, **server, "JUPYTER_PREFER_ENV_PATH": "1"}
    print(f"Notebooks in {FOLDER}, connected to {server['PARLOUR_URL']}.", file=sys.stderr, flush=True)
    os.execve(sys.executable, command(port=port, browser=browser), environment)  # noqa: S606 - no shell is wanted


def connection(folders: Iterable[Path]) -> Mapping[str, str]:
    """The address and the token of the running server, as notebooks read them from their environment."""
    folders = tuple(folders)
    for folder in folders:
        running = holder(folder)
        if running is not None and running.port is not None:
            return {"PARLOUR_URL": f"http://{HOST}:{running.port + 2}", "PARLOUR_TOKEN": _key(folder)}
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
