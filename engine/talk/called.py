"""What a visitor was called at each moment: by themselves, or else by their site. Pure."""

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from engine.events import Event, HelpAsked, InvitationAccepted, MessageLeft, VisitEnded, VisitorIdentified, VisitStarted


class Called(NamedTuple):
    """The name that the visitor gave, in this visit or before, and the one that the site says in this visit."""

    given: str | None = None
    said: str | None = None

    @property
    def name(self) -> str | None:
        """Theirs goes before the site's."""
        return self.given or self.said


NOBODY = Called()
OTHERS = (VisitStarted, VisitorIdentified, VisitEnded)  # what beside a conversation has to do with it


def step(called: Called, event: Event) -> Called:
    """What they are called after an event of theirs."""
    match event:
        case HelpAsked() | InvitationAccepted() | MessageLeft() | VisitStarted():
            name = event.personal.name if event.personal else None
            return called._replace(given=name or called.given)
        case VisitorIdentified(personal=said):
            return called._replace(said=said.name if said else None)
        case VisitEnded():
            return called._replace(said=None)
    return called


class Calling:
    """What a visitor was called at each event of a conversation; `others` are their own kept events of `OTHERS`."""

    def __init__(self, others: Sequence[Event]) -> None:
        self._others, self._called = deque(others), NOBODY

    def hear(self, other: Event) -> None:
        """One more of theirs happened, or is told again."""
        if isinstance(other, OTHERS):
            self._others.append(other)

    def at(self, event: Event) -> str | None:
        """The name at an event; each one comes after the one before it."""
        while self._others and _is_before(self._others[0], event):
            self._called = step(self._called, self._others.popleft())
        self._called = step(self._called, event)
        return self._called.name


def _is_before(other: Event, event: Event) -> bool:
    """A visit that begins with an event begins before it; one that ends at the same time ends after it."""
    return other.at < event.at or (other.at == event.at and not isinstance(other, VisitEnded))
