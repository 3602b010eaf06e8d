"""Which operators are there, and who has Live Help on. It is a fold that other states hold."""

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
)
from engine.streams.pipeline import by_type


class Shift(msgspec.Struct, frozen=True):
    """An operator's presence: signed in with a dashboard (`arrived`), connected (`here`), Live Help on."""

    arrived: bool = False
    here: bool = False
    live_help: bool = False


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
    EngineStarted: _all_lost,
}
step = by_type(_CHANGES)
