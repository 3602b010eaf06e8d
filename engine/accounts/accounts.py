"""Logins, sessions and server keys, over the store. Of a secret only its digest is kept."""

import hashlib
import re
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

import msgspec

from engine.accounts.attempts import Attempts
from engine.accounts.chats import Chats
from engine.accounts.common import is_common
from engine.accounts.known_browsers import KnownBrowsers
from engine.accounts.obvious import is_obvious
from engine.accounts.passwords import Busy, Passwords, check_password
from engine.accounts.store import Database, Store
from engine.commands import Refused
from engine.events import OperatorId, SiteId
from engine.ids import draw_id
from engine.limits.table import LOGIN as LOGIN_BOUND
from engine.wire.proxies import household

SESSION_LIFE = timedelta(days=14)
SESSIONS_A_LOGIN = 50  # the oldest gives way
LOGIN_LENGTH = LOGIN_BOUND.most
LOGIN = re.compile(r"[a-z0-9._@-]+")
BAD_LOGIN = Refused(reason="bad-login")
OBVIOUS = Refused(
    reason="bad-text", detail="a password is more than the login, the program's name and words like these"
)
COMMON = Refused(reason="bad-text", detail="this password is one of the most common ones")
FORGET_SESSIONS = "DELETE FROM sessions WHERE login IN (SELECT login FROM logins WHERE operator=?)"


class StoredSession(msgspec.Struct, frozen=True, kw_only=True):
    """Whose session it is; `login_session` is its public id and opens nothing."""

    login_session: str
    operator: OperatorId
    login: str
    until: datetime


class Opened(StoredSession, frozen=True, kw_only=True):
    """A new session with its secret, which is nowhere else; `browser` says by what its browser is known from now on."""

    session: str
    browser: str


