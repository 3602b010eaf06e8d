"""The fact "an operator's presence": the spans in which an operator was available, not available, or gone.

Who is lost for less than the grace time is still there, as the desk has it. What lies between the last event before a
start of the engine and that start is nobody's time: everybody counts as gone in it.
"""

from datetime import datetime
from typing import Literal

import msgspec
from immutables import Map

from engine.events import EngineStarted, Event, LiveHelpSwitched, OperatorArrived, OperatorGone, OperatorId

Presence = Literal["available", "not-available", "gone"]


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """How long an operator was in a state; `ended_at` and `seconds` are None while they are."""

    operator: OperatorId
    state: Presence
    began_at: datetime
    ended_at: datetime | None = None
    seconds: float | None = None


class State(msgspec.Struct, frozen=True):
    """The running span of everybody who ever arrived, and when the last event was."""

    open: Map[OperatorId, Span]
    last_at: datetime | None


VERSION = 1
EMPTY = State(Map(), None)
NOTHING: tuple[Span, ...] = ()
Step = tuple[State, tuple[Span, ...]]


def step(state: State, event: Event) -> Step:
    """Take an event; a row comes with the end of a span."""
    match event:
        case OperatorArrived():
            return _turned(state, event.operator, "not-available", event.at)
        case LiveHelpSwitched():
            gone = _is(state, event.operator, "gone")
            presence: Presence = "available" if event.on else "gone" if gone else "not-available"
            return _turned(state, event.operator, presence, event.at)
        case OperatorGone():
            return _turned(state, event.operator, "gone", event.at)
        case EngineStarted():
            return _interrupted(state, event.at)
    return State(state.open, event.at), NOTHING


def _is(state: State, operator: OperatorId, presence: Presence) -> bool:
    span = state.open.get(operator)
    return span is not None and span.state == presence


def _turned(state: State, operator: OperatorId, presence: Presence, at: datetime) -> Step:
    if _is(state, operator, presence):
        return State(state.open, at), NOTHING
    before = state.open.get(operator)
    after = Span(operator=operator, state=presence, began_at=at)
    return State(state.open.set(operator, after), at), () if before is None else (_ended(before, at),)


def _interrupted(state: State, at: datetime) -> Step:
    """The engine was not there since the last event; who was there then has the grace time from now on."""
    last, spans, rows = state.last_at, state.open, list[Span]()
    for operator, span in state.open.items():
        if span.state != "gone" and last is not None:
            away = Span(operator=operator, state="gone", began_at=last)
            rows += (_ended(span, last), _ended(away, at))
            spans = spans.set(operator, Span(operator=operator, state=span.state, began_at=at))
    return State(spans, at), tuple(rows)


def _ended(span: Span, at: datetime) -> Span:
    seconds = (at - span.began_at).total_seconds()
    return Span(operator=span.operator, state=span.state, began_at=span.began_at, ended_at=at, seconds=seconds)
