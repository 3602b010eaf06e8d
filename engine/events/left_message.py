"""A left message and what becomes of it: open, answered, closed."""

from engine.events.base import Beginning, ConversationEvent, OperatorId, Personal


class LeftMessage(Personal, frozen=True, kw_only=True):
    """The left message itself and whom to answer."""

    name: str | None = None
    email: str
    subject: str | None = None
    text: str


class MessageLeft(Beginning, frozen=True, kw_only=True):
    """The visitor left a message for a department, instead of waiting, or because nobody was there (then number 1)."""

    personal: LeftMessage | None = None


class LeftMessageAnswered(ConversationEvent, frozen=True, kw_only=True):
    """An operator says that the left message has its answer."""

    operator: OperatorId


class LeftMessageClosed(ConversationEvent, frozen=True, kw_only=True):
    """An operator says that nothing more is to be done about the left message."""

    operator: OperatorId


class LeftMessageReopened(ConversationEvent, frozen=True, kw_only=True):
    """An operator says that an answered or closed left message waits for an answer again."""

    operator: OperatorId
