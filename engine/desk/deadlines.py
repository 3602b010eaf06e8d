"""When something is due: one heap of deadlines, stale ones passed over, so that the next one is found at once.

The state itself says what is due when; the heap only remembers where to look.
"""

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, NamedTuple

from engine.desk.offers import next_for
from engine.desk.state import DeskState
from engine.events import (
    ConversationEvent,
    ConversationId,
    DepartmentChanged,
    EngineStarted,
    Event,
    Invited,
    OperatorId,
    OperatorLost,
    SettingChanged,
    VisitorId,
    VisitorLost,
    WrapUpStarted,
)


class What(IntEnum):
    """What runs out; of two at the same moment the lesser first, so that a chat that both sides lost is over."""

    VISITOR = 1
    OPERATOR = 2
    WRAP_UP = 3
    OFFER = 4
    OPENING = 5
    INVITATION = 6


class Deadline(NamedTuple):
    """At `when` something runs out: a visitor's or an operator's grace, a wrap-up, the time to answer an offer or an
    invitation of a conversation; or the department of one that was closed opens.
    """

    when: datetime
    what: What
    id: str


class Deadlines:
    """The deadlines of a desk's state; told of each event after it was applied."""

    def __init__(self, desk: DeskState) -> None:
        self._desk = desk
        self._heap = sorted(self._all())

    def note(self, event: Event) -> None:
        """Look at what `event` touched."""
        if isinstance(event, ConversationEvent):
            self._push(self._of_offer(event.conversation))
            self._push(self._of_opening(event.conversation))
            if isinstance(event, Invited):
                self._push(self._of_invitation(event.conversation))
        elif isinstance(event, VisitorLost):
            self._push(self._of_visitor(event.visitor))
        elif isinstance(event, OperatorLost):
            self._push(self._of_operator(event.operator))
        elif isinstance(event, WrapUpStarted):
            self._push(self._of_wrap_up(event.operator))
        elif isinstance(event, EngineStarted | SettingChanged | DepartmentChanged):
            self._heap = sorted(self._all())

    def first(self) -> Deadline | None:
        """The earliest deadline, or None."""
        while self._heap:
            top = self._heap[0]
            if self._present(top) == top:
                return top
            heapq.heappop(self._heap)
        return None

    def _push(self, deadline: Deadline | None) -> None:
        if deadline is not None:
            heapq.heappush(self._heap, deadline)

    def _present(self, deadline: Deadline) -> Deadline | None:
        return FIND[deadline.what](self, deadline.id)

    def _all(self) -> Iterator[Deadline]:
        desk = self._desk
        found = (
            *(self._of_visitor(one.id) for one in desk.visitors.values() if one.lost_at),  # most went long ago
            *map(self._of_operator, desk.operators),
            *map(self._of_wrap_up, desk.operators),
            *map(self._of_offer, desk.conversations),
            *map(self._of_opening, desk.conversations),
            *map(self._of_invitation, desk.conversations),
        )
        return (deadline for deadline in found if deadline is not None)

    def _of_offer(self, one: ConversationId) -> Deadline | None:
        conversation = self._desk.conversations.get(one)
        until = conversation.until if conversation else None
        return Deadline(until, What.OFFER, one) if until else None

    def _of_opening(self, one: ConversationId) -> Deadline | None:
        """Only while somebody is there who could be asked: who comes later is asked when they come."""
        conversation = self._desk.conversations.get(one)
        if conversation is None or conversation.opens is None or next_for(self._desk, conversation) is None:
            return None
        return Deadline(conversation.opens, What.OPENING, one)

    def _of_invitation(self, one: ConversationId) -> Deadline | None:
        conversation = self._desk.conversations.get(one)
        expires = conversation.expires if conversation else None
        return Deadline(expires, What.INVITATION, one) if expires else None

    def _of_visitor(self, one: VisitorId) -> Deadline | None:
        lost = self._desk.visitors[one].lost_at
        return Deadline(lost + self._grace("visitor_grace"), What.VISITOR, one) if lost else None

    def _of_operator(self, one: OperatorId) -> Deadline | None:
        lost = self._desk.operators[one].lost_at
        return Deadline(lost + self._grace("operator_grace"), What.OPERATOR, one) if lost else None

    def _of_wrap_up(self, one: OperatorId) -> Deadline | None:
        until = self._desk.operators[one].wraps_up_until
        return Deadline(until, What.WRAP_UP, one) if until else None

    def _grace(self, name: str) -> timedelta:
        return timedelta(seconds=self._desk.settings[name])


FIND: dict[What, Callable[[Deadlines, Any], Deadline | None]] = {
    What.VISITOR: Deadlines._of_visitor,
    What.OPERATOR: Deadlines._of_operator,
    What.WRAP_UP: Deadlines._of_wrap_up,
    What.OFFER: Deadlines._of_offer,
    What.OPENING: Deadlines._of_opening,
    What.INVITATION: Deadlines._of_invitation,
}
