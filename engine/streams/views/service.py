"""Whether somebody serves: what the button on each site says, and each department that takes part.

Live: the department is open, and somebody of it has Live Help on, available, full or in wrap-up.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Literal

import msgspec
from immutables import Map

from engine.desk.hours import open_at
from engine.events import DepartmentId, SiteId, Tick
from engine.streams.folds import directory, staff
from engine.streams.folds.directory import Directory
from engine.streams.folds.staff import AWAY, Staff
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.machinery.tables import Row, refreshed

Service = Literal["live", "message"]


class DepartmentService(msgspec.Struct, frozen=True, kw_only=True):
    """A department a visitor may choose."""

    id: DepartmentId
    name: str
    service: Service


class SiteService(Row, frozen=True, kw_only=True):
    """A site's button, and its departments that take part, as they were added; the first is preselected."""

    site: SiteId
    service: Service
    departments: tuple[DepartmentService, ...]


class State(msgspec.Struct, frozen=True):
    """Names, staff, the departments that are closed at this hour, and the service of each site."""

    directory: Directory
    staff: Staff
    closed: frozenset[DepartmentId]
    rows: Map[SiteId, SiteService]


VERSION = 2
EMPTY = State(directory.EMPTY, staff.EMPTY, frozenset(), Map())


def step(state: State, moment: Moment) -> State:
    """Take a moment."""
    names, shifts = directory.step(state.directory, moment), staff.step(state.staff, moment)
    same = names is state.directory and shifts is state.staff
    if same and not isinstance(moment, Tick):
        return state
    closed = frozenset(_closed(names, moment.at))
    if closed == state.closed and _says_the_same(state.directory, names) and shifts is state.staff:
        return state if same else State(names, shifts, state.closed, state.rows)
    served = tuple(_department(names, shifts, one, closed) for one in names.order if names.departments[one].takes_part)
    return State(
        names, shifts, closed, refreshed(state.rows, {*state.rows, *names.sites}, partial(_site, names, served))
    )


def _closed(names: Directory, at: datetime) -> Iterator[DepartmentId]:
    return (key for key, department in names.departments.items() if not open_at(department.hours, at))


def _says_the_same(old: Directory, new: Directory) -> bool:
    """A visitor gave a name, or a setting changed."""
    return old.sites is new.sites and old.departments is new.departments and old.operators is new.operators


def _department(
    names: Directory, shifts: Staff, key: DepartmentId, closed: frozenset[DepartmentId]
) -> DepartmentService:
    on = key not in closed and any(
        shifts.get(operator.id, AWAY).arrived and shifts.get(operator.id, AWAY).live_help
        for operator in names.operators.values()
        if key in operator.departments
    )
    return DepartmentService(id=key, name=names.department(key), service="live" if on else "message")


def _site(names: Directory, departments: tuple[DepartmentService, ...], site: SiteId) -> SiteService | None:
    if site not in names.sites:
        return None
    live = any(department.service == "live" for department in departments)
    return SiteService(site=site, service="live" if live else "message", departments=departments)


def nobody(site: SiteId) -> SiteService:
    """What holds for a site that is not known."""
    return SiteService(site=site, service="message", departments=())


def view(state: State) -> Map[SiteId, SiteService]:
    """The service by site."""
    return state.rows


PIPELINE: Pipeline[State, Map[SiteId, SiteService]] = Pipeline(
    name="service",
    takes=directory.TAKES | staff.TAKES | {Tick},
    version=VERSION,
    empty=EMPTY,
    step=step,
    view=view,
    mark=view,
)
