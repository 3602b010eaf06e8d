"""The kinds of parts of the house, one row each: what may be set, what holds one, what changes with it, what follows.

It must not know who asks, nor whether what they ask for rests on what is there now.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from engine.commands import Reason, Refused
from engine.desk.hours import fault_of, next_opening, open_at
from engine.desk.offers import offer_to_next, offer_what_waits, withdrawn
from engine.desk.rule import Rule
from engine.desk.state import Department, DeskState, Mark, Operator, Standing
from engine.events import (
    DepartmentId,
    Event,
    OperatorGone,
    OperatorId,
    PartKind,
    PartRemoved,
    PartSet,
    SiteId,
    parts,
)
from engine.events.parts import kind_of, settled
from engine.talk import OPEN, UNCLOSED
from engine.talk.names import given_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of part.

    Attributes:
        unknown: why there is nothing to change or remove.
        fault: why a part may not be set so.
        holds: what is still done with a part, in words; None: nothing, so that it may be removed.
        put: what an event that sets a part changes beside `DeskState.parts`.
        take: what the removal of a part changes.
        follow: what follows when a part was set.

    """

    unknown: Reason
    fault: Callable[[DeskState, Any], Refused | None]
    holds: Callable[[DeskState, Any], str | None]
    put: Callable[[DeskState, PartSet, Any], None]
    take: Callable[[DeskState, Any], None]
    follow: Callable[[DeskState, PartSet], Iterator[Event]]


# --- all kinds -----------------------------------------------------------------------------------------------------


def put(desk: DeskState, event: PartSet) -> None:
    """A part is set."""
    before = desk.parts.get(event.part.id)
    part = settled(event.part, before.part if before else None)
    version = before.mark.version + 1 if before else 1
    desk.parts[part.id] = Standing(part, event.personal, Mark(version, event.by))
    KINDS[kind_of(part)].put(desk, event, part)


def take(desk: DeskState, event: PartRemoved) -> None:
    """A part is none of the house any more."""
    del desk.parts[event.id]
    KINDS[event.part].take(desk, event.id)


def _is_taken(desk: DeskState, part: parts.Site | parts.Department) -> bool:
    """Whether another part of the kind has this name; one that has it already keeps it."""
    standing = desk.parts.get(part.id)
    if isinstance(standing, Standing) and getattr(standing.part, "name", None) == part.name:
        return False
    others = (one.part for one in desk.parts.values() if type(one.part) is type(part) and one.part.id != part.id)
    return any(getattr(other, "name", "").casefold() == part.name.casefold() for other in others)


def _nothing_follows(_desk: DeskState, _event: PartSet) -> Iterator[Event]:
    yield from ()


# --- sites ---------------------------------------------------------------------------------------------------------


def _fault_of_site(desk: DeskState, site: parts.Site) -> Refused | None:
    if not site.name.strip() or not site.key.strip() or not site.origins:
        return Refused(reason="empty")
    if any(other.key == site.key for other in desk.sites.values() if other.id != site.id):
        return Refused(reason="exists", detail="key")
    return Refused(reason="exists") if _is_taken(desk, site) else None


def _holds_site(desk: DeskState, site: SiteId) -> str | None:
    there = sum(visitor.site == site and visitor.visit is not None for visitor in desk.visitors.values())
    return f"visitors on it: {there}" if there else None


def _put_site(desk: DeskState, _event: PartSet, site: parts.Site) -> None:
    desk.sites[site.id] = site


def _take_site(desk: DeskState, site: SiteId) -> None:
    del desk.sites[site]


# --- departments ---------------------------------------------------------------------------------------------------


def _fault_of_department(desk: DeskState, department: parts.Department) -> Refused | None:
    if not department.name.strip():
        return Refused(reason="empty")
    if _is_taken(desk, department):
        return Refused(reason="exists")
    fault = fault_of(department.hours) if department.hours is not None else None
    return Refused(reason="bad-value", detail=fault) if fault else None


def _holds_department(desk: DeskState, department: DepartmentId) -> str | None:
    if people := [desk.operators[one].name for one in desk.departments[department].operators]:
        return f"operators: {', '.join(people)}"
    states = [one.state for one in desk.conversations.values() if one.department == department]
    for what, number in (
        ("open conversations", sum(state in OPEN for state in states)),
        ("left messages", sum(state in UNCLOSED for state in states)),
    ):
        if number:
            return f"{what}: {number}"
    return None


