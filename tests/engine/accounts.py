"""Logins on a real file, Anna's among them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from engine.accounts import Accounts, Opened, passwords
from engine.commands import Refused
from engine.events import OperatorId

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CLOCK = [0.0]  # seconds
HERE = "192.0.2.7"
ANNA = OperatorId("anna-id")
PASSWORD = "correct horse battery"
WRONG = "incorrect horse battery"
NEW = "another horse battery"
BAD_LOGIN = Refused(reason="bad-login")


@asynccontextmanager
async def opened(tmp_path: Path) -> AsyncIterator[Accounts]:
    accounts = Accounts.open(tmp_path / "secrets.db", monotonic=lambda: CLOCK[0])
    try:
        yield accounts
    finally:
        await accounts.close()


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(test())


async def with_anna(accounts: Accounts) -> Accounts:
    assert await accounts.add("Anna@Example.org", PASSWORD, ANNA) is None
    return accounts


async def sign_in(
    accounts: Accounts,
    password: str = PASSWORD,
    *,
    login: str = "anna@example.org",
    address: str = HERE,
    browser: str = "",
    now: datetime = NOW,
) -> Opened | Refused:
    return await accounts.sign_in(login, password, address=address, browser=browser, now=now)


def hashed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that are hashed at once, where it is the failures that count."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "PasswordHasher", lambda **_dear: hasher)
    monkeypatch.setattr(passwords, "NOBODYS", hasher.hash(WRONG))
