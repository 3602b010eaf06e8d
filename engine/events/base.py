"""The ground of the vocabulary: the types of ids, what every event has, and what several have of a person.

It must not know any rule, any store, or how an event travels.
"""

from datetime import datetime
from typing import ClassVar, Literal, NewType

import msgspec

SiteId = NewType("SiteId", str)
DepartmentId = NewType("DepartmentId", str)
OperatorId = NewType("OperatorId", str)
VisitorId = NewType("VisitorId", str)
VisitId = NewType("VisitId", str)
PageViewId = NewType("PageViewId", str)
ConversationId = NewType("ConversationId", str)
MessageId = NewType("MessageId", str)
EventId = NewType("EventId", str)
Actor = OperatorId | None  # who did it; None: the house itself, by its command line or by the engine
Subject = SiteId | DepartmentId | OperatorId | VisitorId | ConversationId

Mode = Literal["text"]
Forgets = tuple[tuple[Subject, int | None], ...]


class Personal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What erasing a person empties; an event stands without it."""


class VisitorName(Personal, frozen=True, kw_only=True):
    """The name a visitor gave, unchecked."""

    name: str


class Asking(Personal, frozen=True, kw_only=True):
    """What a visitor said as they asked: their name, unchecked, and what it is about."""

    name: str | None = None
    words: str | None = None


class FirstWords(Personal, frozen=True, kw_only=True):
    """What it is about, as a visitor who waits says it now."""

    words: str


class MessageText(Personal, frozen=True, kw_only=True):
    """What was written, cleaned, never interpreted."""

    text: str


class Event(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag=str,
):
    """Something that happened. `at` is UTC-aware and never goes back from one event to the next.

    Ids are UUIDv7 texts, drawn by the sender of the command. An event's own id, its cause's id and its position
    stand on the `Record` around it, because the rules that make it must not draw them.
    """

    version: ClassVar[int] = 1
    renames: ClassVar[bool] = False  # after it, whatever is shown of anything may read otherwise

    at: datetime

    @property
    def subject(self) -> Subject | None:
        """The one thing the journal finds this event by, or None for what concerns the whole house."""
        return None

    @property
    def forgets(self) -> Forgets:
        """The subjects, each with the number of one of its events or None for all, whose personal part ends with it."""
        return ()

    @property
    def told_to(self) -> VisitorId | None:
        """The visitor whose windows hear of it, whichever conversation they show; None where none does."""
        return None


class ConversationEvent(Event, frozen=True, kw_only=True):
    """An event of one conversation. `number` counts that conversation's events 1, 2, 3 … without a gap."""

    conversation: ConversationId
    number: int

    @property
    def subject(self) -> ConversationId:
        """The conversation."""
        return self.conversation


class Beginning(ConversationEvent, frozen=True, kw_only=True):
    """An event that a conversation may begin with: whose it is, on which site, for which department."""

    visitor: VisitorId
    site: SiteId
    department: DepartmentId

    @property
    def told_to(self) -> VisitorId:
        """The visitor."""
        return self.visitor


class VisitorEvent(Event, frozen=True, kw_only=True):
    """An event of one visitor, in one visit."""

    visitor: VisitorId
    visit: VisitId

    @property
    def subject(self) -> VisitorId:
        """The visitor."""
        return self.visitor

    @property
    def told_to(self) -> VisitorId:
        """The visitor."""
        return self.visitor


class OperatorEvent(Event, frozen=True, kw_only=True):
    """An event of one operator's presence."""

    operator: OperatorId

    @property
    def subject(self) -> OperatorId:
        """The operator."""
        return self.operator
