"""How each event of a conversation reads, as a table: its word, what more there is to say, and what a visitor sees.

An event of a conversation is a row here. It must not know to whom it is told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from engine.events import (
    Abandoned,
    Accepted,
    ByVisitor,
    ConversationEvent,
    Ended,
    FirstWordsChanged,
    Held,
    HelpAsked,
    HelpAskedAgain,
    InvitationAccepted,
    InvitationExpired,
    InvitationRefused,
    InvitationTakenBack,
    Invited,
    LeftMessageAnswered,
    LeftMessageClosed,
    LeftMessageReopened,
    Lost,
    MessageLeft,
    MessagesSeen,
    MessageText,
    MessageWritten,
    OfferDeclined,
    OfferExtended,
    OfferMade,
    OfferTimedOut,
    OfferWithdrawn,
    Party,
    Queued,
    Resumed,
)
from engine.talk.names import Names
from engine.text import Span, spans

What = Literal[
    "abandoned",
    "accepted",
    "answered",
    "asked",
    "asked-again",
    "closed",
    "declined",
    "ended",
    "expired",
    "extended",
    "held",
    "invitation-accepted",
    "invitation-expired",
    "invitation-refused",
    "invitation-taken-back",
    "invited",
    "left",
    "lost",
    "message",
    "offered",
    "queued",
    "refused",
    "reopened",
    "resumed",
    "reworded",
    "ringing",
    "seen",
    "started",
    "step",
    "timed-out",
    "withdrawn",
]


class Text(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="is", tag="text"):
    """What a person wrote, cut into plain runs and links; None where it was erased."""

    spans: tuple[Span, ...] | None = None


class LeftBody(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="is", tag="left-message"):
    """A left message with whom to answer; all None where it was erased."""

    spans: tuple[Span, ...] | None = None
    name: str | None = None
    email: str | None = None
    subject: str | None = None


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="is", tag="line"):
    """A line by the house.

    Attributes:
        operators: the names of who was asked.
        reason: why.
        upto: the number up to which everything is seen.

    """

    operators: tuple[str, ...] | None = None
    reason: str | None = None
    upto: int | None = None


Body = Text | LeftBody | Line
More = dict[str, Any]  # fields of an entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How an event reads.

    Attributes:
        what: its word.
        more: what else there is to say, as fields of its entry.
        to_visitor: the word of what the visitor sees; `step`: nothing.
        named: whether the visitor is told the operator's name, and `reason_said` the reason.

    """

    what: What
    more: Callable[[Any, Names], More]
    to_visitor: What = "step"
    named: bool = False
    reason_said: bool = False


def _visitor(_event: ConversationEvent, _names: Names) -> More:
    return {"author": "visitor"}


def _asked(event: HelpAsked | FirstWordsChanged, _names: Names) -> More:
    words = event.personal.words if event.personal else None
    return {"author": "visitor", **({"body": Text(spans=spans(words))} if words else {})}


def _visitor_why(event: Abandoned, _names: Names) -> More:
    return {"author": "visitor", "body": Line(reason=event.reason)}


def _why(event: InvitationExpired, _names: Names) -> More:
    return {"body": Line(reason=event.reason)}


def _operator(event: Any, names: Names) -> More:
    return {"operator": names.operator(event.operator)}


def _by_operator(event: Any, names: Names) -> More:
    return {"author": "operator", "operator": names.operator(event.operator)}


def _operator_why(event: OfferWithdrawn | Queued, names: Names) -> More:
    named = names.operator(event.operator) if event.operator else None
    return {"operator": named, "body": Line(reason=event.reason)}


def _offered(event: OfferMade, names: Names) -> More:
    return {"body": Line(operators=tuple(map(names.operator, event.operators)), reason=event.reason)}


def _accepted(event: Accepted, names: Names) -> More:
    return {"operator": names.operator(event.operator), "body": Line(reason=event.how)}


def _invited(event: Invited, names: Names) -> More:
    return {**_by_operator(event, names), "body": _text(event.personal)}


def _message(event: MessageWritten, names: Names) -> More:
    ids = {"message": event.message, "client_id": event.client_id}
    return {**_by(event.author, names), **ids, "body": _text(event.personal)}


def _text(said: MessageText | None) -> Text:
    return Text(spans=spans(said.text) if said else None)


def _seen(event: MessagesSeen, names: Names) -> More:
    return {**_by(event.by, names), "body": Line(upto=event.upto)}


def _ended(event: Ended, names: Names) -> More:
    return _by(event.by, names)


def _left(event: MessageLeft, _names: Names) -> More:
    left = event.personal
    if left is None:
        return {"author": "visitor", "body": LeftBody()}
    body = LeftBody(spans=spans(left.text), name=left.name, email=left.email, subject=left.subject)
    return {"author": "visitor", "body": body}


def _by(party: Party, names: Names) -> More:
    if isinstance(party, ByVisitor):
        return {"author": "visitor"}
    return {"author": "operator", "operator": names.operator(party.operator)}


TOLD: dict[type[ConversationEvent], Told] = {
    Invited: Told(what="invited", more=_invited, to_visitor="invited", named=True),
    InvitationAccepted: Told(what="invitation-accepted", more=_visitor, to_visitor="started"),
    InvitationRefused: Told(what="invitation-refused", more=_visitor, to_visitor="refused"),
    InvitationTakenBack: Told(what="invitation-taken-back", more=_by_operator, to_visitor="expired"),
    InvitationExpired: Told(what="invitation-expired", more=_why, to_visitor="expired", reason_said=True),
    HelpAsked: Told(what="asked", more=_asked, to_visitor="asked"),
    FirstWordsChanged: Told(what="reworded", more=_asked, to_visitor="reworded"),
    HelpAskedAgain: Told(what="asked-again", more=_visitor),
    OfferMade: Told(what="offered", more=_offered),
    OfferExtended: Told(what="extended", more=_operator),
    OfferDeclined: Told(what="declined", more=_operator),
    OfferWithdrawn: Told(what="withdrawn", more=_operator_why),
    OfferTimedOut: Told(what="timed-out", more=_operator),
    Queued: Told(what="queued", more=_operator_why, to_visitor="queued", reason_said=True),
    Accepted: Told(what="accepted", more=_accepted, to_visitor="accepted", named=True),
    MessageWritten: Told(what="message", more=_message, to_visitor="message", named=True),
    MessagesSeen: Told(what="seen", more=_seen, to_visitor="seen", named=True),
    Held: Told(what="held", more=_by_operator, to_visitor="held", named=True),
    Resumed: Told(what="resumed", more=_by_operator, to_visitor="resumed", named=True),
    Ended: Told(what="ended", more=_ended, to_visitor="ended", named=True),
    Lost: Told(what="lost", more=_visitor, to_visitor="lost"),
    Abandoned: Told(what="abandoned", more=_visitor_why, to_visitor="abandoned", reason_said=True),
    MessageLeft: Told(what="left", more=_left, to_visitor="left"),
    LeftMessageAnswered: Told(what="answered", more=_operator),
    LeftMessageClosed: Told(what="closed", more=_operator),
    LeftMessageReopened: Told(what="reopened", more=_operator),
}
BY_WORD: dict[str, Told] = {told.what: told for told in TOLD.values()}
