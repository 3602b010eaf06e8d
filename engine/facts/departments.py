"""The fact "a department": one row for each, as it is now; they stand in the state."""

import msgspec
from immutables import Map

from engine.events import DepartmentAdded, DepartmentId, Event


class Department(msgspec.Struct, frozen=True, kw_only=True):
    """A department; `place` counts them in the order in which they were added, from 1."""

    department: DepartmentId
    name: str
    takes_part: bool
    place: int


class State(msgspec.Struct, frozen=True):
    """The departments."""

    open: Map[DepartmentId, Department]


VERSION = 1
EMPTY = State(Map())


def step(state: State, event: Event) -> tuple[State, tuple[Department, ...]]:
    """Take an event; a department is never finished."""
    if not isinstance(event, DepartmentAdded):
        return state, ()
    before = state.open.get(event.department)
    place = before.place if before else len(state.open) + 1
    added = Department(department=event.department, name=event.name, takes_part=event.takes_part, place=place)
    return State(state.open.set(event.department, added)), ()
