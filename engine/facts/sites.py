"""The fact "a site": one row for each, as it is now or was when it was removed; they stand in the state."""

from datetime import datetime

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import Event, PartRemoved, PartSet, SiteId, parts


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A web site that may embed the widget from `origins`; `removed_at` None while it may."""

    site: SiteId
    key: str
    name: str
    origins: tuple[str, ...]
    removed_at: datetime | None = None


class State(msgspec.Struct, frozen=True):
    """The sites."""

    open: Map[SiteId, Site]


VERSION = 2
EMPTY = State(Map())


def step(state: State, event: Event) -> tuple[State, tuple[Site, ...]]:
    """Take an event; a site is never finished."""
    match event:
        case PartSet(part=parts.Site() as part):
            before = state.open.get(part.id)
            key = part.key or (before.key if before else "")  # as `engine.events.parts.settled` has it
            row = Site(site=part.id, key=key, name=part.name, origins=part.origins)
            return State(state.open.set(part.id, row)), ()
        case PartRemoved(part="site") if (one := SiteId(event.id)) in state.open:
            return State(state.open.set(one, replace(state.open[one], removed_at=event.at))), ()
    return state, ()
