"""Passwords: argon2id on at most two threads of its own, never on the loop."""

import asyncio
import unicodedata
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.commands import Refused
from engine.limits.table import PASSWORD, PASSWORDS
from engine.text import is_blank

LEAST, MOST = 8, PASSWORD.most
THREADS = 2
# Of a password that nobody knows, made with the hasher below: what an unknown login is verified against.
NOBODYS = "$argon2id$v=19$m=47104,t=2,p=1$KdzdzSRqg5SoNAgtbQXo6A$VsYmIfRmvXxVwf2yzYYRS4obuxxRP+90GLY5RO6vdek"
WAITING = PASSWORDS.most  # beyond so many at once the next is told `busy`: each takes some 50 ms of a core and 46 MiB


class Busy(Exception):
    """Too many passwords are being checked at once."""


class Passwords:
    """Hashes and verifies; an unknown login is verified against a dummy, so that it takes as long."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=46 * 1024, parallelism=1)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="passwords")
        self._waiting = 0

    async def hash(self, password: str) -> str:
        """The encoded hash to keep. Raises `Busy`."""
        return await self._off_loop(password, None)

    async def verify(self, password: str, kept: str | None) -> bool:
        """Whether `password` belongs to the hash `kept`; with None it never does, and takes as long. Raises `Busy`."""
        fits = check_password(password) is None
        return bool(await self._off_loop(password if fits else "", kept or NOBODYS)) and fits and kept is not None

    async def _off_loop(self, password: str, kept: str | None) -> str:
        if self._waiting >= WAITING:
            raise Busy
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._work, password, kept)
        finally:
            self._waiting -= 1

    def _work(self, password: str, kept: str | None) -> str:
        """A new hash, or the one that fits, or nothing."""
        plain = unicodedata.normalize("NFC", password)
        return self._hasher.hash(plain) if kept is None else self._verified(plain, kept)

    def _verified(self, plain: str, kept: str) -> str:
        try:
            self._hasher.verify(kept, plain)
        except (VerificationError, InvalidHashError):
            return ""
        return kept

    async def close(self) -> None:
        """Wait for what is being hashed and end the threads."""
        await asyncio.to_thread(self._threads.shutdown)


def check_password(password: str) -> Refused | None:
    """Why this cannot be a password, or None."""
    if is_blank(password):
        return Refused(reason="empty", detail="password")
    if len(password) > MOST:
        return Refused(reason="too-long", detail="password", limit=MOST)
    if len(password) < LEAST:
        return Refused(reason="bad-text", detail=f"a password has at least {LEAST} characters")
    if any(unicodedata.category(c) in {"Cc", "Cs"} for c in password):
        return Refused(reason="bad-text", detail="a password has no control characters")
    return None
