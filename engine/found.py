"""What a search in what was written finds, as plain text. It must not know where, nor how, it is looked for."""

from datetime import datetime

import msgspec

from engine.events import ConversationId


class Part(msgspec.Struct, frozen=True):
    """A piece of a text as it was written; `found` where it is what was looked for."""

    text: str
    found: bool = False


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A text that has all words of the question.

    Attributes:
        position: of the event; to go on, ask for what is before the last one.
        kind: the event's.
        parts: the text around what was found, in order; never markup.

    """

    position: int
    conversation: ConversationId
    number: int
    at: datetime
    kind: str
    parts: tuple[Part, ...]
