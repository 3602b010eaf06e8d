"""Every fact by its name, so that whoever runs them all need not know any of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, get_type_hints

import msgspec

from engine.events import Event
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
        version: of its state and its rows; kept ones of another version are made anew.
        unfinished: the rows that may still change, None where there are none.

    """

    name: str
    row: type[msgspec.Struct]
    version: int
    empty: Any
    step: Callable[[Any, Event], tuple[Any, Rows]]
    unfinished: Callable[[Any], Iterable[msgspec.Struct]] | None


def _fact(module: Any, row: type[msgspec.Struct], unfinished: Callable[[Any], Iterable[Any]] | None = None) -> Fact:
    return Fact(
        name=module.__name__.rpartition(".")[2],
        row=row,
        version=module.VERSION,
        empty=module.EMPTY,
        step=module.step,
        unfinished=unfinished,
    )


def _open(state: Any) -> Iterable[msgspec.Struct]:
    rows: Iterable[msgspec.Struct] = state.open.values()
    return rows


FACTS: tuple[Fact, ...] = (
    _fact(sites, sites.Site, _open),
    _fact(departments, departments.Department, _open),
    _fact(operators, operators.Operator, _open),
    _fact(operator_presence, operator_presence.Span, _open),
    _fact(visitors, visitors.Visitor),
    _fact(persons, persons.Person),
    _fact(visits, visits.Visit, _open),
    _fact(page_views, page_views.PageView),
    _fact(conversations, conversations.Conversation, _open),
    _fact(waits, waits.Wait, _open),
    _fact(offers, offers.Offer, offers.unfinished),
    _fact(messages, messages.Message),
    _fact(message_texts, message_texts.MessageText),
    _fact(left_messages, left_messages.LeftMessage),
    _fact(left_message_texts, left_message_texts.LeftMessageText),
)


def columns(fact: Fact) -> dict[str, Any]:
    """The types of a fact's columns by their names, in order."""
    hints = get_type_hints(fact.row)
    return {name: hints[name] for name in fact.row.__struct_fields__}
