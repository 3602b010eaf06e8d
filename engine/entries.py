"""A conversation as entries from any number on: history from the journal, then live, named for who reads it.

What one has seen of it is a token. It must not know who reads, nor how entries travel.
"""

from collections.abc import Callable

import reactivex
from reactivex import Observable, abc

from engine.events import ConversationEvent, ConversationId
from engine.talk import State
from engine.talk.entries import Entry, entry
from engine.talk.names import Names


def conversation_entries(
    events: Observable[ConversationEvent], names: Callable[[], Names], *, after: int
) -> Observable[Entry]:
    """The entries past number `after` of a conversation's events; cold as they are, in order, each once.

    It reads from the first event on, because an entry says the state that all before it led to.
    """

    def subscribe(observer: abc.ObserverBase[Entry], scheduler: abc.SchedulerBase | None = None) -> abc.DisposableBase:
        state: State | None = None

        def on_next(event: ConversationEvent) -> None:
            nonlocal state
            told = entry(event, before=state, names=names())
            state = told.state
            if event.number > after:
                observer.on_next(told)

        return events.subscribe(on_next, observer.on_error, observer.on_completed, scheduler=scheduler)

    return reactivex.create(subscribe)


def token_of(epoch: str, conversation: ConversationId, number: int) -> str:
    """The opaque token of having seen a conversation up to `number`."""
    return f"{epoch}.{conversation}.{number}"


def number_of(token: str | None, epoch: str, conversation: ConversationId) -> int | None:
    """The number a token stands for; None for no token, another conversation's, or one of before a restored backup."""
    head, _, number = (token or "").rpartition(".")
    if head != f"{epoch}.{conversation}" or not number.isascii() or not number.isdigit():
        return None
    return int(number[:9])
