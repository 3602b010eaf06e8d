"""The order of a queue: first in, first out; but who lost their operator waits before all who were never served."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from engine.events import QueuedReason

K = TypeVar("K")

HEAD: frozenset[QueuedReason] = frozenset({"operator-lost", "operator-left"})  # why somebody waits at the head


def at_head(reason: QueuedReason | None) -> bool:
    """Whether who was queued for this reason waits before all who were never served."""
    return reason in HEAD


def in_turn(*, ahead: bool, since: datetime | None, place: int = 0) -> str:
    """What those who wait are sorted by, over several queues too: whether at the head, since when, at which place."""
    return f"{'head' if ahead else 'then'} {since} {place:06}"


def stand_before(queue: Iterable[K], *, ahead: bool, is_ahead: Callable[[K], bool]) -> list[K]:
    """Those of a queue in its order who come after somebody who is queued now."""
    return [one for one in queue if not is_ahead(one)] if ahead else []
