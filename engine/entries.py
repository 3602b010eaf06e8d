"""A conversation as entries from any number on: history from the journal, then live, named for who reads it.

What one has seen of it is a token. It must not know who reads, nor how entries travel.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import reactivex
from msgspec.structs import replace
from reactivex import Observable, abc
from reactivex.disposable import CompositeDisposable, SerialDisposable

from engine.events import Beginning, ConversationEvent, ConversationId, Event, VisitorId
from engine.talk import State
from engine.talk.called import Calling
from engine.talk.entries import Entry, entry
from engine.talk.names import Names


class VisitorNames(NamedTuple):
    """What has to do with what visitors are called.

    Attributes:
        kept: a visitor's own kept events.
        live: what is published of a visitor from now on.

    """

    kept: Callable[[VisitorId], Sequence[Event]]
    live: Callable[[VisitorId], Observable[Event]]


def conversation_entries(
    events: Observable[ConversationEvent],
    names: Callable[[], Names],
    *,
    after: int,
    visitors: VisitorNames | None = None,
) -> Observable[Entry]:
    """The entries past number `after` of a conversation's events; cold as they are, in order, each once.

    It reads from the first event on, because an entry says the state that all before it led to. `visitors`: for who may
    know what the visitor was called at each.
    """

    def subscribe(observer: abc.ObserverBase[Entry], scheduler: abc.SchedulerBase | None = None) -> abc.DisposableBase:
        state: State | None = None
        called = _Called(visitors) if visitors else None

        def on_next(event: ConversationEvent) -> None:
            nonlocal state
            told = entry(event, before=state, names=names())
            state = told.state
            if called is not None:
                told = replace(told, visitor=called.at(event))
            if event.number > after:
                observer.on_next(told)

        following = events.subscribe(on_next, observer.on_error, observer.on_completed, scheduler=scheduler)
        return CompositeDisposable(following, called.following) if called else following

    return reactivex.create(subscribe)


class _Called:
    """What the visitor of one conversation is called at each of its events."""

    def __init__(self, visitors: VisitorNames) -> None:
        self._visitors, self._calling = visitors, Calling(())
        self.following = SerialDisposable()

    def at(self, event: ConversationEvent) -> str | None:
        """The name at an event, the first of which says whose it is."""
        if event.number == 1 and isinstance(event, Beginning):
            self._calling = Calling(self._visitors.kept(event.visitor))
            self.following.disposable = self._visitors.live(event.visitor).subscribe(self._calling.hear)
        return self._calling.at(event)


def token_of(epoch: str, conversation: ConversationId, number: int) -> str:
    """The opaque token of having seen a conversation up to `number`."""
    return f"{epoch}.{conversation}.{number}"


def number_of(token: str | None, epoch: str, conversation: ConversationId) -> int | None:
    """The number a token stands for; None for no token, another conversation's, or one of before a restored backup."""
    head, _, number = (token or "").rpartition(".")
    if head != f"{epoch}.{conversation}" or not number.isascii() or not number.isdigit():
        return None
    return int(number[:9])
