"""Operators now: the state and the load of everybody who may serve."""

from datetime import datetime
from functools import partial

import msgspec
from immutables import Map

from engine.events import OperatorId, Role
from engine.streams.folds import ground
from engine.streams.folds.ground import Ground, OperatorState, operators_touched
from engine.streams.folds.staff import AWAY
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.machinery.tables import Row, refreshed


class OperatorNow(Row, frozen=True, kw_only=True):
    """An operator.

    Attributes:
        here: false while their last tab has been gone for less than the grace time.
        offers: conversations offered from the queue to this operator alone; they count against `max_chats`.
        departments: their names.
        since: when `state` began.
        wrap_up_until: when the time for their notes is over, None outside of it.

    """

    id: OperatorId
    name: str
    role: Role
    state: OperatorState
    here: bool
    live_help: bool
    chats: int
    offers: int
    max_chats: int
    departments: tuple[str, ...]
    since: datetime
    wrap_up_until: datetime | None


class State(msgspec.Struct, frozen=True):
    """The ground and the operators."""

    ground: Ground
    rows: Map[OperatorId, OperatorNow]


VERSION = 3
EMPTY = State(ground.EMPTY, Map())


def step(state: State, moment: Moment) -> State:
    """Take a moment."""
    after = ground.step(state.ground, moment)
    if after is state.ground:
        return state
    touched = operators_touched(state.ground, after, moment)
    return State(after, refreshed(state.rows, touched, partial(_row, after, state.rows, moment.at)))


def _row(ground: Ground, rows: Map[OperatorId, OperatorNow], at: datetime, key: OperatorId) -> OperatorNow | None:
    operator, old = ground.directory.operators.get(key), rows.get(key)
    if operator is None or not operator.serves:
        return None
    shift, state = ground.staff.get(key, AWAY), ground.state_of(operator)
    chats, offers = ground.load(key)
    return OperatorNow(
        id=key,
        name=ground.directory.operator(key),
        role=operator.role,
        state=state,
        here=shift.here,
        live_help=shift.live_help,
        chats=chats,
        offers=offers,
        max_chats=ground.directory.max_chats(operator),
        departments=tuple(ground.directory.department(one) for one in operator.departments),
        since=old.since if old and old.state == state else at,
        wrap_up_until=shift.wrap_up_until,
    )


def view(state: State) -> Map[OperatorId, OperatorNow]:
    """The operators by id."""
    return state.rows


PIPELINE: Pipeline[State, Map[OperatorId, OperatorNow]] = Pipeline(
    name="operators", takes=ground.TAKES, version=VERSION, empty=EMPTY, step=step, view=view, mark=view
)
