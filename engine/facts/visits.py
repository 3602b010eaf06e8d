"""The fact "a visit": one row for each finished visit; unfinished ones stand in the state.

It holds nothing personal, so that a row stands when the person is erased.
"""

from datetime import datetime

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import (
    EngineStarted,
    Event,
    PageViewed,
    SiteId,
    VisitEnded,
    VisitId,
    VisitorId,
    VisitorLost,
    VisitorReturned,
    VisitorSlept,
    VisitorWoke,
    VisitStarted,
)


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """A visit.

    Attributes:
        ordinal: 1 is the visitor's first visit ever.
        left_at: when the visitor was last connected, None while they are; the visit ends a grace time after it.
        pages: how many pages were viewed.
        seconds: from the start to `left_at`; None in an unfinished visit.
        slept_at: since when the visitor sleeps, None while they do not; `slept_s` how long they slept before, in all.

    """

    visit: VisitId
    visitor: VisitorId
    site: SiteId
    ordinal: int
    started_at: datetime
    left_at: datetime | None = None
    ended_at: datetime | None = None
    seconds: float | None = None
    pages: int = 0
    entry_page: str | None = None
    exit_page: str | None = None
    referrer: str | None = None
    device: str
    browser: str | None = None
    slept_at: datetime | None = None
    slept_s: float = 0.0


class State(msgspec.Struct, frozen=True):
    """The unfinished visits."""

    open: Map[VisitId, Visit]


VERSION = 2
EMPTY = State(Map())
NOTHING: tuple[Visit, ...] = ()


def step(state: State, event: Event) -> tuple[State, tuple[Visit, ...]]:
    """Take an event; a row comes with the end of a visit."""
    match event:
        case VisitStarted():
            return _with(state, _started(event)), NOTHING
        case PageViewed():
            return _changed(state, event.visit, event), NOTHING
        case VisitorLost() | VisitorReturned() | VisitorSlept() | VisitorWoke():
            visit = state.open.get(event.visit)
            return (_with(state, _turned(visit, event)) if visit else state), NOTHING
        case EngineStarted():
            return _all_left(state, event.at), NOTHING
        case VisitEnded() if event.visit in state.open:
            return State(state.open.delete(event.visit)), (_finished(state.open[event.visit], event.at),)
    return state, NOTHING


def _with(state: State, visit: Visit) -> State:
    return State(state.open.set(visit.visit, visit))


def _started(event: VisitStarted) -> Visit:
    return Visit(
        visit=event.visit,
        visitor=event.visitor,
        site=event.site,
        ordinal=event.ordinal,
        started_at=event.at,
        referrer=event.referrer,
        device=event.device,
        browser=event.browser,
    )


def _changed(state: State, key: VisitId, event: PageViewed) -> State:
    visit = state.open.get(key)
    if visit is None:
        return state
    entry = event.address if visit.entry_page is None else visit.entry_page
    viewed = replace(visit, pages=visit.pages + 1, entry_page=entry, exit_page=event.address, left_at=None)
    return _with(state, viewed)


def _turned(visit: Visit, event: VisitorLost | VisitorReturned | VisitorSlept | VisitorWoke) -> Visit:
    match event:
        case VisitorWoke():
            return _awake(visit, event.at)
        case VisitorSlept():
            return replace(visit, slept_at=visit.slept_at or event.at)
        case VisitorLost():
            return replace(visit, left_at=event.at)
    return replace(visit, left_at=None)


def _awake(visit: Visit, at: datetime) -> Visit:
    if visit.slept_at is None:
        return visit
    slept = max(0.0, (at - visit.slept_at).total_seconds())
    return replace(visit, slept_at=None, slept_s=visit.slept_s + slept)


def _all_left(state: State, at: datetime) -> State:
    """A start of the engine: nobody is connected, and when they went is not known better than now."""
    gone = {key: replace(visit, left_at=at) for key, visit in state.open.items() if visit.left_at is None}
    return State(state.open.update(gone)) if gone else state


def _finished(visit: Visit, at: datetime) -> Visit:
    left_at = visit.left_at or at
    visit = _awake(visit, left_at)
    return replace(visit, left_at=left_at, ended_at=at, seconds=(left_at - visit.started_at).total_seconds())
