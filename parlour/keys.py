"""The keys in a data folder: files that only its owner can read. It must not know what a key opens."""

import os
import secrets
from pathlib import Path


def door_key(path: Path) -> str:
    """The door's secret, drawn at the first use; readable by the folder's owner only."""
    return _key(path / "door.key")


def analyst_key(path: Path) -> str:
    """The analysts' token, drawn at the first use; readable by the folder's owner only."""
    return _key(path / "analyst.key")


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
