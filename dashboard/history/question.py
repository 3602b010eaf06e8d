"""What pages ask of what has been, whoever answers. It must not know who does."""

from typing import Protocol, TypeVar

from engine.analytics.screens.screen import Screen, Told
from engine.history import errors

A = TypeVar("A")


class History(Protocol):
    """What pages ask."""

    async def ask(self, screen: Screen[A]) -> Told[A]:
        """All that a screen needs, at once. Raises `HistoryError`."""
        ...


class NoHistory:
    """A dashboard without an analytics process."""

    async def ask(self, screen: Screen[A]) -> Told[A]:
        """Nobody answers."""
        raise errors.no_server("(none)")
