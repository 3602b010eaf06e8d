"""Visits a minute: how many visits began in each of the last sixty minutes, and who is on the site.

A visit counts in the minute of its start, as the report counts it.
"""

from datetime import datetime, timedelta
from operator import eq

import msgspec

from engine.events import Tick, VisitEnded, VisitStarted
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.machinery.tables import Row

MINUTES = 60
MINUTE = timedelta(minutes=1)


class VisitsAMinute(Row, frozen=True, kw_only=True):
    """The curve.

    Attributes:
        minutes: visits begun, oldest minute first; the last is the running one.
        ends: when the running minute began, None before the first moment.
        on_site: visitors on the site, the ones in their grace time among them.
        hour: the sum of `minutes`.

    """

    minutes: tuple[int, ...]
    ends: datetime | None
    on_site: int
    hour: int


class State(msgspec.Struct, frozen=True):
    """The counts up to the running minute, and the visits that go on."""

    minutes: tuple[int, ...]
    ends: datetime | None
    on_site: int


VERSION = 2
EMPTY = State((0,) * MINUTES, None, 0)


def step(state: State, moment: Moment) -> State:
    """Take a moment."""
    state = _moved(state, moment.at)
    if isinstance(moment, VisitStarted):
        return State((*state.minutes[:-1], state.minutes[-1] + 1), state.ends, state.on_site + 1)
    if isinstance(moment, VisitEnded):
        return State(state.minutes, state.ends, state.on_site - 1)
    return state


def _moved(state: State, at: datetime) -> State:
    """Begin new minutes up to the one of `at`."""
    if state.ends is not None and at - state.ends < MINUTE:
        return state
    minute = at.replace(second=0, microsecond=0)
    passed = MINUTES if state.ends is None else min((minute - state.ends) // MINUTE, MINUTES)
    return State((*state.minutes[passed:], *(0,) * passed), minute, state.on_site)


def view(state: State) -> VisitsAMinute:
    """The curve as it is."""
    return VisitsAMinute(minutes=state.minutes, ends=state.ends, on_site=state.on_site, hour=sum(state.minutes))


PIPELINE: Pipeline[State, VisitsAMinute] = Pipeline(
    name="visits_a_minute",
    takes=frozenset({VisitStarted, VisitEnded, Tick}),
    version=VERSION,
    empty=EMPTY,
    step=step,
    view=view,
    mark=lambda state: state,
    pace=1.0,
    same=eq,
)
