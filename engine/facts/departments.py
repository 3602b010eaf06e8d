"""The fact "a department": one row for each, as it is now; they stand in the state."""

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import DepartmentAdded, DepartmentChanged, DepartmentId, Event, Opening

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Department(msgspec.Struct, frozen=True, kw_only=True):
    """A department.

    Attributes:
        place: counts them in the order in which they were added, from 1.
        zone: whose clock its hours go by; None where it is always open.
        openings: when it is open, as "Mon 09:00-17:00".

    """

    department: DepartmentId
    name: str
    takes_part: bool
    place: int
    zone: str | None = None
    openings: tuple[str, ...] | None = None


class State(msgspec.Struct, frozen=True):
    """The departments."""

    open: Map[DepartmentId, Department]


VERSION = 2
EMPTY = State(Map())


def step(state: State, event: Event) -> tuple[State, tuple[Department, ...]]:
    """Take an event; a department is never finished."""
    match event:
        case DepartmentAdded():
            before = state.open.get(event.department)
            place = before.place if before else len(state.open) + 1
            added = Department(department=event.department, name=event.name, takes_part=event.takes_part, place=place)
            return State(state.open.set(event.department, added)), ()
        case DepartmentChanged() if event.department in state.open:
            changed = _changed(state.open[event.department], event)
            return State(state.open.set(event.department, changed)), ()
    return state, ()


def _changed(before: Department, event: DepartmentChanged) -> Department:
    hours = event.hours
    zone, openings = (hours.zone, tuple(map(_in_words, hours.openings))) if hours else (None, None)
    return replace(before, name=event.name, takes_part=event.takes_part, zone=zone, openings=openings)


def _in_words(opening: Opening) -> str:
    return f"{DAYS[opening.day]} {_time(opening.opens)}-{_time(opening.closes)}"


def _time(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
