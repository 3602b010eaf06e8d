"""Signals: what is seen at the moment and never kept. They travel beside the events; no measure reads them."""

import msgspec
from reactivex import Observable

from engine.events import ConversationId, Party
from engine.streams.machinery.keyed import Keyed


class Typing(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody is writing into a conversation at this moment."""

    conversation: ConversationId
    party: Party


Signal = Typing  # the closed union of them; each is of a conversation and by one of its parties


class Signals:
    """The signals of every conversation, by conversation; what nobody listens to is gone."""

    def __init__(self) -> None:
        self._signals: Keyed[ConversationId, Signal] = Keyed(lambda signal: signal.conversation)

    def say(self, signal: Signal) -> None:
        """Tell who listens."""
        self._signals.on_next(signal)

    def of(self, conversation: ConversationId) -> Observable[Signal]:
        """Return a conversation's signals from now on: hot, without replay, never ends."""
        return self._signals.of(conversation)
