"""Whose chats a browser may read: one who asks first, over restarts; and a row for those alone who do something."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from pysqlite3 import dbapi2 as sqlite3

from engine.accounts import Accounts, chats
from engine.accounts.chats import Chats


def play(tmp_path: Path, *scenarios: Callable[[Chats], Awaitable[None]]) -> None:
    """Each with the file opened anew."""

    async def run() -> None:
        for scenario in scenarios:
            accounts = Accounts.open(tmp_path / "secrets.db")
            try:
                await scenario(accounts.chats)
            finally:
                await accounts.close()

    asyncio.run(run())


def rows(tmp_path: Path) -> int:
    db = sqlite3.connect(str(tmp_path / "secrets.db"))
    (count,) = db.execute("SELECT count(*) FROM chats").fetchone()
    db.close()
    return int(count)


def test_of_several_who_claim_at_once_one_gets_it_kept_or_not(tmp_path: Path) -> None:
    async def scenario(secrets: Chats) -> None:
        for kept in (False, True):
            visitor = f"visitor {kept}"
            claims = await asyncio.gather(*(secrets.claim(visitor, None) for _ in range(5)))
            (secret,) = [claim for claim in claims if claim]
            if kept:
                assert await secrets.keep(visitor, secret)
            assert await secrets.claim(visitor, secret) == secret
            for other in (None, "guessed", secret[:-1], f"{secret}x"):
                assert await secrets.claim(visitor, other) is None
            assert await secrets.claim(f"another {kept}", secret) not in {None, secret}

    play(tmp_path, scenario)


def test_who_only_looks_has_no_row_and_is_known_after_a_restart_all_the_same(tmp_path: Path) -> None:
    brought: dict[str, str] = {}

    async def looks(secrets: Chats) -> None:
        brought["secret"] = await secrets.claim("vera", None) or ""

    async def comes_back(secrets: Chats) -> None:
        assert rows(tmp_path) == 0
        assert await secrets.claim("vera", brought["secret"]) == brought["secret"]
        assert await secrets.claim("vera", None) is None  # hers again, and nobody else's
        assert await secrets.keep("vera", brought["secret"])
        assert rows(tmp_path) == 1

    async def nobody_else(secrets: Chats) -> None:
        assert await secrets.claim("vera", None) is None
        assert await secrets.claim("vera", brought["secret"]) == brought["secret"]

    play(tmp_path, looks, comes_back, nobody_else)


def test_a_secret_that_we_did_not_sign_for_this_visitor_is_none(tmp_path: Path) -> None:
    async def scenario(secrets: Chats) -> None:
        others = await secrets.claim("wim", None)
        for made_up in ("guessed", "a.b", ".", "", others, "x" * 199, "\ud800.\udc00"):
            own = await secrets.claim(f"vera {made_up!r}", made_up)
            assert own not in {None, made_up}

    play(tmp_path, scenario)


def test_once_kept_no_other_secret_is_whoever_had_one_meanwhile(tmp_path: Path) -> None:
    async def scenario(secrets: Chats) -> None:
        first = await secrets.claim("vera", None) or ""
        secrets._drawn.clear()  # as if a crowd had come in between
        second = await secrets.claim("vera", None) or ""
        assert first != second
        assert await secrets.keep("vera", second)
        assert not await secrets.keep("vera", first)
        assert await secrets.claim("vera", first) is None
        assert await secrets.claim("vera", second) == second

    play(tmp_path, scenario)


def test_who_was_released_is_nobodys_also_where_nothing_was_kept_before(tmp_path: Path) -> None:
    async def scenario(secrets: Chats) -> None:
        secret = await secrets.claim("vera", None) or ""
        await secrets.release("vera")
        await secrets.release("wim")
        for visitor, brought in (("vera", secret), ("vera", None), ("wim", None)):
            assert await secrets.claim(visitor, brought) is None
        assert not await secrets.keep("vera", secret)

    play(tmp_path, scenario)


def test_a_crowd_that_only_looks_takes_a_bounded_room(tmp_path: Path) -> None:
    async def scenario(secrets: Chats) -> None:
        for number in range(chats.DRAWN + 500):
            secrets._remember(str(number), b"digest")
        assert len(secrets._drawn) == chats.DRAWN

    play(tmp_path, scenario)
    assert rows(tmp_path) == 0
