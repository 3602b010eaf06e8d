"""Forgetting a visitor or an entry: what is meant is looked up in the journal, then the desk says it happened."""

from msgspec.structs import replace

from engine.commands import ForgetEntry, ForgetVisitor, Outcome, Refused
from engine.core import Core
from engine.events import (
    Beginning,
    ConversationEvent,
    FirstWordsChanged,
    HelpAsked,
    InvitationAccepted,
    MessageLeft,
    MessageWritten,
)
from engine.text import spans, web_address


async def forget(core: Core, command: ForgetVisitor | ForgetEntry, *, sender: str, client_id: str) -> Outcome:
    """Forget what the command names, or refuse what is not there."""
    known = _visitor(core, command) if isinstance(command, ForgetVisitor) else _entry(core, command)
    if isinstance(known, Refused):
        return known
    said = await core.send(known, sender=sender, client_id=client_id)
    spans.cache_clear()
    web_address.cache_clear()
    return said


def _visitor(core: Core, command: ForgetVisitor) -> ForgetVisitor | Refused:
    conversations = core.conversations_of(command.visitor)
    if conversations is None:
        return Refused(reason="bad-value", detail="there is no such visitor")
    return replace(command, conversations=conversations)


def _entry(core: Core, command: ForgetEntry) -> ForgetEntry | Refused:
    kept = [event for event in core.kept(command.conversation) if isinstance(event, ConversationEvent)]
    entry = next((event for event in kept if event.number == command.entry), None)
    if entry is None or not hasattr(entry, "personal"):
        return Refused(reason="bad-value", detail="there is no such entry that somebody wrote")
    same = [event for event in kept if event is not entry and _says_the_same(entry, event)]
    written = next((one.at for one in (entry, *same) if isinstance(one, MessageWritten)), entry.at)
    named = any(isinstance(one, HelpAsked | InvitationAccepted | MessageLeft) for one in (entry, *same))
    visitor = next((event.visitor for event in kept if isinstance(event, Beginning)), None) if named else None
    return replace(command, written=written, also=tuple(one.number for one in same), visitor=visitor)


def _says_the_same(one: ConversationEvent, other: ConversationEvent) -> bool:
    """Whether they are first words and the message that these became."""
    return (
        isinstance(one, HelpAsked | FirstWordsChanged | MessageWritten)
        and isinstance(other, HelpAsked | FirstWordsChanged | MessageWritten)
        and one.message is not None
        and one.message == other.message
    )
