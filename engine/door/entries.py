"""A conversation as entries from any number on: history from the journal, then live, named for who reads it."""

from collections.abc import Callable

import msgspec
import reactivex
from reactivex import Observable, abc

from engine.core import Core
from engine.door.interface import Frame
from engine.events import ByVisitor, ConversationEvent, ConversationId
from engine.signals import Signal
from engine.talk import State
from engine.talk.entries import Entry, entry
from engine.talk.names import Names
from engine.views import ConversationEntries, name_of

VIEW = name_of(ConversationEntries)
_encode = msgspec.json.Encoder().encode


class _Body(msgspec.Struct, frozen=True):
    entry: Entry


def conversation_entries(
    core: Core, names: Callable[[], Names], conversation: ConversationId, *, after: int
) -> Observable[Entry]:
    """The entries past number `after`; cold, in order, each once, never completes while the engine runs.

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

        return core.conversation(conversation).subscribe(
            on_next, observer.on_error, observer.on_completed, scheduler=scheduler
        )

    return reactivex.create(subscribe)


def frame(told: Entry, epoch: str) -> Frame:
    """An entry as the door's frame."""
    token = token_of(epoch, told.conversation, told.number)
    return Frame(view=VIEW, token=token, body=msgspec.Raw(_encode(_Body(told))))


def signal_frame(signal: Signal) -> Frame:
    """A signal as the door's frame; it has no token, as it is not kept."""
    author = "visitor" if isinstance(signal.party, ByVisitor) else "operator"
    return Frame(view=VIEW, token="", body=msgspec.Raw(_encode({"typing": author})))


def token_of(epoch: str, conversation: ConversationId, number: int) -> str:
    """The opaque token of having seen a conversation up to `number`."""
    return f"{epoch}.{conversation}.{number}"


def number_of(token: str | None, epoch: str, conversation: ConversationId) -> int | None:
    """The number a token stands for; None for no token, another conversation's, or one of before a restored backup."""
    head, _, number = (token or "").rpartition(".")
    if head != f"{epoch}.{conversation}" or not number.isascii() or not number.isdigit():
        return None
    return int(number[:9])
