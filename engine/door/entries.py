"""A conversation's entries and signals as the door's frames."""

import msgspec

from engine.door.interface import Frame
from engine.entries import token_of
from engine.events import ByVisitor
from engine.signals import Signal
from engine.talk import Side
from engine.talk.entries import Entry
from engine.views import ConversationEntries, name_of

VIEW = name_of(ConversationEntries)
_encode = msgspec.json.Encoder().encode


class EntryStep(msgspec.Struct, frozen=True):
    """A step of a conversation: an entry."""

    entry: Entry


class SignalStep(msgspec.Struct, frozen=True):
    """A step of a conversation: who is typing."""

    typing: Side


def frame(told: Entry, epoch: str) -> Frame:
    """An entry as the door's frame."""
    token = token_of(epoch, told.conversation, told.number)
    return Frame(view=VIEW, token=token, body=msgspec.Raw(_encode(EntryStep(told))))


def signal_frame(signal: Signal) -> Frame:
    """A signal as the door's frame; it has no token, as it is not kept."""
    author: Side = "visitor" if isinstance(signal.party, ByVisitor) else "operator"
    return Frame(view=VIEW, token="", body=msgspec.Raw(_encode(SignalStep(author))))
