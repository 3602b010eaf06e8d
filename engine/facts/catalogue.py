"""Every fact by its name, so that whoever runs them all need not know any of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_type_hints

import msgspec

from engine.events import (
    Abandoned,
    Accepted,
    ActionTracked,
    Ended,
    EngineStarted,
    Event,
    Held,
    HelpAsked,
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
    MessageWritten,
    OfferDeclined,
    OfferExtended,
    OfferMade,
    OfferTimedOut,
    OfferWithdrawn,
    PageViewed,
    PartRemoved,
    PartSet,
    Queued,
    Resumed,
    VisitEnded,
    VisitorIdentified,
    VisitorLost,
    VisitorReturned,
    VisitorSlept,
    VisitorWoke,
    VisitStarted,
)
from engine.events.vocabulary import EVENTS
from engine.facts import (
    actions,
    conversations,
    departments,
    invitations,
    left_message_texts,
    left_messages,
    message_texts,
    messages,
    offers,
    operator_presence,
    operators,
    page_views,
    persons,
    sites,
    visitors,
    visits,
    waits,
)

Rows = tuple[msgspec.Struct, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact, whatever its rows and its state are.

    Attributes:
        row: the type of its rows.
        takes: the events that make a difference to it.
        version: of its state and its rows; kept ones of another version are made anew.
        unfinished: the rows of an entry of the state's `open`, by which they are found again as long as they may
            change: its key is their first column. None where no row changes.

    """

    name: str
    row: type[msgspec.Struct]
    takes: tuple[type[Event], ...]
    version: int
    empty: Any
    step: Callable[[Any, Event], tuple[Any, Rows]]
    unfinished: Callable[[Any], Rows] | None


def _fact(
    module: Any,
    row: type[msgspec.Struct],
    *takes: type[Event],
    unfinished: Callable[[Any], Rows] | None = None,
) -> Fact:
    return Fact(
        name=module.__name__.rpartition(".")[2],
        row=row,
        takes=takes,
        version=module.VERSION,
        empty=module.EMPTY,
        step=module.step,
        unfinished=unfinished,
    )


def _itself(entry: msgspec.Struct) -> Rows:
    return (entry,)


_PARTS = (PartSet, PartRemoved)
_ON_SITE = (VisitStarted, PageViewed, VisitorLost, VisitorReturned)
_INVITATION_ENDS = (InvitationAccepted, InvitationRefused, InvitationTakenBack, InvitationExpired)
_TALK = (HelpAsked, Invited, *_INVITATION_ENDS, Queued, Accepted, Abandoned, MessageLeft, Ended, Lost)
_OFFERS = (OfferMade, OfferExtended, OfferDeclined, OfferWithdrawn, OfferTimedOut)

FACTS: tuple[Fact, ...] = (
    _fact(sites, sites.Site, *_PARTS, unfinished=_itself),
    _fact(departments, departments.Department, *_PARTS, unfinished=_itself),
    _fact(operators, operators.Operator, *_PARTS, unfinished=_itself),
    _fact(operator_presence, operator_presence.Span, *EVENTS, unfinished=_itself),
    _fact(visitors, visitors.Visitor, *_ON_SITE, HelpAsked, MessageLeft),
    _fact(
        persons,
        persons.Person,
        *(VisitStarted, VisitorIdentified, HelpAsked, InvitationAccepted, MessageLeft, PartSet),
    ),
    _fact(
        visits,
        visits.Visit,
        *(*_ON_SITE, VisitorSlept, VisitorWoke, VisitEnded, EngineStarted),
        unfinished=_itself,
    ),
    _fact(page_views, page_views.PageView, VisitStarted, PageViewed, VisitEnded),
    _fact(actions, actions.Action, ActionTracked),
    _fact(conversations, conversations.Conversation, *_TALK, MessageWritten, Held, Resumed, unfinished=_itself),
    _fact(invitations, invitations.Invitation, Invited, *_INVITATION_ENDS, unfinished=_itself),
    _fact(waits, waits.Wait, *_TALK, unfinished=_itself),
    _fact(offers, offers.Offer, *_TALK, *_OFFERS, unfinished=offers.unfinished),
    _fact(messages, messages.Message, MessageWritten, MessagesSeen, Ended, Lost, unfinished=_itself),
    _fact(message_texts, message_texts.MessageText, MessageWritten),
    _fact(
        left_messages,
        left_messages.LeftMessage,
        *(MessageLeft, LeftMessageAnswered, LeftMessageClosed, LeftMessageReopened),
    ),
    _fact(left_message_texts, left_message_texts.LeftMessageText, MessageLeft),
)
TAKERS: dict[type[Event], tuple[Fact, ...]] = {
    kind: tuple(fact for fact in FACTS if kind in fact.takes) for kind in EVENTS
}

TAKES: dict[str, frozenset[type[Event]]] = {fact.name: frozenset(fact.takes) for fact in FACTS}


def columns(fact: Fact) -> dict[str, Any]:
    """The types of a fact's columns by their names, in order."""
    hints = get_type_hints(fact.row)
    return {name: hints[name] for name in fact.row.__struct_fields__}
