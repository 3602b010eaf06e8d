"""What onlookers see of the pipelines: as a table or a value, which part of it, and for whom."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from immutables import Map

from engine import views
from engine.events import DepartmentId, OperatorId
from engine.streams.machinery.pictures import Picture, Rows, Table, Value
from engine.streams.machinery.pipeline import Pipeline
from engine.streams.views import (
    absence,
    first_responses,
    left_messages,
    mine,
    operators_now,
    overview,
    queue,
    rings,
    top_pages,
    visit,
    visitors_now,
    visits_a_minute,
    waiting_times,
)

Whose = Literal["all", "operator", "departments"] | Callable[[Any], str]
T = TypeVar("T")
NO_ROWS: Rows = Map()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How a pipeline is shown.

    Attributes:
        picture: a table of rows or one value.
        whose: by what its onlookers differ: not at all, by operator, by their departments, or by the view's own
            parameter, which this gives.
        look: what a key sees of a view.
        touched: the keys of which a view says something new; None: perhaps of every one.

    """

    pipeline: Pipeline[Any, Any]
    picture: Callable[[Any], Picture[Any]]
    whose: Whose
    look: Callable[[Any, Any], Any]
    touched: Callable[[Any], Iterable[Any]] | None = None


def _whole(view: T, _all: str) -> T:
    return view


def _of_owner(parts: Map[OperatorId, Rows], owner: OperatorId) -> Rows:
    return parts.get(owner, NO_ROWS)


def _value_of_owner(values: Map[OperatorId, T], owner: OperatorId) -> T | None:
    return values.get(owner)


def _of_departments(parts: Map[DepartmentId, Rows], departments: tuple[DepartmentId, ...]) -> Rows:
    if len(departments) == 1:
        return parts.get(departments[0], NO_ROWS)
    return {key: row for department in departments for key, row in parts.get(department, NO_ROWS).items()}


def _table(pipeline: Pipeline[Any, Any]) -> Shown:
    return Shown(pipeline=pipeline, picture=Table, whose="all", look=_whole)


def _tile(pipeline: Pipeline[Any, Any]) -> Shown:
    return Shown(pipeline=pipeline, picture=Value, whose="all", look=_whole)


def _tile_of_ones_own(pipeline: Pipeline[Any, Any]) -> Shown:
    return Shown(pipeline=pipeline, picture=Value, whose="operator", look=_value_of_owner)


def _ones_own(pipeline: Pipeline[Any, Any]) -> Shown:
    return Shown(pipeline=pipeline, picture=Table, whose="operator", look=_of_owner)


def _of_ones_departments(pipeline: Pipeline[Any, Any]) -> Shown:
    return Shown(pipeline=pipeline, picture=Table, whose="departments", look=_of_departments)


def _of_a_visitor(pipeline: Pipeline[Any, Any]) -> Shown:
    return Shown(pipeline=pipeline, picture=Value, whose=_visitor, look=visit.value, touched=visit.touched)


def _visitor(view: views.Visit) -> str:
    return view.visitor


# In the order in which they take a moment.
SHOWN: tuple[Shown, ...] = (
    _ones_own(rings.PIPELINE),
    _ones_own(mine.PIPELINE),
    _tile_of_ones_own(absence.PIPELINE),
    _of_ones_departments(queue.PIPELINE),
    _of_ones_departments(left_messages.PIPELINE),
    _table(operators_now.PIPELINE),
    _of_a_visitor(visit.PIPELINE),
    _table(visitors_now.PIPELINE),
    _tile(visits_a_minute.PIPELINE),
    _tile(waiting_times.PIPELINE),
    _tile(first_responses.PIPELINE),
    _tile(top_pages.PIPELINE),
    _tile(overview.PIPELINE),
)
