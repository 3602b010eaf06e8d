"""What makes the house forget what is personal: all of one visitor, or that of one entry of a conversation."""

from datetime import datetime
from typing import ClassVar

from engine.events.base import ConversationId, Event, Forgets, VisitorId


class VisitorForgotten(Event, frozen=True, kw_only=True):
    """What was personal of a visitor is gone, with all that was written in these `conversations` of theirs."""

    renames: ClassVar[bool] = True
    visitor: VisitorId
    conversations: tuple[ConversationId, ...] = ()

    @property
    def subject(self) -> VisitorId:
        """The visitor."""
        return self.visitor

    @property
    def forgets(self) -> Forgets:
        """All of the visitor's events, and all of their conversations'."""
        return ((self.visitor, None), *((one, None) for one in self.conversations))


class EntryForgotten(Event, frozen=True, kw_only=True):
    """What was personal in entry number `entry` of a conversation is gone; it was written at `written`.

    `also`: other entries that had the same words. `visitor` is whose name goes with it, None where no entry gave one.
    """

    renames: ClassVar[bool] = True
    conversation: ConversationId
    entry: int
    written: datetime
    also: tuple[int, ...] = ()
    visitor: VisitorId | None = None

    @property
    def subject(self) -> ConversationId:
        """The conversation."""
        return self.conversation

    @property
    def forgets(self) -> Forgets:
        """That entry, and those that say the same."""
        return tuple((self.conversation, number) for number in (self.entry, *self.also))
