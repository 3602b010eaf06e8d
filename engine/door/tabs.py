"""The open dashboard tabs: the first makes an operator present, the last gone makes them lost.

It must not know what a tab shows.
"""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from engine.attendance import Attendance
from engine.background import Background
from engine.commands import ArriveOperator, Command, LoseOperator
from engine.door.interface import DoorError
from engine.door.rights import SessionCaller, may
from engine.events import OperatorId


class Tabs:
    """Every open tab, by the session it was opened with."""

    def __init__(
        self,
        signed_in: Callable[[str], Awaitable[SessionCaller]],
        send: Callable[[Command], Coroutine[Any, Any, object]],
    ) -> None:
        self._signed_in, self._send = signed_in, send
        self._closers: dict[str, dict[str, Callable[[], None]]] = {}  # of the open tabs, by session
        self._whose: dict[str, OperatorId] = {}  # these sessions are
        self._background = Background()
        self._attendance: Attendance[OperatorId] = Attendance(
            first=lambda operator: self._soon(ArriveOperator(operator=operator)),
            last=lambda operator: self._soon(LoseOperator(operator=operator)),
        )

    def __contains__(self, operator: OperatorId) -> bool:
        return operator in self._attendance

    def open(self, *, session: str, tab: str) -> Callable[[], None]:
        """A tab is open; returns what closes it. Who may not operate is never present by it."""
        closed = False

        async def open_it() -> None:
            try:
                caller = await self._signed_in(session)
            except DoorError:
                return
            if may(caller, "operate") and not closed:
                operator = self._whose[session] = caller.person.operator
                self._closers.setdefault(session, {})[tab] = self._attendance.open(operator)

        def close() -> None:
            nonlocal closed
            closed = True
            closers = self._closers.get(session, {})
            if closer := closers.pop(tab, None):
                closer()
            if not closers:
                self.close_all(session)

        self._background.run(open_it(), name="open a tab")
        return close

    def close_all(self, session: str) -> None:
        """A session is over: its tabs are closed."""
        self._whose.pop(session, None)
        for close in self._closers.pop(session, {}).values():
            close()

    def close_all_of(self, operator: OperatorId) -> None:
        """Somebody may not serve any more: their tabs are closed, in whichever browser."""
        for session in [session for session, whose in self._whose.items() if whose == operator]:
            self.close_all(session)

    def _soon(self, command: Command) -> None:
        self._background.run(self._send(command), name=type(command).__name__)
