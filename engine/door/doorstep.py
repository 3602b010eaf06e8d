"""Signing in and out: who may ask is checked before."""

from collections.abc import Sequence
from datetime import UTC, datetime

from engine.accounts import BAD_LOGIN, StoredSession
from engine.commands import Refused, SignOutOperator
from engine.door.answers import Person, SignedIn
from engine.door.inside import Inside
from engine.door.requests import SignIn, SignOut, Who
from engine.door.rights import Caller


async def sign_in(inside: Inside, request: SignIn, _caller: Caller) -> SignedIn | Refused:
    """A session for who knows the password; who is in the house no more looks like an unknown name."""
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
        inside.callers.end(stored.login_session)
    for operator in dict.fromkeys(stored.operator for stored in ended):
        if operator not in inside.tabs:
            await inside.core.send(SignOutOperator(operator=operator), sender=operator)


async def who(inside: Inside, request: Who, _caller: Caller) -> Person | None:
    """The person of a session."""
    return await inside.callers.who(request.session)
