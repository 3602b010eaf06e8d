"""The keys in a data folder: files that only its owner can read. It must not know what a key opens.

Each process that speaks over the door has one of its own; `door.key` is the house's, the command line's alone.
"""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from engine.door.rights import HOUSE
from parlour.processes import PROCESSES, SPEAKERS

DOOR_FILES = {HOUSE: "door.key"} | {process: f"{process}.key" for process in SPEAKERS}
ANALYSTS_FILE = "analyst.key"
FILES = (*DOOR_FILES.values(), ANALYSTS_FILE)


def door_key(path: Path, process: str = HOUSE) -> str:
    """A process's secret at the door, drawn at the first use; readable by the folder's owner only."""
    return _key(path / DOOR_FILES[process])


def door_keys(path: Path) -> dict[str, str]:
    """Who speaks with which secret at the door: the process's name, `HOUSE` for the command line."""
    return {door_key(path, process): process for process in DOOR_FILES}


def analyst_key(path: Path) -> str:
    """The analysts' token, drawn at the first use; readable by the folder's owner only."""
    return _key(path / ANALYSTS_FILE)


def robot_password(path: Path) -> str:
    """The demo's robot's own, made of the house's key: nobody knows it who does not hold that."""
    return base64.urlsafe_b64encode(hmac.digest(door_key(path).encode(), b"parlour robot", hashlib.sha256)).decode()


def secrets_at_the_door(path: Path) -> dict[str, dict[str, str]]:
    """What main may tell each process over the door, by the secret's name: what stands in the process's row."""
    return {process: {name: SECRETS[name](path) for name in PROCESSES[process].secrets} for process in SPEAKERS}


SECRETS: dict[str, Callable[[Path], str]] = {"analyst": analyst_key, "robot": robot_password}


def _key(file: Path) -> str:
    if not file.exists():
        write_secretly(file, secrets.token_urlsafe(32).encode())
    return file.read_text(encoding="ascii").strip()


def write_secretly(file: Path, content: bytes) -> None:
    """Put `content` in the place of `file`, whole or not at all, with mode 0600 from the first moment."""
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(fd, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
