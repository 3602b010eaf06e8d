"""Everything that can happen, found by itself: each event of the vocabulary's modules that is no base of others."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Union

from engine.events import conversation, forgetting, house, identity, invitation, left_message, parts, presence
from engine.events.base import Event

MODULES = (parts, house, presence, identity, conversation, invitation, left_message, forgetting)


def _kinds() -> Iterator[type[Event]]:
    for module in MODULES:
        for kind in vars(module).values():
            own = isinstance(kind, type) and issubclass(kind, Event) and kind.__module__ == module.__name__
            if own and not kind.__subclasses__():
                yield kind


EVENTS: tuple[type[Event], ...] = tuple(_kinds())

if TYPE_CHECKING:
    AnyEvent = Event
else:
    AnyEvent = Union[EVENTS]  # noqa: UP007 - closed, for decoders; a checker cannot follow it
