"""Every fact by its name, so that whoever runs them all need not know any of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_args, get_type_hints

import msgspec

from engine.events import (
    Abandoned,
    Accepted,
    AnyEvent,
    DepartmentAdded,
    Ended,
    EngineStarted,
    Event,
    HelpAsked,
    MessageLeft,
    MessageWritten,
    OfferDeclined,
    OfferExtended,
    OfferMade,
    OfferTimedOut,
    OfferWithdrawn,
    OperatorAdded,
    PageViewed,
    Queued,
    SiteAdded,
    SiteChanged,
    VisitEnded,
    VisitorLost,
    VisitorReturned,
    VisitStarted,
)
from engine.facts import (
    conversations,
    departments,
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


_ON_SITE = (VisitStarted, PageViewed, VisitorLost, VisitorReturned)
_WAIT_ENDS = (Accepted, Abandoned, MessageLeft)
_OFFERS = (OfferMade, OfferExtended, OfferDeclined, OfferWithdrawn, OfferTimedOut)
_EVERYTHING: tuple[type[Event], ...] = get_args(AnyEvent)

FACTS: tuple[Fact, ...] = (
    _fact(sites, sites.Site, SiteAdded, SiteChanged, unfinished=_itself),
    _fact(departments, departments.Department, DepartmentAdded, unfinished=_itself),
    _fact(operators, operators.Operator, OperatorAdded, unfinished=_itself),
    _fact(operator_presence, operator_presence.Span, *_EVERYTHING, unfinished=_itself),
    _fact(visitors, visitors.Visitor, *_ON_SITE, HelpAsked, MessageLeft),
    _fact(persons, persons.Person, VisitStarted, HelpAsked, MessageLeft, OperatorAdded),
    _fact(visits, visits.Visit, *_ON_SITE, VisitEnded, EngineStarted, unfinished=_itself),
    _fact(page_views, page_views.PageView, VisitStarted, PageViewed, VisitEnded),
    _fact(
        conversations,
        conversations.Conversation,
        *(HelpAsked, Queued, MessageWritten, Ended, *_WAIT_ENDS),
        unfinished=_itself,
    ),
    _fact(waits, waits.Wait, HelpAsked, *_WAIT_ENDS, unfinished=_itself),
    _fact(offers, offers.Offer, HelpAsked, *_OFFERS, Queued, *_WAIT_ENDS, unfinished=offers.unfinished),
    _fact(messages, messages.Message, MessageWritten),
    _fact(message_texts, message_texts.MessageText, MessageWritten),
    _fact(left_messages, left_messages.LeftMessage, MessageLeft),
    _fact(left_message_texts, left_message_texts.LeftMessageText, MessageLeft),
)
TAKERS: dict[type[Event], tuple[Fact, ...]] = {
    kind: tuple(fact for fact in FACTS if kind in fact.takes) for kind in _EVERYTHING
}


def columns(fact: Fact) -> dict[str, Any]:
    """The types of a fact's columns by their names, in order."""
    hints = get_type_hints(fact.row)
    return {name: hints[name] for name in fact.row.__struct_fields__}
