"""`parlour backup`: a folder with everything that cannot be made again, taken while the server runs, checked, and only
then there under its name.

The journal and the logins are written out by their databases, so that each is of one moment; nothing of the server's
is written to.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from pysqlite3 import dbapi2 as sqlite3

from engine.journal import NewerJournal
from engine.journal.reader import JournalReader, NoJournal
from parlour import keys
from parlour.data_dir import CannotStart

FORMAT = 1
MANIFEST = "backup.json"
JOURNAL = "journal.db"
# The logins first: who is added in between is an operator without a login, as after a crash, and never the reverse.
DATABASES = ("secrets.db", JOURNAL)
FILES = (*keys.FILES, "demo.json", "parlour.toml")
SPARE = 256 * 1024 * 1024  # bytes that must stay free on the disk


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a backup."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup is of, and what must be in it.

    Attributes:
        position: of the journal's last event, which counts them all.

    """

    format: int = FORMAT
    made: datetime
    epoch: str
    position: int
    files: dict[str, File]


def back_up(data_dir: Path, target: Path) -> Manifest:
    """Make a backup of the house in `data_dir` under the new name `target`. Raises `CannotStart`."""
    target = target.absolute()
    _check(data_dir, target)
    with _fresh_folder(target) as folder:
        try:
            for name in DATABASES:
                _write_out(data_dir / name, folder / name)
            for name in FILES:
                if (data_dir / name).exists():
                    copy(data_dir / name, folder / name)
            manifest = _manifest(folder)
            _put(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
            folder.rename(target)
        except (OSError, sqlite3.Error) as error:
            raise CannotStart(f"The backup {target} cannot be made: {error}.") from None
    return manifest


def end_of(journal: Path) -> tuple[str, int]:
    """A journal's epoch and last position. Raises `CannotStart` where it is damaged, or has a gap."""
    try:
        with opened(journal) as database:
            (said,) = database.execute("PRAGMA quick_check(1)").fetchone()
            count, last = database.execute("SELECT count(*), coalesce(max(position), 0) FROM events").fetchone()
            (epoch,) = database.execute("SELECT value FROM meta WHERE name = 'epoch'").fetchone()
    except sqlite3.DatabaseError as error:
        raise CannotStart(f"{journal} is damaged: {error}.") from None
    if said != "ok" or count != last:
        raise CannotStart(f"{journal} is damaged: {said if said != 'ok' else f'{last - count} events are missing'}.")
    return epoch, last


@contextmanager
def opened(path: Path, *, mode: str = "ro") -> Iterator[Any]:
    """A database's connection, read-only unless the mode is "rw"."""
    database = sqlite3.connect(f"file:{path}?mode={mode}", uri=True, isolation_level=None)
    try:
        yield database
    finally:
        database.close()


def fingerprint(path: Path) -> File:
    """The size of a file and the SHA-256 of what is in it."""
    with path.open("rb") as file:
        return File(size=path.stat().st_size, sha256=hashlib.file_digest(file, "sha256").hexdigest())


def copy(source: Path, target: Path) -> None:
    """Copy a file onto the disk, for its owner alone."""
    with source.open("rb") as read, _private(target) as out:
        shutil.copyfileobj(read, out, 1 << 20)
        _see_onto_disk(out)


def _check(data_dir: Path, target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise CannotStart(f"{target} is there already; a backup is made under a new name.")
    if not target.parent.is_dir():
        raise CannotStart(f"There is no folder {target.parent}.")
    if not (data_dir / JOURNAL).exists():
        raise CannotStart(f"There is no house in the data folder {data_dir}.")
    try:
        JournalReader(data_dir / JOURNAL).close()
    except (NewerJournal, NoJournal, sqlite3.DatabaseError) as error:
        raise CannotStart(f"The journal of {data_dir} cannot be read: {error}.") from None
    needed = sum((data_dir / name).stat().st_size for name in DATABASES if (data_dir / name).exists()) + SPARE
    if shutil.disk_usage(target.parent).free < needed:
        raise CannotStart(f"The disk of {target.parent} has less than {needed // 2**20:,} MB left.")


@contextmanager
def _fresh_folder(target: Path) -> Iterator[Path]:
    """A folder beside the target, for its owner alone; gone at the end unless it was renamed."""
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent))
    except OSError as error:
        raise CannotStart(f"The backup {target} cannot be made: {error.strerror}.") from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_out(source: Path, target: Path) -> None:
    if not source.exists():
        return
    with _private(target):
        pass  # SQLite keeps the mode of a file that is there and empty
    with opened(source) as database:
        database.execute("VACUUM INTO ?", (str(target),))
    with target.open("rb+") as out:
        _see_onto_disk(out)


def _manifest(folder: Path) -> Manifest:
    epoch, last = end_of(folder / JOURNAL)
    files = {one.name: fingerprint(one) for one in sorted(folder.iterdir())}
    return Manifest(made=datetime.now(UTC), epoch=epoch, position=last, files=files)


def _put(path: Path, content: bytes) -> None:
    with _private(path) as out:
        out.write(content)
        _see_onto_disk(out)


def _private(path: Path) -> Any:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _see_onto_disk(file: Any) -> None:
    file.flush()
    os.fsync(file.fileno())
