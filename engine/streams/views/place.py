"""A queued visitor's place, the usual wait, and whether somebody of the department is there.

The usual wait is the median of the department's waits that were answered in the last hour (`engine.facts.waits`).
"""

from collections.abc import Iterable

import msgspec
from immutables import Map

from engine.events import (
    ConversationEvent,
    ConversationId,
    DepartmentId,
    MessageWritten,
    OperatorArrived,
    OperatorGone,
    OperatorId,
    PartRemoved,
    PartSet,
    Tick,
    VisitorEvent,
)
from engine.facts import catalogue, waits
from engine.facts.waits import Wait
from engine.streams.folds import ground
from engine.streams.folds.ground import Ground
from engine.streams.folds.staff import AWAY
from engine.streams.machinery.hour import HOUR, counted, quantile
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.machinery.tables import Row, refreshed
from engine.streams.machinery.window import Window


class Place(Row, frozen=True, kw_only=True):
    """Where a queued visitor stands.

    Attributes:
        place: 1 is next.
        wait_s: the usual wait in whole seconds, None while unknown.
        staffed: somebody of the department is signed in with a dashboard.

    """

    conversation: ConversationId
    place: int
    wait_s: int | None
    staffed: bool


class State(msgspec.Struct, frozen=True):
    """The ground, the waits of the last hour, and the place of each who is queued."""

    ground: Ground
    waits: waits.State
    hour: Window[Wait]
    rows: Map[ConversationId, Place]


VERSION = 3
EMPTY = State(ground.EMPTY, waits.EMPTY, Window(), Map())


def step(state: State, moment: Moment) -> State:
    """Take a moment."""
    after = ground.step(state.ground, moment)
    if isinstance(moment, VisitorEvent | MessageWritten):  # most moments, and they move nobody
        return State(after, state.waits, state.hour, state.rows)
    open_waits, hour, departments = _waited(state, moment)
    if after is state.ground and hour is state.hour:
        return state
    rows = state.rows
    for department in (
        departments | set(_restaffed(state.ground, after, moment)) | _requeued(state.ground, after, moment)
    ):
        rows = _replaced(rows, state.ground, after, department, hour)
    return State(after, open_waits, hour, rows)


def _waited(state: State, moment: Moment) -> tuple[waits.State, Window[Wait], set[DepartmentId]]:
    """The waits after `moment`, and the departments whose usual wait may be another."""
    if isinstance(moment, Tick):
        hour, dropped = state.hour.dropped(moment.at - HOUR)
        return state.waits, hour, {wait.department for wait in dropped}
    after, rows = waits.step(state.waits, moment)
    answered = [row for row in rows if row.outcome == "answered"]
    return after, counted(state.hour, moment.at, answered), {row.department for row in answered}


def _restaffed(before: Ground, after: Ground, moment: Moment) -> Iterable[DepartmentId]:
    """The departments that may have somebody now, or nobody."""
    match moment:
        case OperatorArrived(operator=one) | OperatorGone(operator=one):
            return after.directory.departments_of(one)
        case PartSet() | PartRemoved():
            one = OperatorId(moment.subject)
            return (*before.directory.departments_of(one), *after.directory.departments_of(one))
    return ()


def _requeued(before: Ground, after: Ground, moment: Moment) -> set[DepartmentId]:
    if not isinstance(moment, ConversationEvent):
        return set()
    talk = after.conversation(moment)
    if talk is None or before.conversations.queue(talk.department) is after.conversations.queue(talk.department):
        return set()
    return {talk.department}


def _replaced(
    rows: Map[ConversationId, Place], before: Ground, after: Ground, department: DepartmentId, hour: Window[Wait]
) -> Map[ConversationId, Place]:
    queue = after.conversations.queue(department)
    gone = set(before.conversations.queue(department)) - set(queue)
    if not queue and not gone:
        return rows
    wait_s, staffed = _usual_wait(hour, department), _staffed(after, department)
    places = {
        one: Place(conversation=one, place=place, wait_s=wait_s, staffed=staffed)
        for place, one in enumerate(queue, start=1)
    }
    return refreshed(rows, (*gone, *queue), places.get)


def _usual_wait(hour: Window[Wait], department: DepartmentId) -> int | None:
    seconds = sorted(wait.seconds for wait in hour if wait.department == department and wait.seconds is not None)
    median = quantile(seconds, 0.5)
    return None if median is None else round(median)


def _staffed(ground: Ground, department: DepartmentId) -> bool:
    return any(
        department in operator.departments and ground.staff.get(operator.id, AWAY).arrived
        for operator in ground.directory.operators.values()
    )


def view(state: State) -> Map[ConversationId, Place]:
    """The places by conversation."""
    return state.rows


PIPELINE: Pipeline[State, Map[ConversationId, Place]] = Pipeline(
    name="place",
    takes=ground.TAKES | catalogue.TAKES["waits"],
    version=VERSION,
    empty=EMPTY,
    step=step,
    view=view,
    mark=view,
)
