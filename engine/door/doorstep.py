"""Signing in and out: who may ask is checked before."""

from datetime import UTC, datetime

from engine.accounts import BAD_LOGIN
from engine.commands import Refused, SignOutOperator
from engine.door.answers import Person, SignedIn
from engine.door.inside import Inside
from engine.door.requests import SignIn, SignOut, Who
from engine.door.rights import Caller


async def sign_in(inside: Inside, request: SignIn, _caller: Caller) -> SignedIn | Refused:
    """A session for who knows the password; who is in the house no more looks like an unknown name."""
    now = datetime.now(UTC)
    opened = await inside.accounts.sign_in(request.login, request.password, address=request.address, now=now)
    if isinstance(opened, Refused):
        return opened
    person = inside.callers.person(opened.operator, login=opened.login, login_session=opened.login_session)
    return SignedIn(session=opened.session, until=opened.until, person=person) if person else BAD_LOGIN


async def sign_out(inside: Inside, request: SignOut, _caller: Caller) -> None:
    """The session is over, what it watched ends, its tabs are closed."""
    stored = await inside.callers.stored(request.session)
    await inside.accounts.sign_out(request.session)
    inside.callers.end(request.session)
    inside.tabs.close_all(request.session)
    if stored is not None and stored.operator not in inside.tabs:  # not in another browser either
        await inside.core.send(SignOutOperator(operator=stored.operator), sender=stored.operator)


async def who(inside: Inside, request: Who, _caller: Caller) -> Person | None:
    """The person of a session."""
    return await inside.callers.who(request.session)
