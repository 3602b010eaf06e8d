"""Who is signed in at this dashboard: the secret behind each public id, and the open sockets of each sign-in.

The secret stays in this process's memory; what goes into a page is `Person.login_session`, which opens nothing.
It must not know how a page looks or what a socket carries.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from engine.door.answers import Person, Question
from engine.door.interface import Door, DoorError
from engine.door.requests import AskHistory, Who

log = logging.getLogger(__name__)
SIGNED_OUT = 4401
NOT_YOURS = 4403
LOOK_S = 2.0  # between looks at whether who has a tab open is signed in still: elsewhere it may have ended


class Closable(Protocol):
    """A socket that can be closed with a code."""

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Close it."""
        ...


@dataclass(eq=False, kw_only=True)
class SignIn:
    """One sign-in of a person: its secret and its open sockets, each with what says that its tab is gone."""

    secret: str
    person: Person
    sockets: dict[Closable, Callable[[], None]] = field(default_factory=dict)


class SignIns:
    """All sign-ins this process has seen and not seen end."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._by_id: dict[str, SignIn] = {}

    async def find(self, secret: str | None) -> SignIn | None:
        """Whose cookie this is, asked of main each time. Raises `DoorError` while main is away."""
        if not secret:
            return None
        person = await self._door.ask(Who(session=secret))
        if person is None:
            self._end_secret(secret)
            return None
        known = self._by_id.setdefault(person.login_session, SignIn(secret=secret, person=person))
        known.person = person
        return known

    async def look_after(self) -> None:
        """Close the tabs of every sign-in that has ended, wherever and however: for ever."""
        while True:
            await asyncio.sleep(LOOK_S)
            for sign_in in [one for one in self._by_id.values() if one.sockets]:
                try:
                    await self.find(sign_in.secret)
                except DoorError:  # main is away: asked again
                    break
                except Exception:
                    log.exception("a sign-in could not be looked at")

    async def permit(self, sign_in: SignIn, question: Question) -> None:
        """Ask main whether this person may ask the history this. Raises `DoorError`: `forbidden` where not."""
        await self._door.ask(AskHistory(question=question), session=sign_in.secret)

    def by_id(self, login_session: str) -> SignIn | None:
        """The sign-in with this public id."""
        return self._by_id.get(login_session)

    def enter(self, sign_in: SignIn, socket: Closable, *, tab: str) -> None:
        """A tab's socket opened: the operator is present with it."""
        sign_in.sockets[socket] = self._door.open_tab(session=sign_in.secret, tab=tab)

    def leave(self, login_session: str, socket: Closable) -> None:
        """A tab's socket closed."""
        sign_in = self._by_id.get(login_session)
        gone = sign_in.sockets.pop(socket, None) if sign_in else None
        if gone:
            gone()

    def end(self, login_session: str) -> None:
        """A sign-in is over: its tabs are gone and their sockets close, in every browser."""
        sign_in = self._by_id.pop(login_session, None)
        if sign_in is None:
            return
        for socket, gone in list(sign_in.sockets.items()):
            gone()
            socket.close(SIGNED_OUT, "signed out")
        sign_in.sockets.clear()

    def _end_secret(self, secret: str) -> None:
        for login_session in [key for key, known in self._by_id.items() if known.secret == secret]:
            self.end(login_session)
