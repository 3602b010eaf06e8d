"""Waiting times: who waits now, and how long those waited whose wait ended in the last hour.

The waits are the rows of `engine.facts.waits`, so that the tile and the report agree.
"""

from datetime import datetime
from operator import eq

import msgspec

from engine.events import Tick
from engine.facts import catalogue, waits
from engine.facts.waits import Wait
from engine.streams.machinery.hour import HOUR, counted, quantile
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.machinery.tables import Row
from engine.streams.machinery.window import Window
from engine.talk import HEAD


class WaitingTimes(Row, frozen=True, kw_only=True):
    """The tile.

    Attributes:
        waiting: how many wait now, ringing or queued; `longest_since` the first of them.
        median_s: of all waits that ended in the last hour, in seconds; None without any. `p95_s` likewise.
        answered: how many chats were accepted; one that was put back, its operator lost, and taken again is no other.
        abandoned: how many visitors left; those who left a message are in neither.

    """

    waiting: int
    longest_since: datetime | None
    median_s: float | None
    p95_s: float | None
    answered: int
    abandoned: int


class State(msgspec.Struct, frozen=True):
    """Who waits, and the waits of the last hour."""

    waits: waits.State
    hour: Window[Wait]


VERSION = 2
EMPTY = State(waits.EMPTY, Window())


def step(state: State, moment: Moment) -> State:
    """Take a moment."""
    if isinstance(moment, Tick):
        hour, dropped = state.hour.dropped(moment.at - HOUR)
        return State(state.waits, hour) if dropped else state
    after, rows = waits.step(state.waits, moment)
    if after is state.waits:
        return state
    return State(after, counted(state.hour, moment.at, rows))


def view(state: State) -> WaitingTimes:
    """The tile as it is."""
    ended = tuple(state.hour)
    seconds = sorted(wait.seconds for wait in ended if wait.seconds is not None)
    return WaitingTimes(
        waiting=len(state.waits.open),
        longest_since=min((wait.began_at for wait in state.waits.open.values()), default=None),
        median_s=quantile(seconds, 0.5),
        p95_s=quantile(seconds, 0.95),
        answered=sum(wait.outcome == "answered" and wait.reason not in HEAD for wait in ended),
        abandoned=sum(wait.outcome == "abandoned" for wait in ended),
    )


PIPELINE: Pipeline[State, WaitingTimes] = Pipeline(
    name="waiting_times",
    takes=catalogue.TAKES["waits"] | {Tick},
    version=VERSION,
    empty=EMPTY,
    step=step,
    view=view,
    mark=lambda state: state,
    pace=1.0,
    same=eq,
)
