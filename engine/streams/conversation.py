"""One conversation as every view needs it, and the words for its states.

It must not know the other conversations.
"""

from datetime import datetime
from typing import Literal

import msgspec

from engine.events import (
    Abandoned,
    Accepted,
    ConversationEvent,
    ConversationId,
    DepartmentId,
    Ended,
    Held,
    HelpAsked,
    InvitationAccepted,
    InvitationExpired,
    InvitationRefused,
    Invited,
    LeftMessageAnswered,
    LeftMessageClosed,
    LeftMessageReopened,
    Lost,
    MessageLeft,
    MessageWritten,
    Mode,
    OfferExtended,
    OfferMade,
    OfferTimedOut,
    OperatorId,
    Queued,
    QueuedReason,
    Resumed,
    SiteId,
    VisitorId,
)

State = Literal[
    "invited",
    "routing",
    "queued",
    "active",
    "on-hold",
    "ended",
    "abandoned",
    "left",
    "refused",
    "expired",
    "answered",
    "closed",
]
OPEN: frozenset[State] = frozenset({"invited", "routing", "queued", "active", "on-hold"})
SERVED: frozenset[State] = frozenset({"active", "on-hold"})
OVER: frozenset[State] = frozenset({"ended", "abandoned", "refused", "expired", "closed"})  # nobody has to do anything
HEAD: frozenset[QueuedReason] = frozenset({"operator-lost", "operator-left"})  # why somebody waits before all others


class Offer(msgspec.Struct, frozen=True):
    """What rings: at these operators, until then."""

    policy: Literal["broadcast", "queue"]
    operators: tuple[OperatorId, ...]
    until: datetime


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
        invited_by: who invited the visitor.
        seen_by_visitor: the number up to which the visitor has seen the messages, `seen_by_operator` the other side.
        lost: it ended because the visitor was gone.

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
    seen_by_visitor: int = 0
    seen_by_operator: int = 0
    lost: bool = False

    @property
    def open(self) -> bool:
        """Whether it goes on: from invited to on hold."""
        return self.state in OPEN

    @property
    def served(self) -> bool:
        """Whether an operator has it: active or on hold."""
        return self.state in SERVED


class Invitation(msgspec.Struct, frozen=True):
    """The latest invitation of a visitor's present visit, until it is accepted; `at` is when this state began."""

    state: Literal["invited", "refused", "expired"]
    by: OperatorId
    at: datetime


_STATE_AFTER: dict[type[ConversationEvent], State] = {
    Invited: "invited",
    InvitationAccepted: "routing",
    InvitationRefused: "refused",
    InvitationExpired: "expired",
    HelpAsked: "routing",
    OfferExtended: "routing",
    OfferTimedOut: "queued",
    Queued: "queued",
    Accepted: "active",
    MessageWritten: "active",
    Held: "on-hold",
    Resumed: "active",
    Ended: "ended",
    Lost: "ended",
    Abandoned: "abandoned",
    MessageLeft: "left",
    LeftMessageAnswered: "answered",
    LeftMessageClosed: "closed",
    LeftMessageReopened: "left",
}


def state_after(before: State | None, event: ConversationEvent) -> State:
    """The conversation's state after `event`; `before` is its state until then, None if the event begins it."""
    if isinstance(event, OfferMade):
        return "routing" if event.policy == "broadcast" else "queued"
    return _STATE_AFTER.get(type(event), before or "routing")
