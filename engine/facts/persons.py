"""The fact "a person": what visitors and operators are called and how to reach them. All of it is personal.

A row says what one event tells; the rows of a person are merged into one: the latest of each thing that is known.
"""

from datetime import datetime
from ipaddress import ip_address
from typing import Any, Literal

import msgspec

from engine.events import (
    Event,
    HelpAsked,
    InvitationAccepted,
    MessageLeft,
    OperatorId,
    PartSet,
    VisitorId,
    VisitorIdentified,
    VisitStarted,
    parts,
)
from engine.text import folded


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a visitor or an operator by one event; None where it is silent.

    Attributes:
        name: as they gave it; `name_folded` is what it is sorted and searched by.
        address: of their network; `address_number` is what it is sorted by.
        site_user: the site's own id of a visitor, by its script; `verified` whether the site signed it.

    """

    person: VisitorId | OperatorId
    kind: Literal["visitor", "operator"]
    name: str | None = None
    name_folded: str | None = None
    email: str | None = None
    address: str | None = None
    address_number: int | None = None
    site_user: str | None = None
    verified: bool | None = None
    changed_at: datetime


class State(msgspec.Struct, frozen=True):
    """Nothing has to be remembered."""


VERSION = 4
EMPTY = State()
NOTHING: tuple[Person, ...] = ()


def step(state: State, event: Event) -> tuple[State, tuple[Person, ...]]:
    """Take an event; a row comes with each one that tells something personal about somebody."""
    person = _told(event)
    return state, NOTHING if person is None else (person,)


def address_number(address: str) -> int | None:
    """By what addresses are sorted, quicker than by their texts; None for what is none.

    A version 6 one has the first 63 bits of its number, in which its network is: a column holds no more.
    """
    try:
        known = ip_address(address)
    except ValueError:
        return None
    if known.version == 4:
        return int(known)
    return int(known.ipv4_mapped) if known.ipv4_mapped else int(known) >> 65


def _told(event: Event) -> Person | None:
    match event:
        case VisitStarted(personal=origin) if origin and origin.address:
            number = address_number(origin.address)
            return _of(event, event.visitor, address=origin.address, address_number=number)
        case HelpAsked(personal=given) | InvitationAccepted(personal=given) if given:
            return _of(event, event.visitor, name=given.name)
        case MessageLeft(personal=left) if left:
            return _of(event, event.visitor, name=left.name, email=left.email)
        case VisitorIdentified(personal=said) if said:
            verified = event.verified
            return _of(event, event.visitor, name=said.name, email=said.email, site_user=said.user, verified=verified)
        case PartSet(part=parts.Operator(id=operator), personal=called) if called:
            return _of(event, operator, kind="operator", name=called.name)
    return None


def _of(
    event: Event,
    person: VisitorId | OperatorId,
    *,
    kind: Literal["visitor", "operator"] = "visitor",
    name: str | None = None,
    **known: Any,
) -> Person:
    name_folded = None if name is None else folded(name)
    return Person(person=person, kind=kind, name=name, name_folded=name_folded, changed_at=event.at, **known)
