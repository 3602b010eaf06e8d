"""Who is on the site, and who went a moment ago. A fold that other states hold, so that they forget whoever is gone.

Who went is remembered for a while, because somebody may still look at their profile.
"""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from immutables import Map

from engine.events import Tick, VisitEnded, VisitorId, VisitStarted
from engine.streams.pipeline import Kinds, Moment, by_type, shared
from engine.streams.window import Window

KEPT = timedelta(minutes=10)


class Going(msgspec.Struct, frozen=True):
    """Who is here, when those went who are remembered, and those in their order."""

    here: Map[VisitorId, None]
    gone: Map[VisitorId, datetime]
    order: Window[VisitorId]

    def knows(self, visitor: VisitorId) -> bool:
        """Whether the visitor is here, or was a moment ago."""
        return visitor in self.here or visitor in self.gone


EMPTY = Going(Map(), Map(), Window())


def _came(state: Going, event: VisitStarted) -> Going:
    gone = state.gone.delete(event.visitor) if event.visitor in state.gone else state.gone
    return Going(state.here.set(event.visitor, None), gone, state.order)


def _went(state: Going, event: VisitEnded) -> Going:
    here = state.here.delete(event.visitor) if event.visitor in state.here else state.here
    return Going(here, state.gone.set(event.visitor, event.at), state.order.add(event.at, event.visitor))


def _let_go(state: Going, moment: Tick | VisitStarted | VisitEnded) -> Going:
    until = moment.at - KEPT
    order, dropped = state.order.dropped(until)
    gone = state.gone
    for visitor in dropped:
        if visitor in gone and gone[visitor] <= until:  # else they were here again since
            gone = gone.delete(visitor)
    return Going(state.here, gone, order) if dropped else state


_CHANGES: dict[type[Any], Any] = {VisitStarted: _came, VisitEnded: _went}
TAKES: Kinds = frozenset(_CHANGES) | {Tick}
step = shared(by_type(_CHANGES))

# Before `step`, and with each coming and going too: a history is folded without its ticks. It must not pile up all who
# ever were there, and who comes again after that while is forgotten in it as they are with ticks.
let_go = shared(by_type(dict.fromkeys(TAKES, _let_go)))


def forgotten(before: Going, after: Going) -> tuple[VisitorId, ...]:
    """Those who were known before a moment and are not after it."""
    if after.order.first == before.order.first:
        return ()
    passed = (before.order.slots[place][1] for place in range(before.order.first, after.order.first))
    return tuple(visitor for visitor in dict.fromkeys(passed) if not after.knows(visitor))


def takes(moment: Moment) -> bool:
    """Whether a moment changes who is here."""
    return type(moment) in TAKES
