"""Folding a story into the rows of a fact."""

from collections.abc import Iterable
from typing import Any

from engine.events import Event
from tests.engine.story import Story


def folded(fact: Any, events: Iterable[Event]) -> tuple[Any, list[Any]]:
    """The state and all rows of a fact over events."""
    state, rows = fact.EMPTY, list[Any]()
    for event in events:
        state, made = fact.step(state, event)
        rows += made
    return state, rows


def rows_of(fact: Any, story: Story) -> list[Any]:
    """All rows of a fact over a story."""
    return folded(fact, story.events)[1]


def open_of(fact: Any, story: Story) -> list[Any]:
    """What stands in the state of a fact after a story."""
    return list(folded(fact, story.events)[0].open.values())
