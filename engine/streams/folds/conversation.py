"""One conversation as every view needs it.

It must not know the other conversations.
"""

from datetime import datetime
from typing import Literal

import msgspec

from engine.events import (
    ConversationId,
    DepartmentId,
    Mode,
    OperatorId,
    Policy,
    QueuedReason,
    SiteId,
    VisitorId,
)
from engine.talk import OPEN, SERVED, State, at_head


class Offer(msgspec.Struct, frozen=True):
    """What rings: at these operators, until then; `alone`: at one after another."""

    policy: Policy
    operators: tuple[OperatorId, ...]
    until: datetime
    alone: bool


class Words(msgspec.Struct, frozen=True):
    """The gist of what who waits says that it is about, and the number of the entry that says it."""

    number: int
    gist: str


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation as it stands.

    Attributes:
        number: that of its last event.
        asked: when the visitor asked; of a message left without asking, when it was left.
        since: when the present state began.
        offer: what rings now.
        operator: who serves, or served last; None while the visitor waits.
        accepted: when that operator took it.
        reason: why it was queued, and `queued_by` who did it by hand, or served the visitor until then.
        invited_by: who invited the visitor, and `expires` until when that is open.
        seen_by_visitor: the number up to which the visitor has seen the messages, `seen_by_operator` the other side.
        lost: it ended because the visitor was gone.
        words: the first ones, while nobody has come.

    """

    id: ConversationId
    visitor: VisitorId
    site: SiteId
    department: DepartmentId
    mode: Mode = "text"
    state: State
    number: int
    asked: datetime
    since: datetime
    offer: Offer | None = None
    operator: OperatorId | None = None
    accepted: datetime | None = None
    reason: QueuedReason | None = None
    queued_by: OperatorId | None = None
    invited_by: OperatorId | None = None
    expires: datetime | None = None
    seen_by_visitor: int = 0
    seen_by_operator: int = 0
    lost: bool = False
    words: Words | None = None

    @property
    def open(self) -> bool:
        """Whether it goes on: from invited until somebody ended it."""
        return self.state in OPEN

    @property
    def first_words(self) -> str | None:
        """What who waits says that it is about."""
        return self.words.gist if self.words else None

    @property
    def served(self) -> bool:
        """Whether an operator has it."""
        return self.state in SERVED

    @property
    def waits_since(self) -> datetime:
        """Since when a visitor waits who does: they asked, or were put back because their operator was gone."""
        return self.since if at_head(self.reason) else self.asked


class Invitation(msgspec.Struct, frozen=True):
    """The latest invitation of a visitor's present visit, until it is accepted; `at` is when this state began."""

    state: Literal["invited", "refused", "expired"]
    by: OperatorId
    at: datetime
