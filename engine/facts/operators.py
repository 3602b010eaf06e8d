"""The fact "an operator": one row for each, as they are now or were when they were removed; they stand in the state.

The name stands in `persons`.
"""

from datetime import datetime

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import DepartmentId, Event, OperatorId, PartRemoved, PartSet, Role, parts


class Operator(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who serves visitors of `departments`; `max_chats` None follows the setting.

    Who is `disabled` may not sign in; `removed_at` None while they are there.
    """

    operator: OperatorId
    role: Role
    departments: tuple[DepartmentId, ...]
    max_chats: int | None
    added_at: datetime
    disabled: bool = False
    removed_at: datetime | None = None


class State(msgspec.Struct, frozen=True):
    """The operators."""

    open: Map[OperatorId, Operator]


VERSION = 2
EMPTY = State(Map())


def step(state: State, event: Event) -> tuple[State, tuple[Operator, ...]]:
    """Take an event; an operator is never finished."""
    match event:
        case PartSet(part=parts.Operator() as part):
            before = state.open.get(part.id)
            row = Operator(
                operator=part.id,
                role=part.role,
                departments=part.departments,
                max_chats=part.max_chats,
                added_at=before.added_at if before else event.at,
                disabled=part.disabled,
            )
            return State(state.open.set(part.id, row)), ()
        case PartRemoved(part="operator") if (one := OperatorId(event.id)) in state.open:
            return State(state.open.set(one, replace(state.open[one], removed_at=event.at))), ()
    return state, ()
