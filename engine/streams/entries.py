"""A conversation's events as entries: what an operator reads of each, and what of it a visitor may see.

It is pure, so that history from the journal and live events read alike.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from engine.events import (
    Abandoned,
    Accepted,
    ByVisitor,
    ConversationEvent,
    ConversationId,
    Ended,
    Held,
    HelpAsked,
    HelpAskedAgain,
    InvitationAccepted,
    InvitationExpired,
    InvitationRefused,
    Invited,
    LeftMessageAnswered,
    LeftMessageClosed,
    LeftMessageReopened,
    Lost,
    MessageId,
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
from engine.streams.conversation import HEAD, State, state_after
from engine.streams.directory import Directory
from engine.text import Span, spans

What = Literal[
    "asked",
    "asked-again",
    "offered",
    "extended",
    "declined",
    "withdrawn",
    "timed-out",
    "queued",
    "accepted",
    "message",
    "ended",
    "abandoned",
    "left",
    "invited",
    "invitation-accepted",
    "invitation-refused",
    "invitation-expired",
    "held",
    "resumed",
    "lost",
    "seen",
    "answered",
    "closed",
    "reopened",
]
VisitorWhat = Literal[
    "asked",
    "ringing",
    "queued",
    "accepted",
    "message",
    "ended",
    "abandoned",
    "left",
    "invited",
    "started",
    "refused",
    "expired",
    "held",
    "resumed",
    "lost",
    "seen",
    "step",
]
Author = Literal["visitor", "operator"]


class LeftBy(msgspec.Struct, frozen=True, kw_only=True):
    """Whom to answer a left message."""

    name: str | None
    email: str
    subject: str | None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What an operator reads of one event; operators are named.

    Attributes:
        what: what happened.
        state: the conversation's state after it.
        operator: who did it or whom it concerns; `operators` of an offer.
        spans: the text of a message, an invitation or a left message.
        upto: the number up to which everything is seen.

    """

    conversation: ConversationId
    number: int
    at: datetime
    what: What
    state: State
    author: Author | None = None
    operator: str | None = None
    operators: tuple[str, ...] | None = None
    reason: str | None = None
    message: MessageId | None = None
    client_id: str | None = None
    spans: tuple[Span, ...] | None = None
    left: LeftBy | None = None
    upto: int | None = None


class VisitorEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What a visitor sees of one event: the fields of the widget protocol's `Entry`. `at` is ISO text in UTC."""

    conversation: ConversationId
    number: int
    token: str
    at: str
    what: VisitorWhat
    state: State
    author: Author | None = None
    operator: str | None = None
    message: MessageId | None = None
    client_id: str | None = None
    spans: tuple[Span, ...] | None = None
    reason: str | None = None
    upto: int | None = None


# --- for operators ---------------------------------------------------------------------------------------------------


def entry(event: ConversationEvent, *, before: State | None, directory: Directory) -> Entry:
    """Return the entry of an event; `before` is the conversation's state until then, None if the event begins it."""
    what, more = _TOLD[type(event)]
    return Entry(
        conversation=event.conversation,
        number=event.number,
        at=event.at,
        what=what,
        state=state_after(before, event),
        **more(event, directory),
    )


def entries(events: Iterable[ConversationEvent], directory: Directory) -> Iterator[Entry]:
    """Return the entries of a conversation's events from the first on."""
    state: State | None = None
    for event in events:
        told = entry(event, before=state, directory=directory)
        state = told.state
        yield told


# What more there is to say of an event: fields of its entry.
More = dict[str, Any]


def _by_visitor(_event: ConversationEvent, _names: Directory) -> More:
    return {"author": "visitor"}


def _invited(event: Invited, names: Directory) -> More:
    return {"author": "operator", "operator": names.operator(event.operator), "spans": _spans(event.personal)}


def _expired(event: InvitationExpired, _names: Directory) -> More:
    return {"reason": event.reason}


def _offered(event: OfferMade, names: Directory) -> More:
    return {"operators": tuple(names.operator(one) for one in event.operators), "reason": event.reason}


AtOne = OfferExtended | OfferDeclined | OfferTimedOut | LeftMessageAnswered | LeftMessageClosed | LeftMessageReopened


def _at_one(event: AtOne, names: Directory) -> More:
    return {"operator": names.operator(event.operator)}


def _withdrawn(event: OfferWithdrawn, names: Directory) -> More:
    return {"operator": names.operator(event.operator), "reason": event.reason}


