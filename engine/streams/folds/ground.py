"""What every view stands on: names, visits, staff and conversations, folded once and shared by all states that hold it.

It knows which of them an event touches, so that a view makes only those rows anew. It must not know any view.
"""

from collections.abc import Iterable
from typing import Literal

import msgspec

from engine.events import (
    ConversationEvent,
    ConversationId,
    Event,
    LeftMessageClosed,
    MessagesSeen,
    MessageWritten,
    OperatorEvent,
    OperatorId,
    SettingChanged,
    VisitorEvent,
    VisitorId,
)
from engine.events.parts import Operator
from engine.streams.folds import conversations, directory, presence, staff
from engine.streams.folds.conversation import Conversation
from engine.streams.folds.conversations import Conversations
from engine.streams.folds.directory import Directory
from engine.streams.folds.presence import Presence
from engine.streams.folds.staff import AWAY, Staff
from engine.streams.machinery.pipeline import Kinds, Moment, shared

OperatorState = Literal["signed-out", "not-available", "available", "full", "wrap-up"]


class Ground(msgspec.Struct, frozen=True):
    """The folds, after one and the same moment."""

    directory: Directory
    presence: Presence
    staff: Staff
    conversations: Conversations

    def name_of(self, visitor: VisitorId) -> str | None:
        """The name a visitor gave, or else the one their site gave them."""
        return self.directory.name_of(visitor)

    def load(self, operator: OperatorId) -> tuple[int, int]:
        """How many chats an operator has, and how many offers from the queue to them alone."""
        nothing: frozenset[ConversationId] = frozenset()
        talks = self.conversations
        return len(talks.serving.get(operator, nothing)), len(talks.asking.get(operator, nothing))

    def state_of(self, operator: Operator) -> OperatorState:
        """An operator's state: the first hindrance to being asked, or that they are available."""
        shift = self.staff.get(operator.id, AWAY)
        if not shift.arrived:
            return "signed-out"
        if not shift.live_help:
            return "not-available"
        if shift.wrap_up_until is not None:
            return "wrap-up"
        return "full" if sum(self.load(operator.id)) >= self.directory.max_chats(operator) else "available"

    def conversation(self, event: ConversationEvent) -> Conversation | None:
        """The conversation that an event belongs to."""
        return self.conversations.by_id.get(event.conversation)


VERSION = 3
TAKES: Kinds = directory.TAKES | presence.TAKES | staff.TAKES | conversations.TAKES
EMPTY = Ground(directory.EMPTY, presence.EMPTY, staff.EMPTY, conversations.EMPTY)


@shared
def step(ground: Ground, moment: Moment) -> Ground:
    """Take a moment into all folds; the same object where nothing changed."""
    names = directory.step(ground.directory, moment)
    visits = presence.step(ground.presence, moment)
    shifts = staff.step(ground.staff, moment)
    talks = conversations.step(ground.conversations, moment)
    if isinstance(moment, LeftMessageClosed):
        visits = _released(visits, talks, moment)
    if (
        names is ground.directory
        and visits is ground.presence
        and shifts is ground.staff
        and talks is ground.conversations
    ):
        return ground
    return Ground(names, visits, shifts, talks)


def _released(visits: Presence, talks: Conversations, event: LeftMessageClosed) -> Presence:
    closed = talks.by_id.get(event.conversation)
    if closed is None or closed.visitor in talks.left:
        return visits
    return presence.released(visits, closed.visitor, event.at)


def moment_renames(moment: Moment) -> bool:
    """Whether any row may read otherwise after it."""
    return isinstance(moment, Event) and moment.renames


def visitors_touched(ground: Ground, moment: Moment) -> Iterable[VisitorId]:
    """The visitors of whom there is something else to say after `moment`; `ground` is the one after it."""
    if isinstance(moment, VisitorEvent):
        return (moment.visitor,)
    if isinstance(moment, MessageWritten | MessagesSeen):
        return ()
    if isinstance(moment, ConversationEvent):
        conversation = ground.conversation(moment)
        return (conversation.visitor,) if conversation else ()
    return sorted(ground.presence.visits) if moment_renames(moment) else ()


def conversations_touched(ground: Ground, moment: Moment) -> Iterable[ConversationId]:
    """The conversations of which, or of whose visitor, there is something else to say after `moment`."""
    if isinstance(moment, ConversationEvent):
        return (moment.conversation,)
    if isinstance(moment, VisitorEvent):
        conversation = ground.conversations.of(moment.visitor)
        return (conversation.id,) if conversation else ()
    return ground.conversations.by_id if moment_renames(moment) else ()


def operators_touched(before: Ground, after: Ground, moment: Moment) -> Iterable[OperatorId]:
    """The operators whose state or load may be another after `moment`."""
    if isinstance(moment, OperatorEvent):
        return (moment.operator,)
    if isinstance(moment, ConversationEvent):
        old, new = before.conversation(moment), after.conversation(moment)
        return {one for conversation in (old, new) if conversation for one in _busy_with(conversation)}
    if moment_renames(moment) or isinstance(moment, SettingChanged):
        return {*before.directory.operators, *after.directory.operators}
    return ()


def _busy_with(conversation: Conversation) -> Iterable[OperatorId]:
    if conversation.operator:
        return (conversation.operator,)
    offer = conversation.offer
    return offer.operators if offer and offer.alone else ()
