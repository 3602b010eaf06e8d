"""The fact "a visitor": when they were seen, and how often they came. What is personal stands in `persons`.

There are too many to hold them in a state: a row says what one event tells about its visitor, and the rows of a
visitor are merged into one: the first and the last time, the most visits, the latest site and visit that is known.
"""

from datetime import datetime

import msgspec

from engine.events import (
    Event,
    HelpAsked,
    MessageLeft,
    PageViewed,
    SiteId,
    VisitId,
    VisitorId,
    VisitorLost,
    VisitorReturned,
    VisitStarted,
)


class Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """What one event tells of a visitor; where it is silent `visits` is 0, the site and the last visit's are None."""

    visitor: VisitorId
    first_seen: datetime
    last_seen: datetime
    visits: int = 0
    site: SiteId | None = None
    last_visit: VisitId | None = None
    device: str | None = None
    browser: str | None = None


class State(msgspec.Struct, frozen=True):
    """Nothing has to be remembered."""


VERSION = 2
EMPTY = State()
NOTHING: tuple[Visitor, ...] = ()


def step(state: State, event: Event) -> tuple[State, tuple[Visitor, ...]]:
    """Take an event; a row comes with each one that shows a visitor on the site."""
    match event:
        case VisitStarted():
            return state, (_began(event),)
        case PageViewed() | VisitorLost() | VisitorReturned():
            return state, (Visitor(visitor=event.visitor, first_seen=event.at, last_seen=event.at),)
        case HelpAsked() | MessageLeft():
            seen = Visitor(visitor=event.visitor, first_seen=event.at, last_seen=event.at, site=event.site)
            return state, (seen,)
    return state, NOTHING


def _began(event: VisitStarted) -> Visitor:
    return Visitor(
        visitor=event.visitor,
        first_seen=event.at,
        last_seen=event.at,
        visits=event.ordinal,
        site=event.site,
        last_visit=event.visit,
        device=event.device,
        browser=event.browser,
    )
