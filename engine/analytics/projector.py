"""The projector: the journal's events, by position, through the facts, into the tables; a batch is all or nothing."""

import logging
from collections.abc import Iterable
from typing import Any, Protocol

import msgspec

from engine.events import Event
from engine.facts.catalogue import TAKERS, Fact

log = logging.getLogger(__name__)


class Source(Protocol):
    """Where events come from: the journal."""

    def events(self, after: int, limit: int) -> list[tuple[int, Event]]:
        """The events past a position with theirs, in order, at most `limit`."""


class Tables(Protocol):
    """Where rows go: the store."""

    def mark(self) -> int:
        """The position of the last event in the tables."""

    def states(self) -> dict[str, Any]:
        """The facts' states at the mark."""

    def keep(self, rows: dict[str, list[msgspec.Struct]], states: dict[str, Any], mark: int) -> None:
        """Write a batch."""


class Projector:
    """Goes on from the mark of the tables.

    Attributes:
        mark: the position of the last event in the tables.
        failed: how many steps of facts failed: such an event makes no row of that fact, in a rebuild neither.

    """

    def __init__(self, source: Source, tables: Tables) -> None:
        self._source, self._tables = source, tables
        self._states = tables.states()
        self.mark = tables.mark()
        self.failed = 0

    def go_on(self, limit: int) -> int:
        """Take the next events, at most `limit`; returns how many there were. What raises has changed nothing."""
        events = self._source.events(self.mark, limit)
        if events:
            states, rows = self._run(event for _, event in events)
            self._tables.keep(rows, states, events[-1][0])
            self._states, self.mark = states, events[-1][0]
        return len(events)

    def _run(self, events: Iterable[Event]) -> tuple[dict[str, Any], dict[str, list[msgspec.Struct]]]:
        states, rows = dict(self._states), dict[str, list[msgspec.Struct]]()
        for event in events:
            for fact in TAKERS.get(type(event), ()):
                before = states[fact.name]
                try:
                    after, made = fact.step(before, event)
                except Exception:
                    self._say_failed(fact, event)
                    continue
                if after is not before:
                    states[fact.name] = after
                if made:
                    rows.setdefault(fact.name, []).extend(made)
        return states, rows

    def _say_failed(self, fact: Fact, event: Event) -> None:
        self.failed += 1
        log.exception("the fact %s could not take a %s", fact.name, type(event).__name__)
