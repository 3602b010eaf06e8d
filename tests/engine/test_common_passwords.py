"""Passwords that are common everywhere are refused where one is set; one that there is already opens as before."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.accounts import Accounts, Opened
from engine.accounts.accounts import COMMON
from engine.accounts.common import LIST, is_common
from engine.accounts.passwords import LEAST
from engine.events import OperatorId


@pytest.mark.parametrize("password", ["1234567890", "qwertyuiop", "1qaz2wsx", "Trustno1", "ILOVEYOU", "letmein1"])
def test_such_a_password_is_common_in_whatever_letters(password: str) -> None:
    assert is_common(password)


@pytest.mark.parametrize("password", ["correct horse battery", "1qaz2wsx but longer", "# MIT License", "", "#"])
def test_others_are_not(password: str) -> None:
    assert not is_common(password)


def test_the_list_has_ten_thousand_that_could_be_set_at_all_and_says_under_which_licence_it_comes() -> None:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    words = [line for line in lines if not line.startswith("#")]
    assert len(words) == len(set(words)) == 10_000
    assert all(len(word) >= LEAST and word == word.casefold().strip() for word in words)
    assert "# MIT License" in lines


def test_it_is_refused_where_a_password_is_set_and_stays_where_it_was_one(tmp_path: Path) -> None:
    async def test() -> None:
        accounts = Accounts.open(tmp_path / "secrets.db")
        ann = OperatorId("ann")
        assert accounts.check("ann", "qwertyuiop") == COMMON
        assert await accounts.add("ann", "QwertyUiop", ann) == COMMON
        assert await accounts.add("ann", "correct horse battery", ann) is None
        assert await accounts.set_password(ann, "qwertyuiop") == COMMON
        before = await accounts._passwords.hash("qwertyuiop")  # of before there was such a rule
        await accounts._store.run(lambda db: db.execute("UPDATE logins SET hash=?", (before,)).rowcount)
        opened = await accounts.sign_in("ann", "qwertyuiop", address="192.0.2.1", now=datetime.now(UTC))
        assert isinstance(opened, Opened)
        await accounts.close()

    asyncio.run(test())
