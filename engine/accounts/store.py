"""The file `secrets.db`: its schema, its mode, and the one thread that touches it.

It must not know what is kept in it: its callers pass functions that run on its thread, each in one transaction.
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from pysqlite3 import dbapi2 as sqlite3

from engine.disk import is_full
from engine.room import NoRoom

VERSION = 2  # 2: a login may be disabled
SCHEMA = """
CREATE TABLE logins(login TEXT PRIMARY KEY, operator TEXT NOT NULL, hash TEXT NOT NULL,
  disabled INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE TABLE sessions(digest BLOB PRIMARY KEY, login_session TEXT NOT NULL, login TEXT NOT NULL,
  until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE keys(name TEXT PRIMARY KEY, key BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE chats(visitor TEXT PRIMARY KEY, digest BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE setup(digest BLOB NOT NULL) STRICT;
"""
STEPS = {1: "ALTER TABLE logins ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0;"}  # from each version to the next

Database = Any  # pysqlite3 ships no types: a `sqlite3.Connection`
Result = TypeVar("Result")


class NewerSecrets(Exception):
    """The file was made by a newer Parlour."""


class Store:
    """The database on its one thread. Made by `Store.open`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="secrets")
        self._db: Database = None

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Open or make the file, readable by its owner only. Raises `NewerSecrets` and what SQLite raises."""
        store = cls(path)
        try:
            store._thread.submit(store._connect).result()
        except BaseException:
            store._thread.shutdown()
            raise
        return store

    async def run(self, work: Callable[[Database], Result]) -> Result:
        """Do `work(db)` on the thread in one transaction; it is on the disk when this returns. Raises `NoRoom`."""
        return await asyncio.wrap_future(self._thread.submit(self._transact, work))

    def run_blocking(self, work: Callable[[Database], Result]) -> Result:
        """The same, holding the caller; for the start."""
        return self._thread.submit(self._transact, work).result()

    async def close(self) -> None:
        """Finish what was asked for and close the file."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._thread.submit(self._db.close).result()
        self._thread.shutdown()

    def _transact(self, work: Callable[[Database], Result]) -> Result:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            result = work(self._db)
            self._db.execute("COMMIT")
        except BaseException as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            if is_full(error, self._path.parent):
                raise NoRoom from error
            raise
        return result

    def _connect(self) -> None:
        # SQLite gives its -wal and -shm files the mode of the database, so it must be right before SQLite comes.
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600))
        self._path.chmod(0o600)
        self._db = sqlite3.connect(str(self._path), isolation_level=None)
        try:
            self._prepare()
        except BaseException:
            self._db.close()
            raise

    def _prepare(self) -> None:
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;")
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise NewerSecrets(f"{self._path} was made by a newer Parlour")
        if version == 0:
            self._db.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version={VERSION}; COMMIT;")
        elif version < VERSION:
            steps = " ".join(STEPS[step] for step in range(version, VERSION))
            self._db.executescript(f"BEGIN IMMEDIATE; {steps} PRAGMA user_version={VERSION}; COMMIT;")
