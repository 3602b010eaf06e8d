"""The fact "a site": one row for each, as it is now; they stand in the state."""

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import Event, SiteAdded, SiteChanged, SiteId


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A web site that may embed the widget from `origins`."""

    site: SiteId
    key: str
    name: str
    origins: tuple[str, ...]


class State(msgspec.Struct, frozen=True):
    """The sites."""

    open: Map[SiteId, Site]


VERSION = 1
EMPTY = State(Map())


def step(state: State, event: Event) -> tuple[State, tuple[Site, ...]]:
    """Take an event; a site is never finished."""
    match event:
        case SiteAdded():
            added = Site(site=event.site, key=event.key, name=event.name, origins=event.origins)
            return State(state.open.set(event.site, added)), ()
        case SiteChanged() if event.site in state.open:
            changed = replace(state.open[event.site], name=event.name, origins=event.origins)
            return State(state.open.set(event.site, changed)), ()
    return state, ()
