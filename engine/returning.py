"""Who comes again: what the journal knows of their earlier visits, given along where a command may begin a visit.

The desk forgets who has gone; the journal does not. What is still on its way into it is remembered here.
"""

from typing import Protocol

from msgspec.structs import replace

from engine.commands import AskForHelp, Command, IdentifyVisitor, Known, ViewPage
from engine.desk.state import DeskState
from engine.events import Event, VisitorId, VisitorIdentity, VisitStarted


class History(Protocol):
    """What is asked of the journal."""

    def visits(self, visitor: VisitorId, /) -> int:
        """How many visits of a visitor are kept."""
        ...

    def name_of(self, visitor: VisitorId, /) -> str | None:
        """The name that a visitor gave last."""
        ...

    def signed(self, visitor: VisitorId, /) -> VisitorIdentity | None:
        """Who their site signed last that a visitor is."""
        ...


class Returning:
    """Fills a command with what is known of its visitor before."""

    def __init__(self, history: History, desk: DeskState) -> None:
        self._history, self._desk = history, desk
        self._begun: dict[VisitorId, VisitStarted] = {}  # until they are kept

    def known(self, command: Command) -> Command:
        """The command, with the earlier visits of a visitor whom the desk does not know; or who was signed for last."""
        if isinstance(command, IdentifyVisitor):
            signed = self._history.signed(command.visitor) if command.verified else None
            return replace(command, before=Known(signed=signed)) if signed else command
        if not isinstance(command, ViewPage | AskForHelp):
            return command
        here = self._desk.visitors.get(command.visitor)
        leaves = command.visitor in self._desk.leaving  # and is forgotten before the command is decided
        if here is not None and not leaves and (here.visit is not None or here.visits):
            return command
        return replace(command, before=self._before(command.visitor))

    def began(self, event: VisitStarted) -> None:
        """A visit begins, and is on its way into the journal."""
        self._begun[event.visitor] = event

    def kept(self, event: Event) -> None:
        """An event is in the journal."""
        if isinstance(event, VisitStarted) and self._begun.get(event.visitor) is event:
            del self._begun[event.visitor]

    def _before(self, visitor: VisitorId) -> Known:
        begun = self._begun.get(visitor)
        visits = begun.ordinal if begun else self._history.visits(visitor)
        return Known(visits, self._history.name_of(visitor)) if visits else Known()
