"""Which operators are there, who has Live Help on, and who is in wrap-up. It is a fold that other states hold."""

from datetime import datetime
from typing import Any

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import (
    EngineStarted,
    LiveHelpSwitched,
    OperatorArrived,
    OperatorEvent,
    OperatorGone,
    OperatorId,
    OperatorLost,
    OperatorReturned,
    WrapUpEnded,
    WrapUpStarted,
)
from engine.streams.machinery.pipeline import Kinds, by_type


class Shift(msgspec.Struct, frozen=True):
    """An operator's presence: signed in with a dashboard (`arrived`), connected (`here`), Live Help on, in wrap-up."""

    arrived: bool = False
    here: bool = False
    live_help: bool = False
    wrap_up_until: datetime | None = None


Staff = Map[OperatorId, Shift]
AWAY = Shift()
EMPTY: Staff = Map()


def _here(state: Staff, event: OperatorArrived | OperatorReturned) -> Staff:
    return _put(state, event, replace(state.get(event.operator, AWAY), arrived=True, here=True))


def _lost(state: Staff, event: OperatorLost) -> Staff:
    return _put(state, event, replace(state.get(event.operator, AWAY), here=False))


def _gone(state: Staff, event: OperatorGone) -> Staff:
    return _put(state, event, AWAY)


def _switched(state: Staff, event: LiveHelpSwitched) -> Staff:
    return _put(state, event, replace(state.get(event.operator, AWAY), live_help=event.on))


def _wraps_up(state: Staff, event: WrapUpStarted) -> Staff:
    return _put(state, event, replace(state.get(event.operator, AWAY), wrap_up_until=event.until))


def _wrapped_up(state: Staff, event: WrapUpEnded) -> Staff:
    return _put(state, event, replace(state.get(event.operator, AWAY), wrap_up_until=None))


def _all_lost(state: Staff, _event: EngineStarted) -> Staff:
    lost = {operator: replace(shift, here=False) for operator, shift in state.items() if shift.here}
    return state.update(lost) if lost else state


def _put(state: Staff, event: OperatorEvent, shift: Shift) -> Staff:
    return state if state.get(event.operator) == shift else state.set(event.operator, shift)


_CHANGES: dict[type[Any], Any] = {
    OperatorArrived: _here,
    OperatorReturned: _here,
    OperatorLost: _lost,
    OperatorGone: _gone,
    LiveHelpSwitched: _switched,
    WrapUpStarted: _wraps_up,
    WrapUpEnded: _wrapped_up,
    EngineStarted: _all_lost,
}
TAKES: Kinds = frozenset(_CHANGES)
step = by_type(_CHANGES)
