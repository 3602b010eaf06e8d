"""What happens in one conversation, from asking to its end; each event carries the conversation's next number."""

from datetime import datetime
from typing import Literal

import msgspec

from engine.events.base import (
    Asking,
    Beginning,
    ConversationEvent,
    FirstWords,
    MessageId,
    MessageText,
    Mode,
    OperatorId,
    VisitorId,
)

QueuedReason = Literal[
    "declined", "timeout", "by-operator", "full", "nobody", "closed", "operator-lost", "operator-left"
]
Policy = Literal["broadcast", "queue"]  # how operators are chosen: all who are free, or one from the queue
OfferReason = Literal["asked", "available", "freed", "next"]
WithdrawnReason = Literal["not-available", "full"]


class ByVisitor(msgspec.Struct, frozen=True, kw_only=True, tag_field="by", tag="visitor", forbid_unknown_fields=True):
    """Done by a visitor."""

    visitor: VisitorId


class ByOperator(msgspec.Struct, frozen=True, kw_only=True, tag_field="by", tag="operator", forbid_unknown_fields=True):
    """Done by an operator."""

    operator: OperatorId


Party = ByVisitor | ByOperator


class HelpAsked(Beginning, frozen=True, kw_only=True):
    """A visitor asked for help: the conversation begins, in routing.

    `message`: the id that their first words have once they are written; None where they said nothing.
    """

    mode: Mode = "text"
    message: MessageId | None = None
    personal: Asking | None = None


class FirstWordsChanged(ConversationEvent, frozen=True, kw_only=True):
    """Who waits says otherwise what it is about, or takes it back; these words have the id `message` when written."""

    message: MessageId
    personal: FirstWords | None = None


class HelpAskedAgain(ConversationEvent, frozen=True, kw_only=True):
    """The visitor asked while their conversation was open: it is the same conversation."""

    visitor: VisitorId

    @property
    def told_to(self) -> VisitorId:
        """The visitor."""
        return self.visitor


class OfferMade(ConversationEvent, frozen=True, kw_only=True):
    """The request rings at `operators` until `until`: a broadcast in routing, or one operator from the queue.

    `candidates` are all operators of the department who could be asked at this moment, so that the choice can be
    explained later; `reason` says what caused it.
    """

    policy: Policy
    operators: tuple[OperatorId, ...]
    candidates: tuple[OperatorId, ...]
    reason: OfferReason
    until: datetime

    @property
    def alone(self) -> bool:
        """Whether one operator is asked after another: it counts against the maximum, and moves on when time is up."""
        return self.policy != "broadcast"


class OfferExtended(ConversationEvent, frozen=True, kw_only=True):
    """An operator who became available while it rings gets the broadcast too."""

    operator: OperatorId


class OfferDeclined(ConversationEvent, frozen=True, kw_only=True):
    """An operator declined: it is never offered to them again."""

    operator: OperatorId


class OfferWithdrawn(ConversationEvent, frozen=True, kw_only=True):
    """The request stopped ringing at one operator, who cannot take it now."""

    operator: OperatorId
    reason: WithdrawnReason


class OfferTimedOut(ConversationEvent, frozen=True, kw_only=True):
    """The one operator who was asked from the queue did not answer in time."""

    operator: OperatorId


class Queued(ConversationEvent, frozen=True, kw_only=True):
    """The visitor waits in the Communication Queue.

    `operator` did it by hand (`by-operator`), or served the visitor until now and is lost or signed out
    (`operator-lost`, `operator-left`): then the visitor waits at the head. `closed`: outside the department's hours.
    """

    reason: QueuedReason
    operator: OperatorId | None = None


class Accepted(ConversationEvent, frozen=True, kw_only=True):
    """Exactly one operator took it: from a ring, an offer, the queue by hand, or as the one whose invitation it is."""

    operator: OperatorId
    how: Literal["ring", "offer", "by-hand", "invitation"]


class MessageWritten(ConversationEvent, frozen=True, kw_only=True):
    """A message of the conversation. `client_id` is the sender's own id of it, by which a tab knows its echo."""

    message: MessageId
    client_id: str
    author: Party
    personal: MessageText | None = None


class Ended(ConversationEvent, frozen=True, kw_only=True):
    """One of the two ended the conversation."""

    by: Party


class Abandoned(ConversationEvent, frozen=True, kw_only=True):
    """The visitor left before anybody answered."""

    reason: Literal["cancelled", "gone"]


class MessagesSeen(ConversationEvent, frozen=True, kw_only=True):
    """One of the two has seen every message up to the one with the number `upto`."""

    by: Party
    upto: int


class Held(ConversationEvent, frozen=True, kw_only=True):
    """The operator suspended the chat: nobody writes until it is resumed."""

    operator: OperatorId


class Resumed(ConversationEvent, frozen=True, kw_only=True):
    """The operator resumed the chat."""

    operator: OperatorId


class Lost(ConversationEvent, frozen=True, kw_only=True):
    """The visitor was gone past the grace time: the conversation is over."""

    visitor: VisitorId
