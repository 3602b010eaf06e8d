"""How an event stands in the journal and on the streams: with its place, its own id and its cause."""

from datetime import datetime

import msgspec

from engine.events.base import Event, EventId


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A kept event. `position` is the journal's own; `cause` is the id of the event or command that led to it."""

    position: int
    id: EventId
    cause: str
    event: Event


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    """A whole UTC second has passed: every event of up to `at` came before this tick, every other one comes after."""

    at: datetime
