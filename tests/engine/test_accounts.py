"""Logins, sessions, chat secrets and server keys, on a real file."""

import asyncio
import stat
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from engine.accounts import SESSION_LIFE, Accounts, NewerSecrets, Opened, passwords
from engine.accounts.limit import FailureLimit
from engine.commands import Refused
from engine.events import OperatorId, SiteId

pytestmark = pytest.mark.slow

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HERE = "192.0.2.7"
ANNA = OperatorId("anna-id")
PASSWORD = "correct horse battery"
WRONG = "incorrect horse battery"
BAD_LOGIN = Refused(reason="bad-login")


@asynccontextmanager
async def opened(tmp_path: Path) -> AsyncIterator[Accounts]:
    accounts = Accounts.open(tmp_path / "secrets.db")
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
    now: datetime = NOW,
) -> Opened | Refused:
    return await accounts.sign_in(login, password, address=address, now=now)


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
def test_ten_failures_of_one_login_are_enough_for_five_minutes(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            await with_anna(accounts)
            for n in range(10):
                at = NOW + timedelta(seconds=n)
                assert await sign_in(accounts, WRONG, address=f"192.0.2.{n}", now=at) == BAD_LOGIN
            late = NOW + timedelta(seconds=60)
            assert await sign_in(accounts, now=late) == Refused(reason="too-fast", limit=240)
            assert isinstance(await sign_in(accounts, now=NOW + timedelta(minutes=5)), Opened)

    run(test)


@pytest.mark.usefixtures("quick")
def test_ten_failures_from_one_network_are_enough_and_do_not_lock_others_out(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            await with_anna(accounts)
            guesses = [sign_in(accounts, login=f"guess{n}", address=f"2001:db8::{n}") for n in range(1, 12)]
            answers = await asyncio.gather(*guesses)
            assert answers.count(BAD_LOGIN) == 10
            assert answers[-1] == Refused(reason="too-fast", limit=300)
            assert await sign_in(accounts, address="2001:db8::77") == Refused(reason="too-fast", limit=300)
            assert isinstance(await sign_in(accounts, address="2001:db8:0:1::77"), Opened)

    run(test)


@pytest.mark.usefixtures("quick")
def test_successes_do_not_count(tmp_path: Path) -> None:
    async def test() -> None:
        async with opened(tmp_path) as accounts:
            await with_anna(accounts)
            for _ in range(12):
                assert isinstance(await sign_in(accounts), Opened)
            assert len(accounts._by_login) == len(accounts._by_address) == 0

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


def test_the_limit_forgets_the_key_longest_untouched() -> None:
    limit = FailureLimit(most=1, keys=2)
    for key in ("a", "b", "a", "c"):
        limit.begin(key, NOW)
    assert [bool(limit.wait(key, NOW)) for key in "abc"] == [True, False, True]
    assert len(limit) == 2


@given(st.lists(st.tuples(st.integers(0, 200), st.booleans()), max_size=60))
def test_never_more_than_the_most_failures_in_any_window(attempts: list[tuple[int, bool]]) -> None:
    limit, failed, at = FailureLimit(most=3, window=timedelta(seconds=300)), list[datetime](), NOW
    for pause, right in attempts:
        at += timedelta(seconds=pause)
        if wait := limit.wait("key", at):
            assert deepcopy(limit).wait("key", at + timedelta(seconds=wait)) == 0
            continue
        limit.begin("key", at)
        if right:
            limit.succeeded("key", at)
        else:
            failed.append(at)
        assert sum(at - timedelta(seconds=300) < f for f in failed) <= 3
