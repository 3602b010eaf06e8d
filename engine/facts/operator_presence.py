"""The fact "an operator's presence": the spans in which an operator was available, in wrap-up, not available,
or gone.

Who is lost for less than the grace time is still there, as the desk has it. What lies between the last event before a
start of the engine and that start is nobody's time: everybody counts as gone in it.
"""

from datetime import datetime
from typing import Literal

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import (
    EngineStarted,
    Event,
    LiveHelpSwitched,
    OperatorArrived,
    OperatorEvent,
    OperatorGone,
    OperatorId,
    WrapUpEnded,
    WrapUpStarted,
)

Presence = Literal["available", "wrap-up", "not-available", "gone"]


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """How long an operator was in a state; `ended_at` and `seconds` are None while they are."""

    operator: OperatorId
    state: Presence
    began_at: datetime
    ended_at: datetime | None = None
    seconds: float | None = None


class Duty(msgspec.Struct, frozen=True):
    """What an operator's state is made of: signed in with a dashboard, Live Help on, in wrap-up."""

    present: bool = False
    live_help: bool = False
    wrap_up: bool = False

    @property
    def presence(self) -> Presence:
        """The state."""
        if not self.present:
            return "gone"
        if not self.live_help:
            return "not-available"
        return "wrap-up" if self.wrap_up else "available"


class State(msgspec.Struct, frozen=True):
    """The running span of everybody who ever arrived, what it is made of, and when the last event was."""

    open: Map[OperatorId, Span]
    duties: Map[OperatorId, Duty]
    last_at: datetime | None


VERSION = 2
EMPTY = State(Map(), Map(), None)
AWAY = Duty()
NOTHING: tuple[Span, ...] = ()
Step = tuple[State, tuple[Span, ...]]


def step(state: State, event: Event) -> Step:
    """Take an event; a row comes with the end of a span."""
    if isinstance(event, EngineStarted):
        return _interrupted(state, event.at)
    changes = _changes(event)
    if changes and isinstance(event, OperatorEvent):
        return _turned(state, event, changes)
    return replace(state, last_at=event.at), NOTHING


def _changes(event: Event) -> dict[str, bool]:
    match event:
        case OperatorArrived():
            return {"present": True}
        case LiveHelpSwitched():
            return {"live_help": event.on}
        case WrapUpStarted() | WrapUpEnded():
            return {"wrap_up": isinstance(event, WrapUpStarted)}
        case OperatorGone():
            return {"present": False, "live_help": False, "wrap_up": False}
    return {}


def _turned(state: State, event: OperatorEvent, changes: dict[str, bool]) -> Step:
    operator, before = event.operator, state.open.get(event.operator)
    duty = replace(state.duties.get(operator, AWAY), **changes)
    duties = state.duties.set(operator, duty)
    if before is None and not duty.present:
        return State(state.open, duties, event.at), NOTHING
    if before is not None and before.state == duty.presence:
        return State(state.open, duties, event.at), NOTHING
    after = Span(operator=operator, state=duty.presence, began_at=event.at)
    rows = () if before is None else (_ended(before, event.at),)
    return State(state.open.set(operator, after), duties, event.at), rows


def _interrupted(state: State, at: datetime) -> Step:
    """The engine was not there since the last event; who was there then has the grace time from now on."""
    last, spans, rows = state.last_at, state.open, list[Span]()
    for operator, span in sorted(state.open.items()):  # the order in a map is another in each process
        if span.state != "gone" and last is not None:
            away = Span(operator=operator, state="gone", began_at=last)
            rows += (_ended(span, last), _ended(away, at))
            spans = spans.set(operator, Span(operator=operator, state=span.state, began_at=at))
    return State(spans, state.duties, at), tuple(rows)


def _ended(span: Span, at: datetime) -> Span:
    seconds = (at - span.began_at).total_seconds()
    return Span(operator=span.operator, state=span.state, began_at=span.began_at, ended_at=at, seconds=seconds)
