"""Who calls: sessions and processes as callers, and the word that one of them has changed or is over.

It must not know what they ask for.
"""

from collections.abc import Callable
from datetime import UTC, datetime

import reactivex
from immutables import Map
from reactivex import Observable
from reactivex import operators as ops
from reactivex.subject import Subject

from engine.accounts import Accounts, StoredSession
from engine.door.answers import Person
from engine.door.interface import DoorError
from engine.door.rights import HOUSE, Caller, HouseCaller, SessionCaller, WorkerCaller
from engine.events import OperatorId
from engine.events.parts import Operator
from engine.streams.folds.directory import Directory
from engine.streams.machinery.keyed import Keyed


class Callers:
    """All callers of this house, by what is published of its people."""

    def __init__(
        self, accounts: Accounts, names: Callable[[], Directory], changes_of_names: Observable[Directory]
    ) -> None:
        self._accounts, self._names = accounts, names
        self._over: Subject[str] = Subject()
        self._changed: Keyed[OperatorId, OperatorId] = Keyed(lambda operator: operator)
        self._operators: Map[OperatorId, Operator] = names().operators
        changes_of_names.subscribe(self._look)

    async def of(self, process: str, session: str | None) -> Caller:
        """Who calls from a process, with or without a session. Raises `DoorError("signed-out")`."""
        if session is not None:
            return await self.signed_in(session)
        return HouseCaller() if process == HOUSE else WorkerCaller(process=process)

    async def signed_in(self, session: str) -> SessionCaller:
        """The person of a session. Raises `DoorError("signed-out")`."""
        person = await self.who(session)
        if person is None:
            raise DoorError("signed-out")
        return SessionCaller(session=session, person=person)

    async def who(self, session: str) -> Person | None:
        """The person of a session, or None."""
        stored = await self.stored(session)
        if stored is None:
            return None
        return self.person(stored.operator, login=stored.login, login_session=stored.login_session)

    async def stored(self, session: str) -> StoredSession | None:
        """What is kept of a session that is not over."""
        return await self._accounts.who(session, now=datetime.now(UTC))

    def person(self, one: OperatorId, *, login: str, login_session: str) -> Person | None:
        """The person of a sign-in as they are now; None where they are in the house no more, or disabled."""
        names = self._names()
        operator = names.operators.get(one)
        if operator is None or operator.disabled:
            return None
        return Person(
            login_session=login_session,
            operator=operator.id,
            login=login,
            name=names.operator(one),
            role=operator.role,
            departments=operator.departments,
        )

    def end(self, login_session: str) -> None:
        """Say that a session is over, by its public id."""
        self._over.on_next(login_session)

    def changes(self, caller: SessionCaller) -> Observable[SessionCaller]:
        """A caller each time their role or departments have changed; hot; `DoorError("signed-out")` ends it."""
        over = self._over.pipe(ops.filter(lambda one: one == caller.person.login_session), ops.map(lambda _: None))
        changed = self._changed.of(caller.person.operator).pipe(ops.map(lambda _: self._again(caller)))
        return reactivex.merge(over, changed).pipe(ops.map(_still_there))

    def _again(self, caller: SessionCaller) -> SessionCaller | None:
        was = caller.person
        person = self.person(was.operator, login=was.login, login_session=was.login_session)
        return SessionCaller(session=caller.session, person=person) if person else None

    def _look(self, names: Directory) -> None:
        before, self._operators = self._operators, names.operators
        if before is names.operators:
            return
        for key, operator in before.items():
            if names.operators.get(key) is not operator:
                self._changed.on_next(key)


def _still_there(caller: SessionCaller | None) -> SessionCaller:
    if caller is None:
        raise DoorError("signed-out")
    return caller