def _put_department(desk: DeskState, event: PartSet, department: parts.Department) -> None:
    known = desk.departments.setdefault(department.id, Department(department.id, department.name, takes_part=False))
    known.name, known.takes_part, known.hours = department.name, department.takes_part, department.hours
    for conversation in map(desk.conversations.__getitem__, known.queue):
        if not conversation.ringing:
            conversation.opens = next_opening(known.hours, event.at)


def _take_department(desk: DeskState, department: DepartmentId) -> None:
    known = desk.departments[department]
    known.takes_part, known.hours = False, None


def _on_department_set(desk: DeskState, event: PartSet) -> Iterator[Event]:
    """Hours that have just begun: who waits is offered to who is there."""
    department = desk.departments[DepartmentId(event.part.id)]
    if open_at(department.hours, event.at):
        for conversation in [desk.conversations[one] for one in department.queue]:
            if not conversation.ringing:
                yield from offer_to_next(desk, conversation, at=event.at)


# --- operators -----------------------------------------------------------------------------------------------------


def _fault_of_operator(desk: DeskState, operator: parts.Operator) -> Refused | None:
    there = (desk.parts.get(one) for one in operator.departments)
    if any(one is None or not isinstance(one.part, parts.Department) for one in there):
        return Refused(reason="unknown-department")
    if operator.max_chats is not None and operator.max_chats < 1:
        return Refused(reason="bad-value", detail="a maximum is at least 1")
    return None


def _holds_operator(_desk: DeskState, _operator: OperatorId) -> str | None:
    return None  # what they have goes to others


def _put_operator(desk: DeskState, event: PartSet, operator: parts.Operator) -> None:
    name = given_in(event)
    known = desk.operators.setdefault(operator.id, Operator(operator.id, name, ()))
    _move(desk, known, operator.departments)
    known.name, known.max_chats, known.serves = name, operator.max_chats, operator.serves


def _take_operator(desk: DeskState, operator: OperatorId) -> None:
    known = desk.operators[operator]
    _move(desk, known, ())
    known.serves = False


def _move(desk: DeskState, operator: Operator, departments: tuple[DepartmentId, ...]) -> None:
    """Let the operator serve these departments: in a new one they come last."""
    for one in operator.departments:
        if one not in departments:
            desk.departments[one].operators.remove(operator.id)
    for one in departments:
        if one not in operator.departments:
            desk.departments[one].operators.append(operator.id)
    operator.departments = departments


def _on_operator_set(desk: DeskState, event: PartSet) -> Iterator[Event]:
    """Nothing rings at them from departments that they left; what waits, they may be asked about as they are now."""
    operator = desk.operators[OperatorId(event.part.id)]
    if not operator.serves:
        yield from _leave(operator, event)
        return
    for conversation in [desk.conversations[one] for one in (*operator.rings, *operator.offers)]:
        if conversation.department not in operator.departments:
            yield withdrawn(conversation, operator, at=event.at, reason="not-available")
    yield from offer_what_waits(desk, operator, at=event.at, reason="available", anew=False)


def _leave(operator: Operator, event: PartSet | PartRemoved) -> Iterator[Event]:
    if operator.present:
        yield OperatorGone(at=event.at, operator=operator.id, reason="disabled")


# --- the table -----------------------------------------------------------------------------------------------------

KINDS: dict[PartKind, Kind] = {
    "site": Kind(
        unknown="unknown-site",
        fault=_fault_of_site,
        holds=_holds_site,
        put=_put_site,
        take=_take_site,
        follow=_nothing_follows,
    ),
    "department": Kind(
        unknown="unknown-department",
        fault=_fault_of_department,
        holds=_holds_department,
        put=_put_department,
        take=_take_department,
        follow=_on_department_set,
    ),
    "operator": Kind(
        unknown="unknown-operator",
        fault=_fault_of_operator,
        holds=_holds_operator,
        put=_put_operator,
        take=_take_operator,
        follow=_on_operator_set,
    ),
}


def _on_part_set(desk: DeskState, event: PartSet) -> Iterator[Event]:
    yield from KINDS[kind_of(event.part)].follow(desk, event)


def _on_part_removed(desk: DeskState, event: PartRemoved) -> Iterator[Event]:
    operator = desk.operators.get(OperatorId(event.id))
    if operator is not None:
        yield from _leave(operator, event)


FOLLOW: dict[type[Event], Rule] = {PartSet: _on_part_set, PartRemoved: _on_part_removed}
