"""When something is due: one heap of deadlines, stale ones passed over, so that the next one is found at once.

The state itself says what is due when; the heap only remembers where to look.
"""

import heapq
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from engine.desk.state import DeskState
from engine.events import (
    ConversationEvent,
    ConversationId,
    EngineStarted,
    Event,
    OperatorId,
    OperatorLost,
    SettingChanged,
    VisitorId,
    VisitorLost,
)


class Deadline(NamedTuple):
    """At `when`, the grace of a visitor or an operator, or the answer to an offer of a conversation, runs out."""

    when: datetime
    what: Literal["visitor", "operator", "offer"]
    id: str


class Deadlines:
    """The deadlines of a desk's state; told of each event after it was applied."""

    def __init__(self, desk: DeskState) -> None:
        self._desk = desk
        self._heap = sorted(self._all())

    def note(self, event: Event) -> None:
        """Look at what `event` touched."""
        if isinstance(event, ConversationEvent):
            self._push(self._of_conversation(event.conversation))
        elif isinstance(event, VisitorLost):
            self._push(self._of_visitor(event.visitor))
        elif isinstance(event, OperatorLost):
            self._push(self._of_operator(event.operator))
        elif isinstance(event, EngineStarted | SettingChanged):
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
        if deadline.what == "offer":
            return self._of_conversation(ConversationId(deadline.id))
        if deadline.what == "visitor":
            return self._of_visitor(VisitorId(deadline.id))
        return self._of_operator(OperatorId(deadline.id))

    def _all(self) -> Iterator[Deadline]:
        desk = self._desk
        found = (
            *(self._of_visitor(one.id) for one in desk.visitors.values() if one.lost_at),  # most went long ago
            *map(self._of_operator, desk.operators),
            *map(self._of_conversation, desk.conversations),
        )
        return (deadline for deadline in found if deadline is not None)

    def _of_conversation(self, one: ConversationId) -> Deadline | None:
        conversation = self._desk.conversations.get(one)
        until = conversation.until if conversation else None
        return Deadline(until, "offer", one) if until else None

    def _of_visitor(self, one: VisitorId) -> Deadline | None:
        lost = self._desk.visitors[one].lost_at
        return Deadline(lost + self._grace("visitor_grace"), "visitor", one) if lost else None

    def _of_operator(self, one: OperatorId) -> Deadline | None:
        lost = self._desk.operators[one].lost_at
        return Deadline(lost + self._grace("operator_grace"), "operator", one) if lost else None

    def _grace(self, name: str) -> timedelta:
        return timedelta(seconds=self._desk.settings[name])
