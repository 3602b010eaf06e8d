"""Histories for the tables: what tests elsewhere tell with names for ids, with UUIDs as the journal keeps them."""

import random
from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import msgspec

from engine.events import Event, EventId, Record
from engine.events.codec import KINDS
from tests.engine.desk.test_random_histories import begin, step

IDS = {
    "site",
    "department",
    "departments",
    "operator",
    "operators",
    "candidates",
    "visitor",
    "visit",
    "page_view",
    "conversation",
    "message",
}


def id_of(name: str) -> str:
    """The UUID that stands for a name."""
    return str(uuid5(NAMESPACE_OID, name))


def with_ids(event: Event) -> Event:
    """The event with UUIDs in the place of names."""
    plain = msgspec.to_builtins(event, builtin_types=(type(event.at),))
    return msgspec.convert(_with_ids(plain), KINDS[type(event).__name__])


def _with_ids(value: Any, key: str = "") -> Any:
    match value:
        case dict():
            return {name: _with_ids(one, name) for name, one in value.items()}
        case list() | tuple():
            return [_with_ids(one, key) for one in value]
        case str() if key in IDS:
            return id_of(value)
    return value


def records(events: Iterable[Event], *, first: int = 1) -> list[Record]:
    """The events as the journal gives them."""
    return [
        Record(position=position, id=EventId(id_of(f"event {position}")), cause=id_of("cause"), event=with_ids(event))
        for position, event in enumerate(events, first)
    ]


def random_day(seed: int, steps: int = 150) -> list[Event]:
    """All that happened on a random day at the desk."""
    dice = random.Random(seed)
    play = begin(dice)
    for _ in range(steps):
        step(play, dice)
    return play.history
