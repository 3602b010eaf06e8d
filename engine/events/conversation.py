"""What happens in one conversation, from asking to its end; each event carries the conversation's next number."""

from datetime import datetime
from typing import Literal

import msgspec

from engine.events.base import ConversationEvent, DepartmentId, MessageId, OperatorId, Personal, SiteId, VisitorId

Mode = Literal["text"]
QueuedReason = Literal["declined", "timeout", "by-operator", "full", "nobody"]
WithdrawnReason = Literal["not-available", "full"]


class ByVisitor(msgspec.Struct, frozen=True, kw_only=True, tag_field="by", tag="visitor", forbid_unknown_fields=True):
    """Done by a visitor."""

    visitor: VisitorId


class ByOperator(msgspec.Struct, frozen=True, kw_only=True, tag_field="by", tag="operator", forbid_unknown_fields=True):
    """Done by an operator."""

    operator: OperatorId


Party = ByVisitor | ByOperator


class VisitorName(Personal, frozen=True, kw_only=True):
    """The name a visitor gave, unchecked."""

    name: str


class HelpAsked(ConversationEvent, frozen=True, kw_only=True):
    """A visitor asked for help: the conversation begins, in routing."""

    visitor: VisitorId
    site: SiteId
    department: DepartmentId
    mode: Mode = "text"
    personal: VisitorName | None = None


class HelpAskedAgain(ConversationEvent, frozen=True, kw_only=True):
    """The visitor asked while their conversation was open: it is the same conversation."""

    visitor: VisitorId


class OfferMade(ConversationEvent, frozen=True, kw_only=True):
    """The request rings at `operators` until `until`: a broadcast in routing, or one operator from the queue.

    `candidates` are all operators of the department who could be asked at this moment, so that the choice can be
    explained later; `reason` says what caused it.
    """

    policy: Literal["broadcast", "queue"]
    operators: tuple[OperatorId, ...]
    candidates: tuple[OperatorId, ...]
    reason: Literal["asked", "available", "freed", "next"]
    until: datetime


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
    """The visitor waits in the Communication Queue; `operator` did it by hand where the reason is `by-operator`."""

    reason: QueuedReason
    operator: OperatorId | None = None


class Accepted(ConversationEvent, frozen=True, kw_only=True):
    """Exactly one operator took it, from a ring, from an offer, or from the queue by hand."""

    operator: OperatorId
    how: Literal["ring", "offer", "by-hand"]


class MessageText(Personal, frozen=True, kw_only=True):
    """What was written, cleaned, never interpreted."""

    text: str


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


class LeftMessage(Personal, frozen=True, kw_only=True):
    """The left message itself and whom to answer."""

    name: str | None = None
    email: str
    subject: str | None = None
    text: str


class MessageLeft(ConversationEvent, frozen=True, kw_only=True):
    """The visitor left a message for a department, instead of waiting, or because nobody was there (then number 1)."""

    visitor: VisitorId
    site: SiteId
    department: DepartmentId
    personal: LeftMessage | None = None
