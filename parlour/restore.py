"""`parlour restore`: a house from a backup, whole or not at all.

The restored journal gets an epoch of its own, so that whoever saw more than it has begins anew instead of waiting for
what comes after that, and the tables of analytics are made again.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import msgspec
from pysqlite3 import dbapi2 as sqlite3

from engine.accounts.store import VERSION as SECRETS_VERSION
from engine.analytics import mark
from engine.analytics.store import FILE as TABLES
from engine.journal.schema import FORMAT as JOURNAL_FORMAT
from parlour import journal_check
from parlour.backup import DATABASES, FILES, FORMAT, JOURNAL, MANIFEST, Manifest, copy, end_of, fingerprint, opened
from parlour.counted import Tell, nobody
from parlour.data_dir import CannotStart, claim
from parlour.journal_end import RESTORING

FORMATS = {"secrets.db": SECRETS_VERSION, JOURNAL: JOURNAL_FORMAT}
KEPT = "parlour.toml"  # where a house listens is the machine's own: one that is there stays
OF_HOUSE = (*DATABASES, *FILES[:-1], mark.FILE, journal_check.FILE, TABLES)


def restore(source: Path, data_dir: Path, *, force: bool, tell: Tell = nobody) -> tuple[Manifest, Path | None]:
    """Put the house of a backup into the data folder; where one is there already, `force` puts it aside.

    Returns what it is of, and the folder that the earlier house is in now. Raises `CannotStart`; nothing was changed.
    """
    _check_room(data_dir, force=force)
    manifest = check(source, tell)
    with claim(data_dir):
        _check_room(data_dir, force=force)
        try:
            staged = _stage(source, data_dir, manifest, tell)
        except (OSError, sqlite3.Error) as error:
            shutil.rmtree(data_dir / RESTORING, ignore_errors=True)
            raise CannotStart(f"{source} cannot be restored: {error}.") from None
        return manifest, _exchange(data_dir, staged)


def check(source: Path, tell: Tell = nobody) -> Manifest:
    """What a backup is of. Raises `CannotStart` where it is none, or not what was backed up."""
    try:
        manifest = msgspec.json.decode((source / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError):
        raise CannotStart(f"{source} is no backup of Parlour.") from None
    if manifest.format != FORMAT:
        raise CannotStart(f"The backup {source} was made by a newer Parlour.")
    wrong = next(_differing(source, manifest, tell), None)
    if wrong is not None:
        raise CannotStart(f"The backup {source} is damaged: {wrong} is not what was backed up.")
    for name, known in FORMATS.items():
        if name in manifest.files and _format(source / name) > known:
            raise CannotStart(f"The backup {source} was made by a newer Parlour.")
    if end_of(source / JOURNAL, tell) != (manifest.epoch, manifest.position):
        raise CannotStart(f"The backup {source} is damaged: its journal has another end.")
    return manifest


def _differing(source: Path, manifest: Manifest, tell: Tell) -> Iterator[str]:
    if JOURNAL not in manifest.files:
        yield MANIFEST
    for name, file in manifest.files.items():
        if name not in (*DATABASES, *FILES):
            yield MANIFEST
        elif (source / name).is_symlink() or not (source / name).is_file() or fingerprint(source / name, tell) != file:
            yield name


def _format(path: Path) -> int:
    with opened(path) as database:
        return int(database.execute("PRAGMA user_version").fetchone()[0])


def _check_room(data_dir: Path, *, force: bool) -> None:
    if not force and (data_dir / JOURNAL).exists():
        raise CannotStart(f"There is a house in {data_dir} already; --force puts it aside.")


def _stage(source: Path, data_dir: Path, manifest: Manifest, tell: Tell) -> Path:
    """The files of the backup, ready in the data folder under names that nobody looks for."""
    staged = data_dir / RESTORING
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(mode=0o700)
    for name in manifest.files:
        copy(source / name, staged / name, tell)
    with opened(staged / JOURNAL, mode="rw") as database:
        database.execute("PRAGMA synchronous = FULL")
        database.execute("UPDATE meta SET value = ? WHERE name = 'epoch'", (uuid4().hex[:8],))
    if (data_dir / KEPT).exists():
        (staged / KEPT).unlink(missing_ok=True)
    return staged


def _exchange(data_dir: Path, staged: Path) -> Path | None:
    """Put what is there aside, and the staged files in its place; a start in between says that it is not done."""
    aside = data_dir / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"
    there = [one for name in OF_HOUSE for one in data_dir.glob(f"{name}*") if one.is_file()]
    if there:
        aside.mkdir(mode=0o700)
    for one in there:
        one.rename(aside / one.name)
    for name in sorted(one.name for one in staged.iterdir()):
        (staged / name).rename(data_dir / name)
    _see_onto_disk(data_dir)
    staged.rmdir()
    return aside if there else None


def _see_onto_disk(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
