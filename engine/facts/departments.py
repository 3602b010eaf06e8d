"""The fact "a department": one row for each, as it is now or was when it was removed; they stand in the state."""

from datetime import datetime

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import DepartmentId, Event, Opening, PartRemoved, PartSet, parts

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Department(msgspec.Struct, frozen=True, kw_only=True):
    """A department.

    Attributes:
        place: counts them in the order in which they were added, from 1.
        zone: whose clock its hours go by; None where it is always open.
        openings: when it is open, as "Mon 09:00-17:00".
        removed_at: None while it is there.

    """

    department: DepartmentId
    name: str
    takes_part: bool
    place: int
    zone: str | None = None
    openings: tuple[str, ...] | None = None
    removed_at: datetime | None = None


class State(msgspec.Struct, frozen=True):
    """The departments."""

    open: Map[DepartmentId, Department]


VERSION = 3
EMPTY = State(Map())


def step(state: State, event: Event) -> tuple[State, tuple[Department, ...]]:
    """Take an event; a department is never finished."""
    match event:
        case PartSet(part=parts.Department() as part):
            before = state.open.get(part.id)
            row = _row(part, before.place if before else len(state.open) + 1)
            return State(state.open.set(part.id, row)), ()
        case PartRemoved(part="department") if (one := DepartmentId(event.id)) in state.open:
            return State(state.open.set(one, replace(state.open[one], removed_at=event.at))), ()
    return state, ()


def _row(part: parts.Department, place: int) -> Department:
    hours = part.hours
    zone, openings = (hours.zone, tuple(map(_in_words, hours.openings))) if hours else (None, None)
    return Department(
        department=part.id, name=part.name, takes_part=part.takes_part, place=place, zone=zone, openings=openings
    )


def _in_words(opening: Opening) -> str:
    return f"{DAYS[opening.day]} {_time(opening.opens)}-{_time(opening.closes)}"


def _time(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