class Accounts:
    """The keeper of `secrets.db`; made by `Accounts.open`, for one event loop."""

    def __init__(self, store: Store, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._store, self._monotonic = store, monotonic
        self._passwords = Passwords()
        self._attempts = Attempts()
        self._logins: dict[str, OperatorId] = {}
        self._sessions: dict[bytes, StoredSession] = {}
        self._keys: dict[str, bytes] = {}
        self._known: KnownBrowsers

    @cached_property
    def chats(self) -> Chats:
        """Whose chats a browser may read."""
        return Chats(self._store, self.key("chats"))

    @classmethod
    def open(cls, path: Path, *, monotonic: Callable[[], float] = time.monotonic) -> "Accounts":
        """Open or make the file at `path`. Raises `NewerSecrets` and what SQLite raises."""
        accounts = cls(Store.open(path), monotonic=monotonic)
        accounts._store.run_blocking(accounts._load)
        accounts._known = KnownBrowsers(accounts.key("known-browsers"))
        return accounts

    async def close(self) -> None:
        """Finish what was asked for and close the file."""
        await self._passwords.close()
        await self._store.close()

    # --- logins ------------------------------------------------------------------------------------------------------

    @property
    def logins(self) -> dict[str, OperatorId]:
        """Every login and whose it is."""
        return dict(self._logins)

    def check(self, login: str, password: str) -> Refused | None:
        """Why `add` would refuse these, without adding."""
        return _check_login(login) or _check_new(password, login) or self._taken(login)

    async def add(self, login: str, password: str, operator: OperatorId) -> Refused | None:
        """Give `operator` a login, or say why not: `exists`, `empty`, `too-long`, `bad-text`, `busy`."""
        if refused := self.check(login, password):
            return refused
        name = login.casefold()
        try:
            kept = await self._passwords.hash(password)
        except Busy:
            return Refused(reason="busy")

        def insert(db: Database) -> bool:
            cursor = db.execute(
                "INSERT OR IGNORE INTO logins(login, operator, hash) VALUES(?,?,?)", (name, operator, kept)
            )
            db.execute("DELETE FROM setup")
            return bool(cursor.rowcount == 1)

        if not await self._store.run(insert):
            return Refused(reason="exists")
        self._logins[name] = operator
        return None

    async def disable(self, operator: OperatorId) -> None:
        """End the operator's sessions and let them sign in no more, until `enable`; the login stays theirs."""

        def disable(db: Database) -> None:
            db.execute("UPDATE logins SET disabled=1 WHERE operator=?", (operator,))
            db.execute(FORGET_SESSIONS, (operator,))

        await self._store.run(disable)
        self._forget_sessions(operator)

    async def enable(self, operator: OperatorId) -> None:
        """Let the operator sign in again, with the password they had."""
        await self._store.run(
            lambda db: db.execute("UPDATE logins SET disabled=0 WHERE operator=?", (operator,)).rowcount
        )

    async def remove(self, operator: OperatorId) -> None:
        """Forget the operator's login, password and sessions; the login may be somebody else's then."""

        def remove(db: Database) -> None:
            db.execute(FORGET_SESSIONS, (operator,))
            db.execute("DELETE FROM logins WHERE operator=?", (operator,))

        await self._store.run(remove)
        self._forget_sessions(operator)
        self._logins = {login: whose for login, whose in self._logins.items() if whose != operator}

    async def end_sessions(self, operator: OperatorId) -> tuple[StoredSession, ...]:
        """Forget every session of the operator's; those that there were."""
        await self._store.run(lambda db: db.execute(FORGET_SESSIONS, (operator,)).rowcount)
        return self._forget_sessions(operator)

    async def set_password(self, operator: OperatorId, password: str) -> Refused | tuple[StoredSession, ...]:
        """Give the operator another password and forget every session of theirs; those that there were, or why not.

        `unknown-operator` where they have no login.
        """
        login = next((login for login, whose in self._logins.items() if whose == operator), "")
        if refused := _check_new(password, login):
            return refused
        try:
            kept = await self._passwords.hash(password)
        except Busy:
            return Refused(reason="busy")

        def update(db: Database) -> bool:
            changed = db.execute("UPDATE logins SET hash=? WHERE operator=?", (kept, operator))
            db.execute(FORGET_SESSIONS, (operator,))
            return bool(changed.rowcount)

        if not await self._store.run(update):
            return Refused(reason="unknown-operator")
        return self._forget_sessions(operator)

    def _forget_sessions(self, operator: OperatorId) -> tuple[StoredSession, ...]:
        gone = tuple(one for one in self._sessions.values() if one.operator == operator)
        self._sessions = {digest: one for digest, one in self._sessions.items() if one.operator != operator}
        return gone

    def _taken(self, login: str) -> Refused | None:
        return Refused(reason="exists") if login.casefold() in self._logins else None

    # --- sessions ----------------------------------------------------------------------------------------------------

    async def sign_in(
        self, login: str, password: str, *, address: str, browser: str = "", now: datetime
    ) -> Opened | Refused:
        """Open a session. A wrong password, an unknown login and a disabled one give the same `bad-login`, as slowly.

        Too many failures (`engine/limits/table.py`) give `too-fast` with the seconds to wait; who brings as `browser`
        what an earlier `Opened` of this login said is counted apart.
        """
        name = login.casefold()[:LOGIN_LENGTH]
        known = self._known.id_of(browser, name)
        attempt = self._attempts.begin(name, household(address), browser=known, now=self._monotonic())
        if isinstance(attempt, int):
            return Refused(reason="too-fast", limit=attempt)
        try:
            operator = await self._whose(login, password)
        except Busy:
            return Refused(reason="busy")  # counted, lest somebody keep us so
        if operator is None:
            return BAD_LOGIN
        attempt.succeeded(self._monotonic())
        return await self._open_session(name, operator, browser=self._known.keep(browser, name), now=now)

    async def sign_out(self, session: str) -> None:
        """Forget a session; an unknown one is no error."""
        digest = _digest(session)
        if self._sessions.pop(digest, None) is not None:
            await self._store.run(lambda db: db.execute("DELETE FROM sessions WHERE digest=?", (digest,)).rowcount)

    async def who(self, session: str, *, now: datetime) -> StoredSession | None:
        """Whose session this is, or None if it is unknown or over; asked for often, it costs a digest."""
        stored = self._sessions.get(_digest(session))
        return stored if stored is not None and stored.until > now else None

    async def _whose(self, login: str, password: str) -> OperatorId | None:
        name = "" if _check_login(login) else login.casefold()

        def select(db: Database) -> tuple[str, str | None]:
            row = db.execute("SELECT operator, hash FROM logins WHERE login=? AND NOT disabled", (name,)).fetchone()
            return ("", None) if row is None else (str(row[0]), str(row[1]))

        operator, kept = await self._store.run(select)
        return OperatorId(operator) if await self._passwords.verify(password, kept) else None

    async def _open_session(self, login: str, operator: OperatorId, *, browser: str, now: datetime) -> Opened | Refused:
        opened = Opened(
            session=secrets.token_urlsafe(32),
            login_session=draw_id(),
            operator=operator,
            login=login,
            until=now + SESSION_LIFE,
            browser=browser,
        )
        digest = _digest(opened.session)
        gone = self._to_forget(login, now)
        row = (digest, opened.login_session, login, _microseconds(opened.until))

        def replace(db: Database) -> bool:
            """Not for who was disabled or removed while their password was checked."""
            db.executemany("DELETE FROM sessions WHERE digest=?", [(old,) for old in gone])
            whose = db.execute("SELECT 1 FROM logins WHERE login=? AND operator=? AND NOT disabled", (login, operator))
            may = whose.fetchone() is not None
            if may:
                db.execute("INSERT INTO sessions VALUES(?,?,?,?)", row)
            return may

        may = await self._store.run(replace)
        for old in gone:
            self._sessions.pop(old, None)
        if not may:
            return BAD_LOGIN
        self._sessions[digest] = StoredSession(
            login_session=opened.login_session, operator=opened.operator, login=login, until=opened.until
        )
        return opened

    def _to_forget(self, login: str, now: datetime) -> list[bytes]:
        """Every session that is over, and the oldest of this login beyond its number (the dict is in their order)."""
        over = [digest for digest, s in self._sessions.items() if s.until <= now]
        own = [digest for digest, s in self._sessions.items() if s.until > now and s.login == login]
        return over + own[: max(0, len(own) + 1 - SESSIONS_A_LOGIN)]

    # --- secrets -----------------------------------------------------------------------------------------------------

    def key(self, name: str) -> bytes:
        """The server's own 32-byte key of that name, drawn at its first use (which holds the caller) and kept."""
        if name not in self._keys:
            drawn = secrets.token_bytes(32)
            self._store.run_blocking(lambda db: db.execute("INSERT INTO keys VALUES(?,?)", (name, drawn)).rowcount)
            self._keys[name] = drawn
        return self._keys[name]

    def identity_secret(self, site: SiteId) -> bytes:
        """What a site's server signs its users' ids with: HMAC-SHA256 over the id, in hex, with these (text) bytes."""
        return self.key(f"identity:{site}").hex().encode("ascii")

    async def setup_code(self) -> str | None:
        """A fresh one-time code while nobody has a login, in the place of any earlier one; afterwards None."""
        if self._logins:
            return None
        code = secrets.token_urlsafe(32)

        def replace(db: Database) -> None:
            db.execute("DELETE FROM setup")
            db.execute("INSERT INTO setup VALUES(?)", (_digest(code),))

        await self._store.run(replace)
        return code

    async def use_setup_code(self, code: str) -> bool:
        """Whether this is the code; it is so once only. Ask `check` first, lest a bad password use it up."""
        digest = _digest(code)
        used = await self._store.run(lambda db: db.execute("DELETE FROM setup WHERE digest=?", (digest,)).rowcount)
        return bool(used) and not self._logins

    def _load(self, db: Database) -> None:
        self._logins = {login: OperatorId(op) for login, op in db.execute("SELECT login, operator FROM logins")}
        self._keys = {str(name): bytes(key) for name, key in db.execute("SELECT name, key FROM keys")}
        rows = db.execute("SELECT digest, login_session, login, until FROM sessions ORDER BY until")
        for digest, login_session, login, until in rows:
            self._sessions[bytes(digest)] = StoredSession(
                login_session=login_session, operator=self._logins[login], login=login, until=_time(until)
            )


def _check_new(password: str, login: str) -> Refused | None:
    """Why this cannot become a password; one that there is already stays one."""
    if refused := check_password(password):
        return refused
    return OBVIOUS if is_obvious(password, login) else COMMON if is_common(password) else None


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def _microseconds(at: datetime) -> int:
    return round(at.timestamp() * 1_000_000)


def _time(microseconds: int) -> datetime:
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC)


def _check_login(login: str) -> Refused | None:
    if not login:
        return Refused(reason="empty", detail="login")
    if len(login) > LOGIN_LENGTH:
        return Refused(reason="too-long", detail="login", limit=LOGIN_LENGTH)
    if not LOGIN.fullmatch(login.casefold()):
        return Refused(reason="bad-text", detail="a login has letters a–z, digits and . _ @ - only")
    return None
