"""Logins, sessions, chat secrets and server keys, on a real file."""

import asyncio
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from engine.accounts import SESSION_LIFE, Accounts, NewerSecrets, Opened
from engine.commands import Refused
from engine.events import OperatorId, SiteId
from tests.engine.accounts import (
    ANNA,
    BAD_LOGIN,
    NEW,
    NOW,
    PASSWORD,
    WRONG,
    hashed_at_once,
    opened,
    run,
    sign_in,
    with_anna,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed_at_once(monkeypatch)


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
