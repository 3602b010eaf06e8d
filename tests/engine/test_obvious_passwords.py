"""Passwords that anybody would try first: refused where one is set, not where one is brought that there is."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.accounts import Accounts, Opened
from engine.accounts.accounts import OBVIOUS, SESSION_LIFE
from engine.accounts.obvious import WORDS, is_obvious
from engine.events import OperatorId

PAGE = Path(__file__).parents[2] / "docs" / "administer.md"
LOGIN = "ann.berger@example.org"


OBVIOUS_ONES = [
    "parlour1",
    "Parlour!",
    "parlourparlour",
    "LIVE HELP 1",
    "administrator",
    "admin123",
    "password12",
    LOGIN,
]
OBVIOUS_ONES += ["ann.berger", "Berger2!", "berger-ann", "example.org1", "operatoranalyst"]
OBVIOUS_ONES += ["aaaaaaaa", "abababab", "11111111"]
OTHERS = ["correct horse", "a long password", "parlour tricks", "another password", "my administrator is Ada"]
OTHERS += ["漢字仮名交じり文"]


@pytest.mark.parametrize("password", OBVIOUS_ONES)
def test_hardly_more_than_such_a_word_is_obvious(password: str) -> None:
    assert is_obvious(password, LOGIN)


@pytest.mark.parametrize("password", OTHERS)
def test_other_words_beside_it_are_not(password: str) -> None:
    assert not is_obvious(password, LOGIN)


def test_a_login_of_two_letters_is_no_word() -> None:
    assert not is_obvious("my own ba", "ba")


def test_it_is_refused_where_a_password_is_set_and_stays_where_it_was_one(tmp_path: Path) -> None:
    async def test() -> None:
        accounts = Accounts.open(tmp_path / "secrets.db")
        ann, good = OperatorId("ann"), "correct horse battery"
        assert accounts.check("annberger", "annberger1") == OBVIOUS
        assert await accounts.add("annberger", "annberger1", ann) == OBVIOUS
        assert accounts.logins == {}
        assert await accounts.add("annberger", good, ann) is None
        assert await accounts.set_password(ann, "annberger1") == OBVIOUS
        before = await accounts._passwords.hash("annberger1")  # of before there was such a rule
        await accounts._store.run(lambda db: db.execute("UPDATE logins SET hash=?", (before,)).rowcount)
        now = datetime.now(UTC)
        opened = await accounts.sign_in("annberger", "annberger1", address="192.0.2.1", now=now)
        assert isinstance(opened, Opened)
        assert opened.until == now + SESSION_LIFE
        await accounts.close()

    asyncio.run(test())


def test_the_page_for_administrators_has_every_word() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [word for word in WORDS if word != "livehelp" and f"`{word}`" not in page] == []
