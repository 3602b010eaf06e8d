"""Who may come in no more: disabled, or removed; and a file of before there were any."""

import asyncio
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite3

from engine.accounts import Accounts, Opened
from engine.events import OperatorId
from tests.engine.accounts import ANNA, BAD_LOGIN, NOW, PASSWORD, opened, run, sign_in, with_anna

pytestmark = pytest.mark.slow

BOB = OperatorId("bob-id")


async def signed_in(accounts: Accounts, login: str = "anna@example.org") -> Opened:
    said = await sign_in(accounts, login=login)
    assert isinstance(said, Opened)
    return said


def test_who_is_disabled_has_no_session_and_cannot_sign_in_until_enabled(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            await with_anna(accounts)
            await accounts.add("bob", PASSWORD, BOB)
            anna, bob = await signed_in(accounts), await signed_in(accounts, login="bob")
            await accounts.disable(ANNA)
            assert await accounts.who(anna.session, now=NOW) is None
            assert await accounts.who(bob.session, now=NOW) is not None
            assert await sign_in(accounts) == BAD_LOGIN
            assert accounts.logins["anna@example.org"] == ANNA  # it stays theirs
        async with opened(tmp_path) as accounts:  # and after a restart
            assert await accounts.who(anna.session, now=NOW) is None
            assert await sign_in(accounts) == BAD_LOGIN
            await accounts.enable(ANNA)
            assert await accounts.who(anna.session, now=NOW) is None
            await signed_in(accounts)

    run(test)


def test_who_is_removed_frees_their_login(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            await with_anna(accounts)
            session = (await signed_in(accounts)).session
            await accounts.remove(ANNA)
            await accounts.remove(ANNA)  # nobody to remove is no error
            assert await accounts.who(session, now=NOW) is None
            assert accounts.logins == {}
            assert await sign_in(accounts) == BAD_LOGIN
            assert await accounts.add("anna@example.org", PASSWORD, BOB) is None
            assert (await signed_in(accounts)).operator == BOB

    run(test)
    assert all(ANNA.encode() not in file.read_bytes() for file in tmp_path.iterdir())


def test_who_is_disabled_while_their_password_is_checked_stays_out(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            await with_anna(accounts)
            checked, verify = asyncio.Event(), accounts._passwords.verify

            async def slowly(password: str, kept: str | None) -> bool:
                right = await verify(password, kept)
                checked.set()
                await accounts.disable(ANNA)
                return right

            accounts._passwords.verify = slowly  # type: ignore[method-assign] # the moment between
            assert await sign_in(accounts) == BAD_LOGIN
            assert checked.is_set()
            assert accounts._sessions == {}

    run(test)


def test_a_file_of_before_is_brought_up_to_date_with_its_logins(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            await with_anna(accounts)
        database = sqlite3.connect(str(tmp_path / "secrets.db"), isolation_level=None)
        database.executescript("ALTER TABLE logins DROP COLUMN disabled; PRAGMA user_version=1;")
        database.close()
        async with opened(tmp_path) as accounts:
            await signed_in(accounts)
            await accounts.disable(ANNA)
            assert await sign_in(accounts) == BAD_LOGIN

    run(test)
