"""Signing in and out, and what the log says of it: who may ask is checked before."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from engine.accounts import BAD_LOGIN, StoredSession
from engine.commands import Refused, SignOutOperator
from engine.door.answers import Person, SignedIn
from engine.door.inside import Inside
from engine.door.requests import SignIn, SignOut, Who
from engine.door.rights import Caller
from engine.wire.proxies import household

log = logging.getLogger(__name__)
TOLD = frozenset({BAD_LOGIN.reason})  # beyond the limits refusals are counted alone: they would push out all else


async def sign_in(inside: Inside, request: SignIn, _caller: Caller) -> SignedIn | Refused:
    """A session for who knows the password; who is in the house no more looks like an unknown name."""
    said = await _let_in(inside, request)
    if isinstance(said, SignedIn):
        log.info("sign-in of %s from %r", said.person.login, household(request.address))
    elif said.reason in TOLD:
        log.warning("sign-in of %s from %r was refused", _known(inside, request.login), household(request.address))
    return said


def _known(inside: Inside, login: str) -> str:
    """A login that there is: what else is typed there may be a password."""
    name = login.casefold()
    return name if name in inside.accounts.logins else "an unknown login"


async def _let_in(inside: Inside, request: SignIn) -> SignedIn | Refused:
    now = datetime.now(UTC)
    opened = await inside.accounts.sign_in(
        request.login, request.password, address=request.address, browser=request.browser, now=now
    )
    if isinstance(opened, Refused):
        return opened
    person = inside.callers.person(opened.operator, login=opened.login, login_session=opened.login_session)
    if person is None:
        return BAD_LOGIN
    return SignedIn(session=opened.session, until=opened.until, person=person, browser=opened.browser)


async def sign_out(inside: Inside, request: SignOut, _caller: Caller) -> None:
    """The session is over, what it watched ends, its tabs are closed."""
    stored = await inside.callers.stored(request.session)
    await inside.accounts.sign_out(request.session)
    inside.tabs.close_all(request.session)
    if stored is not None:
        await signed_out(inside, (stored,))


async def signed_out(inside: Inside, ended: Sequence[StoredSession]) -> None:
    """Sessions are over: what they watched ends, and who is in no other browser either is there no more."""
    for stored in ended:
        log.info("a session of %s is over", stored.login)
        inside.callers.end(stored.login_session)
    for operator in dict.fromkeys(stored.operator for stored in ended):
        if operator not in inside.tabs:
            await inside.core.send(SignOutOperator(operator=operator), sender=operator)


async def who(inside: Inside, request: Who, _caller: Caller) -> Person | None:
    """The person of a session."""
    return await inside.callers.who(request.session)
