"""Logins, sessions, chat secrets and server keys, on a real file."""

import asyncio
import stat
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from engine.accounts import SESSION_LIFE, Accounts, NewerSecrets, Opened, passwords
from engine.commands import Refused
from engine.events import OperatorId, SiteId

pytestmark = pytest.mark.slow

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


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that are hashed at once, where it is the failures that count."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "PasswordHasher", lambda **_dear: hasher)
    monkeypatch.setattr(passwords, "NOBODYS", hasher.hash(WRONG))


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


def kept_files(tmp_path: Path) -> list[Path]:
    return list(tmp_path.iterdir())


def test_a_session_opens_with_the_right_password_and_says_whose_it_is(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            session = await sign_in(await with_anna(accounts), login="ANNA@example.org")
            assert isinstance(session, Opened)
            assert len(session.session) >= 22
            assert (session.operator, session.login, session.until) == (ANNA, "anna@example.org", NOW + SESSION_LIFE)
            who = await accounts.who(session.session, now=NOW)
            assert who is not None
            assert (who.operator, who.login_session) == (ANNA, session.login_session)
            assert await accounts.who("another", now=NOW) is None
            assert await accounts.who("\ud800", now=NOW) is None

    run(test)


def test_a_session_is_over_after_its_time_and_after_signing_out(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            session = await sign_in(await with_anna(accounts))
            assert isinstance(session, Opened)
            assert await accounts.who(session.session, now=session.until - timedelta(seconds=1)) is not None
            assert await accounts.who(session.session, now=session.until) is None
            await accounts.sign_out(session.session)
            await accounts.sign_out(session.session)
            assert await accounts.who(session.session, now=NOW) is None

    run(test)


def test_a_restart_keeps_logins_sessions_keys_and_chat_secrets(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            session = await sign_in(await with_anna(accounts))
            gone = await sign_in(accounts)
            assert isinstance(session, Opened)
            assert isinstance(gone, Opened)
            await accounts.sign_out(gone.session)
            key, secret = accounts.key("cookie"), await accounts.chats.claim("visitor", None)
        async with opened(tmp_path) as accounts:
            who = await accounts.who(session.session, now=NOW)
            assert who is not None
            assert (who.login_session, who.operator, who.until) == (session.login_session, ANNA, session.until)
            assert await accounts.who(gone.session, now=NOW) is None
            assert accounts.key("cookie") == key
            assert accounts.key("visitor") != key
            assert len(key) == 32
            assert await accounts.chats.claim("visitor", secret) == secret
            assert accounts.logins == {"anna@example.org": ANNA}

    run(test)


def test_the_files_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    async def test() -> None:
        (tmp_path / "secrets.db").touch(mode=0o644)
        async with opened(tmp_path) as accounts:
            await with_anna(accounts)
            files = kept_files(tmp_path)
            assert {f.name for f in files} >= {"secrets.db", "secrets.db-wal"}
            assert {stat.S_IMODE(f.stat().st_mode) for f in files} == {0o600}

    run(test)


def test_no_secret_stands_in_the_file(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            code = await accounts.setup_code()
            session = await sign_in(await with_anna(accounts))
            secret = await accounts.chats.claim("visitor", None)
            assert isinstance(session, Opened)
            assert code and secret
        kept = b"".join(f.read_bytes() for f in kept_files(tmp_path))
        for plain in (PASSWORD, session.session, secret, code):
            assert plain.encode() not in kept

    run(test)


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("anna@example.org", WRONG),
        ("nobody", PASSWORD),
        ("", ""),
        ("x" * 5000, "y" * 5000),
        ("anna@example.org", "\ud800\x00"),
        ("anna@example.org", " " * 12),
        ("anna@example.org", "\u2800" * 8),
        ("' or 1=1", PASSWORD),
    ],
)
def test_every_failure_has_the_same_answer_and_the_same_work(tmp_path: Path, login: str, password: str) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            await with_anna(accounts)
            worked = count_verifications(accounts)
            assert await sign_in(accounts, password, login=login) == BAD_LOGIN
            assert len(worked) == 1

    run(test)


def count_verifications(accounts: Accounts) -> list[str]:
    passwords, worked = accounts._passwords, list[str]()
    verified = passwords._verified

    def counting(plain: str, kept: str) -> str:
        worked.append(kept)
        assert kept.startswith("$argon2id$v=19$m=47104,t=2,p=1$")
        return verified(plain, kept)

    passwords._verified = counting  # type: ignore[method-assign]
    return worked


@pytest.mark.parametrize(
    ("login", "password", "reason"),
    [
        ("", PASSWORD, "empty"),
        ("anna", "", "empty"),
        ("anna", " " * 12, "empty"),
        ("anna", "\u00a0\u2003\u3000\t \u2028\u200b\u2060\u00ad", "empty"),
        ("anna", "\u2800" * 8 + "\u3164", "empty"),
        ("a" * 81, PASSWORD, "too-long"),
        ("anna", "x" * 201, "too-long"),
        ("anna", "seven77", "bad-text"),
        ("an na", PASSWORD, "bad-text"),
        ("änna", PASSWORD, "bad-text"),
        ("anna\n", PASSWORD, "bad-text"),
        ("anna", "with\x00control", "bad-text"),
        ("anna", "surrogate\ud800", "bad-text"),
        ("anna@EXAMPLE.org", PASSWORD, "exists"),
    ],
)
def test_a_login_or_password_that_cannot_be_is_refused(tmp_path: Path, login: str, password: str, reason: str) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            await with_anna(accounts)
            for refused in (accounts.check(login, password), await accounts.add(login, password, ANNA)):
                assert refused is not None
                assert refused.reason == reason
            assert accounts.logins == {"anna@example.org": ANNA}

    run(test)


def test_one_of_two_who_take_the_same_login_at_once_gets_it(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            answers = await asyncio.gather(*(accounts.add("anna", PASSWORD, OperatorId(str(n))) for n in range(3)))
            assert sorted(a.reason if a else "" for a in answers) == ["", "exists", "exists"]

    run(test)


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


def test_the_oldest_of_too_many_sessions_of_one_login_gives_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.accounts.accounts.SESSIONS_A_LOGIN", 2)

    async def test() -> None:
        async with opened(tmp_path) as accounts:
            await with_anna(accounts)
            sessions = [await sign_in(accounts, now=NOW + timedelta(seconds=n)) for n in range(3)]
            alive = [await accounts.who(s.session, now=NOW) is not None for s in sessions if isinstance(s, Opened)]
            assert alive == [False, True, True]

    run(test)


def test_of_concurrent_first_claims_one_gets_the_chat(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            claims = await asyncio.gather(*(accounts.chats.claim("visitor", None) for _ in range(5)))
            (secret,) = [claim for claim in claims if claim]
            assert await accounts.chats.claim("visitor", secret) == secret
            assert await accounts.chats.claim("visitor", None) is None
            assert await accounts.chats.claim("visitor", "wrong") is None
            assert await accounts.chats.claim("another", secret) not in {None, secret}

    run(test)


def test_the_setup_code_works_once_the_newest_only_and_while_nobody_has_a_login(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            old, new = await accounts.setup_code(), await accounts.setup_code()
            assert old and new
            assert [await accounts.use_setup_code(code) for code in ("", old, new, new)] == [False, False, True, False]
            left = await accounts.setup_code()
            await with_anna(accounts)
            assert await accounts.setup_code() is None
            assert left
            assert not await accounts.use_setup_code(left)

    run(test)


def test_a_file_of_a_newer_parlour_is_left_alone(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            await accounts._store.run(lambda db: db.execute("PRAGMA user_version=99").rowcount)
        before = (tmp_path / "secrets.db").read_bytes()
        with pytest.raises(NewerSecrets):
            Accounts.open(tmp_path / "secrets.db")
        assert (tmp_path / "secrets.db").read_bytes() == before

    run(test)


def test_each_site_has_an_identity_secret_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            shop, blog = (accounts.identity_secret(SiteId(site)) for site in ("shop", "blog"))
            assert shop != blog
            assert len(bytes.fromhex(shop.decode())) == 32
        async with opened(tmp_path) as accounts:
            assert accounts.identity_secret(SiteId("shop")) == shop
        assert (tmp_path / "secrets.db").stat().st_mode & 0o777 == 0o600

    asyncio.run(test())


@pytest.mark.usefixtures("quick")
def test_another_password_ends_every_session_of_theirs_and_no_other(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            mine = [await sign_in(await with_anna(accounts)), await sign_in(accounts)]
            await accounts.add("bob", PASSWORD, OperatorId("bob"))
            bobs = await sign_in(accounts, login="bob")
            assert isinstance(bobs, Opened)
            for refused, reason in ((" " * 9, "empty"), ("short", "bad-text"), ("x" * 201, "too-long")):
                said = await accounts.set_password(ANNA, refused)
                assert isinstance(said, Refused)
                assert said.reason == reason
            assert await accounts.set_password(OperatorId("nobody"), NEW) == Refused(reason="unknown-operator")
            ended = await accounts.set_password(ANNA, NEW)
            assert not isinstance(ended, Refused)
            assert {one.login_session for one in ended} == {o.login_session for o in mine if isinstance(o, Opened)}
            assert await sign_in(accounts) == BAD_LOGIN
            again = await sign_in(accounts, NEW)
            assert isinstance(again, Opened)
            assert [one.login_session for one in await accounts.end_sessions(ANNA)] == [again.login_session]
        async with opened(tmp_path) as accounts:
            assert [await accounts.who(one.session, now=NOW) for one in mine if isinstance(one, Opened)] == [None, None]
            assert await accounts.who(again.session, now=NOW) is None
            assert await accounts.who(bobs.session, now=NOW) is not None
            assert isinstance(await sign_in(accounts, NEW), Opened)

    run(test)
