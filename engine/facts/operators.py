"""The fact "an operator": one row for each, as they are now; they stand in the state. The name stands in `persons`."""

from datetime import datetime

import msgspec
from immutables import Map

from engine.events import DepartmentId, Event, OperatorAdded, OperatorId, Role


class Operator(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who serves visitors of `departments`; `max_chats` None follows the setting."""

    operator: OperatorId
    role: Role
    departments: tuple[DepartmentId, ...]
    max_chats: int | None
    added_at: datetime


class State(msgspec.Struct, frozen=True):
    """The operators."""

    open: Map[OperatorId, Operator]


VERSION = 1
EMPTY = State(Map())


def step(state: State, event: Event) -> tuple[State, tuple[Operator, ...]]:
    """Take an event; an operator is never finished."""
    if not isinstance(event, OperatorAdded):
        return state, ()
    before = state.open.get(event.operator)
    added = Operator(
        operator=event.operator,
        role=event.role,
        departments=event.departments,
        max_chats=event.max_chats,
        added_at=before.added_at if before else event.at,
    )
    return State(state.open.set(event.operator, added)), ()
