"""Guessing at passwords is held back by login, address and browser, and keeps no owner out."""

import asyncio
from pathlib import Path

import pytest

from engine.accounts import Opened
from engine.commands import Refused
from engine.events import OperatorId
from tests.engine.accounts import BAD_LOGIN, CLOCK, PASSWORD, WRONG, hashed_at_once, opened, run, sign_in, with_anna

pytestmark = pytest.mark.slow


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed_at_once(monkeypatch)


@pytest.mark.usefixtures("quick")
def test_ten_failures_from_an_address_lock_the_login_there_and_not_its_owner_out(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            await with_anna(accounts)
            for _ in range(10):
                assert await sign_in(accounts, WRONG, address="198.51.100.1") == BAD_LOGIN
            for password in (WRONG, PASSWORD):
                assert await sign_in(accounts, password, address="198.51.100.1") == Refused(reason="too-fast", limit=30)
            assert await sign_in(accounts, WRONG, login="another", address="198.51.100.1") == BAD_LOGIN
            assert isinstance(await sign_in(accounts), Opened)
            CLOCK[0] += 30
            assert isinstance(await sign_in(accounts, address="198.51.100.1"), Opened)

    run(test)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("login", ["anna@example.org", "nobody"])
def test_a_login_that_is_guessed_from_everywhere_is_locked_but_for_browsers_that_had_it_before(
    tmp_path: Path, login: str
) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            before = await sign_in(await with_anna(accounts))
            assert isinstance(before, Opened)
            for n in range(50):
                assert await sign_in(accounts, WRONG, login=login, address=f"198.51.100.{n}") == BAD_LOGIN
            assert await sign_in(accounts, login=login) == Refused(reason="too-fast", limit=6)
            known = await sign_in(accounts, login=login, browser=before.browser)
            if login == "nobody":
                assert known == Refused(reason="too-fast", limit=6)  # it is known with another login
            else:
                assert isinstance(known, Opened)
                assert known.browser == before.browser

    run(test)


@pytest.mark.usefixtures("quick")
def test_a_known_browser_may_fail_ten_times_whatever_others_do_at_its_address(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            before = await sign_in(await with_anna(accounts))
            assert isinstance(before, Opened)
            for n in range(30):
                assert await sign_in(accounts, WRONG, login=f"guess{n}") == BAD_LOGIN
            assert await sign_in(accounts) == Refused(reason="too-fast", limit=10)
            said = [await sign_in(accounts, WRONG, browser=before.browser) for _ in range(11)]
            assert said == [BAD_LOGIN] * 10 + [Refused(reason="too-fast", limit=30)]
            other = await sign_in(accounts, address="192.0.2.8")
            assert isinstance(other, Opened)
            assert isinstance(await sign_in(accounts, browser=other.browser), Opened)  # another of theirs

    run(test)


@pytest.mark.usefixtures("quick")
def test_what_a_browser_makes_up_is_not_known_and_does_no_harm(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            before = await sign_in(await with_anna(accounts))
            assert isinstance(before, Opened)
            number, _, signature = before.browser.partition(".")
            for _ in range(10):
                await sign_in(accounts, WRONG)
            forged = [
                f"{'x' * 16}.{signature}",
                f"{number}.{'0' * 64}",
                "~",
                "~" * 9_000,
                before.browser + "x",
                "\ud800",
            ]
            forged += [f"{'x' * 16}.{'0' * 64}~" * 5 + before.browser, before.browser.upper(), "é" * 81, "."]
            for made_up in forged:
                assert await sign_in(accounts, browser=made_up) == Refused(reason="too-fast", limit=30), made_up
            assert isinstance(await sign_in(accounts, browser=f"nonsense~{before.browser}"), Opened)

    run(test)


@pytest.mark.usefixtures("quick")
def test_one_browser_is_known_with_five_logins_and_over_a_restart(tmp_path: Path) -> None:
    async def test() -> None:
        browser = ""
        async with opened(tmp_path) as accounts:
            for n in range(6):
                await accounts.add(f"user{n}", PASSWORD, OperatorId(str(n)))
                said = await sign_in(accounts, login=f"user{n}", browser=browser)
                assert isinstance(said, Opened)
                browser = said.browser
            assert "user" not in browser
        async with opened(tmp_path) as accounts:
            for n in range(30):
                await sign_in(accounts, WRONG, login=f"guess{n}")
            let_in = [await sign_in(accounts, login=f"user{n}", browser=browser) for n in range(6)]
            assert [isinstance(one, Opened) for one in let_in] == [False, True, True, True, True, True]

    run(test)


@pytest.mark.usefixtures("quick")
def test_thirty_failures_from_one_network_are_enough_and_do_not_lock_others_out(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            await with_anna(accounts)
            guesses = [sign_in(accounts, login=f"guess{n}", address=f"2001:db8::{n}") for n in range(1, 32)]
            answers = await asyncio.gather(*guesses)
            assert answers.count(BAD_LOGIN) == 30
            assert answers[-1] == Refused(reason="too-fast", limit=10)
            assert await sign_in(accounts, address="2001:db8::77") == Refused(reason="too-fast", limit=10)
            assert isinstance(await sign_in(accounts, address="2001:db8:0:1::77"), Opened)

    run(test)


@pytest.mark.usefixtures("quick")
def test_successes_do_not_count(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            await with_anna(accounts)
            for _ in range(60):
                assert isinstance(await sign_in(accounts), Opened)
            assert len(accounts._attempts) == 0

    run(test)


def test_a_flood_of_sign_ins_is_told_busy_and_the_rest_is_answered(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            flood = [sign_in(accounts, login=f"guess{n}", address=f"192.0.2.{n}") for n in range(40)]
            answers = await asyncio.gather(*flood)
            assert answers.count(BAD_LOGIN) == 32
            assert answers.count(Refused(reason="busy")) == 8

    run(test)
