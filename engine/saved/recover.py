"""Getting to know the journal: from what was saved last, or else from its beginning, up to its end."""

import logging
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from engine.desk import DeskState
from engine.desk.apply import apply
from engine.events import Event
from engine.known import Knowledge
from engine.saved.house import Unreadable, decode, form
from engine.streams.live import DeadLetters, fold

log = logging.getLogger(__name__)
PAGE = 5_000


class Snapshot(Protocol):
    """Saved bytes: up to which position, and of which form."""

    @property
    def upto(self) -> int:
        """The position of the last event in it."""

    @property
    def form(self) -> str:
        """What `engine.saved.form` said when it was made."""

    @property
    def state(self) -> bytes:
        """The bytes."""


class Source(Protocol):
    """Where events and what was saved come from: the journal."""

    def snapshots(self) -> Iterator[Snapshot]:
        """What was saved whole, the latest first."""

    def events(self, after: int, limit: int) -> list[tuple[int, Event]]:
        """The events past a position with theirs, in order, at most `limit`."""


class Recovered(NamedTuple):
    """What is known, and the position up to which it was saved already, 0 where nothing was."""

    known: Knowledge
    saved: int


class SnapshotAhead(Exception):
    """What was saved is of more events than the journal has: it lost its end."""


def recover(
    source: Source, *, last: int, dead: DeadLetters | None = None, tell: Callable[[int, int], None] | None = None
) -> Recovered:
    """All that the events up to the position `last` make known. Raises `SnapshotAhead`.

    What was saved in another form, or is damaged, is passed over; a step that fails goes to `dead`. `tell` is given
    the number of events that are read, and of how many, now and then.
    """
    start = _saved(source, last)
    return Recovered(_go_on(source, start, last, dead, tell), start.position if start else 0)


def _saved(source: Source, last: int) -> Knowledge | None:
    ours = form()
    for snapshot in source.snapshots():
        if snapshot.upto > last:
            raise SnapshotAhead(f"{snapshot.upto} > {last}")
        if snapshot.form != ours:
            log.info("the snapshot of event %d has another form and is passed over", snapshot.upto)
            continue
        try:
            return decode(snapshot.state)
        except Unreadable as error:
            log.warning("the snapshot of event %d cannot be read and is passed over: %s", snapshot.upto, error)
    return None


def _go_on(
    source: Source,
    start: Knowledge | None,
    last: int,
    dead: DeadLetters | None,
    tell: Callable[[int, int], None] | None,
) -> Knowledge:
    desk = start.desk if start else DeskState()
    position, at = (start.position, start.at) if start else (0, None)
    begins = position

    def told() -> Iterator[Event]:
        nonlocal position, at
        while events := source.events(position, min(PAGE, last - position)):
            for position, event in events:  # noqa: B007 - both are told at the end
                apply(desk, event)
                at = event.at
                yield event
            if tell:
                tell(position - begins, last - begins)

    states = fold(told(), start=start.states if start else None, dead=dead)
    return Knowledge(position=position, at=at, desk=desk, states=states)