def _queued(event: Queued, names: Directory) -> More:
    return {"operator": names.operator(event.operator) if event.operator else None, "reason": event.reason}


def _accepted(event: Accepted, names: Directory) -> More:
    return {"operator": names.operator(event.operator), "reason": event.how}


def _message(event: MessageWritten, names: Directory) -> More:
    said = {"message": event.message, "client_id": event.client_id, "spans": _spans(event.personal)}
    return {**_by(event.author, names), **said}


def _spans(said: MessageText | None) -> tuple[Span, ...] | None:
    return spans(said.text) if said else None


def _seen(event: MessagesSeen, names: Directory) -> More:
    return {**_by(event.by, names), "upto": event.upto}


def _held(event: Held | Resumed, names: Directory) -> More:
    return {"author": "operator", "operator": names.operator(event.operator)}


def _ended(event: Ended, names: Directory) -> More:
    return _by(event.by, names)


def _abandoned(event: Abandoned, _names: Directory) -> More:
    return {"author": "visitor", "reason": event.reason}


def _left(event: MessageLeft, _names: Directory) -> More:
    left = event.personal
    if left is None:
        return {"author": "visitor"}
    whom = LeftBy(name=left.name, email=left.email, subject=left.subject)
    return {"author": "visitor", "left": whom, "spans": spans(left.text)}


def _by(party: Party, names: Directory) -> More:
    if isinstance(party, ByVisitor):
        return {"author": "visitor"}
    return {"author": "operator", "operator": names.operator(party.operator)}


_TOLD: dict[type[ConversationEvent], tuple[What, Callable[[Any, Directory], More]]] = {
    Invited: ("invited", _invited),
    InvitationAccepted: ("invitation-accepted", _by_visitor),
    InvitationRefused: ("invitation-refused", _by_visitor),
    InvitationExpired: ("invitation-expired", _expired),
    HelpAsked: ("asked", _by_visitor),
    HelpAskedAgain: ("asked-again", _by_visitor),
    OfferMade: ("offered", _offered),
    OfferExtended: ("extended", _at_one),
    OfferDeclined: ("declined", _at_one),
    OfferWithdrawn: ("withdrawn", _withdrawn),
    OfferTimedOut: ("timed-out", _at_one),
    Queued: ("queued", _queued),
    Accepted: ("accepted", _accepted),
    MessageWritten: ("message", _message),
    MessagesSeen: ("seen", _seen),
    Held: ("held", _held),
    Resumed: ("resumed", _held),
    Ended: ("ended", _ended),
    Lost: ("lost", _by_visitor),
    Abandoned: ("abandoned", _abandoned),
    MessageLeft: ("left", _left),
    LeftMessageAnswered: ("answered", _at_one),
    LeftMessageClosed: ("closed", _at_one),
    LeftMessageReopened: ("reopened", _at_one),
}


# --- for the visitor -------------------------------------------------------------------------------------------------

_SHOWN: dict[What, VisitorWhat] = {
    "asked": "asked",
    "queued": "queued",
    "accepted": "accepted",
    "message": "message",
    "ended": "ended",
    "abandoned": "abandoned",
    "left": "left",
    "invited": "invited",
    "invitation-accepted": "started",
    "invitation-refused": "refused",
    "invitation-expired": "expired",
    "held": "held",
    "resumed": "resumed",
    "lost": "lost",
}
_OPERATOR_NAMED = {"accepted", "message", "ended", "invited", "held", "resumed", "seen"}
_REASON_SAID = {"queued", "abandoned", "expired"}


def for_visitor(told: Entry, token: str = "") -> VisitorEntry:
    """Return what the visitor sees of an entry: not who was asked, declined or queued it, nor an operator's own ids.

    Who served them until their connection was lost is named.
    """
    what = _visible(told)
    by_visitor = told.author == "visitor"
    named = what in _OPERATOR_NAMED or (what == "queued" and told.reason in HEAD)
    return VisitorEntry(
        conversation=told.conversation,
        number=told.number,
        token=token,
        at=told.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        what=what,
        state=told.state,
        author=told.author if what != "step" else None,
        operator=told.operator if named else None,
        message=told.message,
        client_id=told.client_id if by_visitor else None,
        spans=told.spans,
        reason=told.reason if what in _REASON_SAID else None,
        upto=told.upto if what == "seen" else None,
    )


def _visible(told: Entry) -> VisitorWhat:
    if told.what == "offered" and told.state == "routing":
        return "ringing"
    if told.what == "seen":
        return "seen" if told.author == "operator" else "step"
    return _SHOWN.get(told.what, "step")
