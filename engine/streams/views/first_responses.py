"""First-response times: how long visitors who were answered in the last hour had waited for the first message.

They are those of the rows of `engine.facts.conversations`, so that the tile and the report agree.
"""

from operator import eq

import msgspec

from engine.events import MessageWritten, Tick
from engine.facts import catalogue, conversations
from engine.streams.machinery.hour import HOUR, counted, quantile
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.machinery.tables import Row
from engine.streams.machinery.window import Window


class FirstResponses(Row, frozen=True, kw_only=True):
    """The tile: from accepting to the operator's first message, in seconds, of those written in the last hour.

    `median_s` and `p95_s` are None without any; `count` is how many there were.
    """

    median_s: float | None
    p95_s: float | None
    count: int


class State(msgspec.Struct, frozen=True):
    """The unfinished conversations, and the seconds of each first response of the last hour."""

    conversations: conversations.State
    hour: Window[float]


VERSION = 1
EMPTY = State(conversations.EMPTY, Window())


def step(state: State, moment: Moment) -> State:
    """Take a moment."""
    if isinstance(moment, Tick):
        hour, dropped = state.hour.dropped(moment.at - HOUR)
        return State(state.conversations, hour) if dropped else state
    after, _ = conversations.step(state.conversations, moment)
    if after is state.conversations:
        return state
    seconds = _responded(state.conversations, after, moment)
    return State(after, state.hour if seconds is None else counted(state.hour, moment.at, (seconds,)))


def _responded(before: conversations.State, after: conversations.State, moment: Moment) -> float | None:
    """How long the first response took, if it is what was written now."""
    if not isinstance(moment, MessageWritten):
        return None
    old, new = before.open[moment.conversation], after.open[moment.conversation]
    return new.first_response_s if old.first_response_at is None else None


def view(state: State) -> FirstResponses:
    """The tile as it is."""
    seconds = sorted(state.hour)
    return FirstResponses(median_s=quantile(seconds, 0.5), p95_s=quantile(seconds, 0.95), count=len(seconds))


PIPELINE: Pipeline[State, FirstResponses] = Pipeline(
    name="first_responses",
    takes=catalogue.TAKES["conversations"] | {Tick},
    version=VERSION,
    empty=EMPTY,
    step=step,
    view=view,
    mark=lambda state: state.hour,
    pace=1.0,
    same=eq,
)
