"""Who may do what: the rights of each role, and the rule of who may read a conversation. Pure.

It must not know where events come from, nor how a caller is told from another.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, assert_never

import msgspec

from engine.door.answers import Person
from engine.events import Accepted, Actor, Beginning, ConversationEvent, Event, Invited, OfferExtended, OfferMade, Role

Right = Literal["operate", "supervise", "administer", "analyse"]
# What a row of the registry asks of its caller: a right; `look`, which all who are signed in have; or to be a process,
# a worker alone, the command line alone, or (at the `doorstep`, where nobody is signed in yet) either.
Need = Right | Literal["look", "doorstep", "worker", "house"]

RIGHTS: Mapping[Role, frozenset[Right]] = {
    "operator": frozenset({"operate", "analyse"}),
    "supervisor": frozenset({"operate", "analyse", "supervise"}),
    "administrator": frozenset({"operate", "analyse", "supervise", "administer"}),
    "analyst": frozenset({"analyse"}),
}
HOUSE = "house"  # whose key the command line holds


class SessionCaller(msgspec.Struct, frozen=True, kw_only=True):
    """A person, by the secret of their sign-in."""

    session: str
    person: Person


class WorkerCaller(msgspec.Struct, frozen=True, kw_only=True):
    """A process of the house, by its key."""

    process: str


class HouseCaller(msgspec.Struct, frozen=True, kw_only=True):
    """The command line, on the same machine, by the house's key."""


Caller = SessionCaller | WorkerCaller | HouseCaller


def sender_of(caller: Caller) -> str:
    """Who sends what this caller asks for."""
    match caller:
        case SessionCaller(person=person):
            return person.operator
        case WorkerCaller(process=process):
            return f"worker:{process}"
        case HouseCaller():
            return HOUSE
    assert_never(caller)


def actor_of(caller: Caller) -> Actor:
    """In whose name something is done to the house: a person's, or else the house's own."""
    return caller.person.operator if isinstance(caller, SessionCaller) else None


def has(role: Role, need: Need) -> bool:
    """Whether who is signed in with a role has what is needed."""
    return need == "look" or need in RIGHTS[role]


def may(caller: Caller, need: Need) -> bool:
    """Whether a caller has what is needed, whatever it is about."""
    match caller:
        case SessionCaller(person=person):
            return has(person.role, need)
        case WorkerCaller():
            return need in {"worker", "doorstep"}
        case HouseCaller():
            return need != "worker"
    assert_never(caller)


def may_read(person: Person, events: Iterable[Event]) -> bool:
    """Whether a person may read the conversation of these events.

    Who supervises reads every one; an operator those they serve, served, were offered or invited to, and those of their
    departments.
    """
    rights = RIGHTS[person.role]
    if "supervise" in rights:
        return True
    if "operate" not in rights:
        return False
    department = None
    for event in events:
        if isinstance(event, Beginning):
            department = event.department
        if isinstance(event, ConversationEvent) and _names(event, person):
            return True
    return department in person.departments


def _names(event: ConversationEvent, person: Person) -> bool:
    """Whether the operator was asked, came to serve, or invited."""
    match event:
        case OfferMade(operators=operators):
            return person.operator in operators
        case OfferExtended(operator=operator) | Accepted(operator=operator) | Invited(operator=operator):
            return operator == person.operator
    return False
