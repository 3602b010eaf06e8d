"""Visits a minute: how many visits began in each of the last sixty minutes, and who is on the site.

A visit counts in the minute of its start, as the report counts it.
"""

from datetime import datetime, timedelta
from operator import eq

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import (
    EngineStarted,
    PageViewed,
    Tick,
    VisitEnded,
    VisitorId,
    VisitorLost,
    VisitorReturned,
    VisitStarted,
)
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.machinery.tables import Row

MINUTES = 60
MINUTE = timedelta(minutes=1)


class VisitsAMinute(Row, frozen=True, kw_only=True):
    """The curve.

    Attributes:
        minutes: visits begun, oldest minute first; the last is the running one.
        ends: when the running minute began, None before the first moment.
        on_site: visitors who are connected.
        hour: the sum of `minutes`.

    """

    minutes: tuple[int, ...]
    ends: datetime | None
    on_site: int
    hour: int


class State(msgspec.Struct, frozen=True):
    """The counts up to the running minute, and who is connected."""

    minutes: tuple[int, ...]
    ends: datetime | None
    here: Map[VisitorId, None]


VERSION = 3
NOBODY: Map[VisitorId, None] = Map()
EMPTY = State((0,) * MINUTES, None, NOBODY)


def step(state: State, moment: Moment) -> State:
    """Take a moment."""
    state = _moved(state, moment.at)
    match moment:
        case VisitStarted():
            begun = replace(state, minutes=(*state.minutes[:-1], state.minutes[-1] + 1))
            return replace(begun, here=state.here.set(moment.visitor, None))
        case PageViewed() | VisitorReturned() if moment.visitor not in state.here:
            return replace(state, here=state.here.set(moment.visitor, None))
        case VisitorLost() | VisitEnded() if moment.visitor in state.here:
            return replace(state, here=state.here.delete(moment.visitor))
        case EngineStarted() if state.here:
            return replace(state, here=NOBODY)
    return state


def _moved(state: State, at: datetime) -> State:
    """Begin new minutes up to the one of `at`."""
    if state.ends is not None and at - state.ends < MINUTE:
        return state
    minute = at.replace(second=0, microsecond=0)
    passed = MINUTES if state.ends is None else min((minute - state.ends) // MINUTE, MINUTES)
    return State((*state.minutes[passed:], *(0,) * passed), minute, state.here)


def view(state: State) -> VisitsAMinute:
    """The curve as it is."""
    return VisitsAMinute(minutes=state.minutes, ends=state.ends, on_site=len(state.here), hour=sum(state.minutes))


PIPELINE: Pipeline[State, VisitsAMinute] = Pipeline(
    name="visits_a_minute",
    takes=frozenset({VisitStarted, PageViewed, VisitorLost, VisitorReturned, VisitEnded, EngineStarted, Tick}),
    version=VERSION,
    empty=EMPTY,
    step=step,
    view=view,
    mark=lambda state: state,
    pace=1.0,
    same=eq,
)
