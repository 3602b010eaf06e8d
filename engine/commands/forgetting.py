"""What an administrator asks to be forgotten."""

from datetime import datetime

from engine.commands.base import Command
from engine.events import ConversationId, VisitorId


class ForgetVisitor(Command, frozen=True, kw_only=True):
    """Forget what is personal of a visitor; the door fills in the `conversations` that are kept of theirs."""

    visitor: VisitorId
    conversations: tuple[ConversationId, ...] = ()


class ForgetEntry(Command, frozen=True, kw_only=True):
    """Forget what is personal in one entry of a conversation; the door fills in the rest from what is kept.

    `also`: other entries that say the same, as first words that were written and stand where they were said, too.
    """

    conversation: ConversationId
    entry: int
    written: datetime | None = None
    also: tuple[int, ...] = ()
    visitor: VisitorId | None = None
