"""`parlour backup`: a folder with everything that cannot be made again, taken while the server runs, checked, and only
then there under its name.

The journal and the logins are written out by their databases, so that each is of one moment; nothing of the server's
is written to.
"""

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
from parlour.counted import Tell, copy_into, growing, nobody, sha256
from parlour.data_dir import CannotStart

FORMAT = 1
MANIFEST = "backup.json"
JOURNAL = "journal.db"
# The logins first: who is added in between is an operator without a login, as after a crash, and never the reverse.
DATABASES = ("secrets.db", JOURNAL)
FILES = (*keys.FILES, "demo.json", "parlour.toml")
SIZES = ("page_count", "freelist_count", "page_size")  # of a database; what is free is not written out
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


def back_up(data_dir: Path, target: Path, *, tell: Tell = nobody) -> Manifest:
    """Make a backup of the house in `data_dir` under the new name `target`, and `tell` how far it is.

    Raises `CannotStart`.
    """
    target = target.absolute()
    _check(data_dir, target)
    with _fresh_folder(target) as folder:
        try:
            for name in DATABASES:
                _write_out(data_dir / name, folder / name, tell)
            for name in FILES:
                if (data_dir / name).exists():
                    copy(data_dir / name, folder / name)
            manifest = _manifest(folder, tell)
            _put(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
            folder.rename(target)
        except (OSError, sqlite3.Error) as error:
            raise CannotStart(f"The backup {target} cannot be made: {error}.") from None
    return manifest


def end_of(journal: Path, tell: Tell = nobody) -> tuple[str, int]:
    """A journal's epoch and last position. Raises `CannotStart` where it is damaged, or has a gap."""
    tell("Looking through the journal", 0, None)
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


def fingerprint(path: Path, tell: Tell = nobody) -> File:
    """The size of a file and the SHA-256 of what is in it."""
    return File(size=path.stat().st_size, sha256=sha256(path, f"Checking {path.name}", tell))


def copy(source: Path, target: Path, tell: Tell = nobody) -> None:
    """Copy a file onto the disk, for its owner alone."""
    with _private(target) as out:
        copy_into(out, source, f"Copying {source.name}", tell)
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


def _write_out(source: Path, target: Path, tell: Tell) -> None:
    if not source.exists():
        return
    with _private(target):
        pass  # SQLite keeps the mode of a file that is there and empty
    with opened(source) as database:
        pages, free, size = (database.execute(f"PRAGMA {name}").fetchone()[0] for name in SIZES)
        with growing(target, (pages - free) * size, f"Writing {source.name}", tell):
            database.execute("VACUUM INTO ?", (str(target),))
    with target.open("rb+") as out:
        _see_onto_disk(out)


def _manifest(folder: Path, tell: Tell) -> Manifest:
    epoch, last = end_of(folder / JOURNAL, tell)
    files = {one.name: fingerprint(one, tell) for one in sorted(folder.iterdir())}
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
