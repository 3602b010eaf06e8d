"""What the same events make known stays the same, or says by its version that it does not.

A snapshot that was made before a change of `step` or `apply` would else be gone on from as if it were right. The
fixture has a history and what it made known; a state whose form has changed since is not compared. Write it anew with
`KNOWN_ANEW=1 pytest tests/engine/saved/test_versions.py`.
"""

import dataclasses
import hashlib
import json
import os
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.desk import DeskState
from engine.desk.apply import apply
from engine.events import Event
from engine.events.codec import decode, encode
from engine.saved import house
from engine.saved.form import form_of
from engine.streams.live import fold
from engine.streams.registry import PIPELINES
from tests.engine.desk.test_random_histories import begin, step

FILE = Path(__file__).with_name("known.json")
NAMES = ["desk", *PIPELINES]


def a_history() -> list[Event]:
    """A day on which everything happens."""
    dice = random.Random(11)
    play = begin(dice)
    for _ in range(250):
        step(play, dice)
    return play.history


def forms() -> dict[str, str]:
    kinds: dict[str, tuple[int, Any]] = {"desk": (house.VERSION, DeskState)}
    kinds |= {name: (pipeline.version, type(pipeline.empty)) for name, pipeline in PIPELINES.items()}
    return {name: form_of([(name, *kind)]) for name, kind in kinds.items()}


def digests(events: list[Event]) -> dict[str, str]:
    desk = DeskState()
    for event in events:
        apply(desk, event)
    known = {"desk": desk, **fold(events)}
    return {name: hashlib.sha256(plain(known[name]).encode()).hexdigest()[:16] for name in NAMES}


def plain(value: Any) -> str:
    """A value as text, the same in every process."""
    match value:
        case Mapping():
            return f"{{{', '.join(sorted(f'{plain(key)}: {plain(one)}' for key, one in value.items()))}}}"
        case set() | frozenset():
            return f"{{{', '.join(sorted(map(plain, value)))}}}"
        case tuple() | list():
            return f"[{', '.join(map(plain, value))}]"
        case msgspec.Struct():
            return plain({name: getattr(value, name) for name in value.__struct_fields__})
        case _ if dataclasses.is_dataclass(value):
            return plain({field.name: getattr(value, field.name) for field in dataclasses.fields(value)})
    return repr(value)


def write_anew() -> None:
    events = a_history()
    lines = [[each.decode() if isinstance(each, bytes) else each for each in encode(event)] for event in events]
    FILE.write_text(json.dumps({"forms": forms(), "states": digests(events), "events": lines}, indent=0) + "\n")


if "KNOWN_ANEW" in os.environ:
    write_anew()
KEPT = json.loads(FILE.read_text())
EVENTS = [decode(kind, version, payload, personal) for kind, version, payload, personal in KEPT["events"]]
STATES = digests(EVENTS)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_events_make_the_same_known_or_the_version_says_otherwise(name: str) -> None:
    if KEPT["forms"].get(name) != forms()[name]:
        return
    assert STATES[name] == KEPT["states"][name], f"{name}: the same events make another state; raise its VERSION"


def test_states_are_told_apart() -> None:
    other = digests(EVENTS[:-40])
    assert [name for name in NAMES if other[name] != STATES[name]] != []
    assert digests(EVENTS) == STATES
