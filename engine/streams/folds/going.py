"""Who is on the site, and who went a moment ago. A fold that other states hold, so that they forget whoever is gone.

Who went is remembered for a while, because somebody may still look at their profile.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import Tick, VisitEnded, VisitorId, VisitStarted
from engine.streams.machinery.pipeline import Kinds, Moment, by_type, shared
from engine.streams.machinery.window import Window
from engine.talk import OPEN, TRANSITIONS

KEPT = timedelta(minutes=10)


class Going(msgspec.Struct, frozen=True):
    """Who is here, when those went who are remembered, and those in their order."""

    here: Map[VisitorId, None]
    gone: Map[VisitorId, datetime]
    order: Window[VisitorId]

    def knows(self, visitor: VisitorId) -> bool:
        """Whether the visitor is here, or was a moment ago."""
        return visitor in self.here or visitor in self.gone


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """A state that holds this fold."""

    going: Going


H = TypeVar("H", bound=Holder)
EMPTY = Going(Map(), Map(), Window())


def _came(state: Going, event: VisitStarted) -> Going:
    gone = state.gone.delete(event.visitor) if event.visitor in state.gone else state.gone
    return Going(state.here.set(event.visitor, None), gone, state.order)


def _went(state: Going, event: VisitEnded) -> Going:
    here = state.here.delete(event.visitor) if event.visitor in state.here else state.here
    return Going(here, state.gone.set(event.visitor, event.at), state.order.add(event.at, event.visitor))


def _let_go(state: Going, moment: Moment) -> Going:
    until = moment.at - KEPT
    order, dropped = state.order.dropped(until)
    gone = state.gone
    for visitor in dropped:
        if visitor in gone and gone[visitor] <= until:  # else they were here again since
            gone = gone.delete(visitor)
    return Going(state.here, gone, order) if dropped else state


_CHANGES: dict[type[Any], Any] = {VisitStarted: _came, VisitEnded: _went}
# With whatever may keep or forget somebody: a conversation that ends, a left message that begins or is closed.
_CLOSING: Kinds = frozenset(
    kind
    for before, moves in TRANSITIONS.items()
    for kind, state in moves.items()
    if state is not before and state not in OPEN
)
TAKES: Kinds = frozenset(_CHANGES) | _CLOSING | {Tick}
_step = shared(by_type(_CHANGES))
# Not with ticks alone: a history is folded without them. It must not pile up all who ever were there, and what happens
# to somebody after that while (they come again, leave a message) finds them as unknown as with ticks.
_without_gone = shared(by_type(dict.fromkeys(TAKES, _let_go)))


def step(state: H, moment: Moment, without: Callable[[H, Iterable[VisitorId]], H]) -> H:
    """Take a moment into what holds this fold as its `going`; `without` forgets there who is known no longer."""
    before = state.going
    left = _without_gone(before, moment)
    if left is not before:
        state = without(replace(state, going=left), _forgotten(before, left))
    after = _step(left, moment)
    return state if after is left else replace(state, going=after)


def _forgotten(before: Going, after: Going) -> tuple[VisitorId, ...]:
    if after.order.first == before.order.first:
        return ()
    passed = (before.order.slots[place][1] for place in range(before.order.first, after.order.first))
    return tuple(visitor for visitor in dict.fromkeys(passed) if not after.knows(visitor))
