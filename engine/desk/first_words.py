"""The first words: what it is about, said with the asking, or otherwise while the visitor waits.

They are written as the visitor's first message together with the first Accept, once; until then they are no message.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from engine.commands import AskForHelp, ChangeFirstWords, Refused
from engine.desk.decision import Decision, Rules
from engine.desk.parties import waiting
from engine.desk.rule import Rule
from engine.desk.state import Conversation, DeskState
from engine.events import (
    Accepted,
    ByVisitor,
    Event,
    FirstWords,
    FirstWordsChanged,
    MessageId,
    MessageText,
    MessageWritten,
)
from engine.talk import may


def change_first_words(desk: DeskState, command: ChangeFirstWords, now: datetime) -> Decision:
    """Say otherwise what it is about; the same again changes nothing."""
    talk = waiting(desk, command.conversation, command.visitor, "reword")
    if isinstance(talk, Refused):
        return talk
    if command.words == (talk.words.text if talk.words else None):
        return []
    return [_changed(talk, command, talk.number + 1, now)]


def said_again(talk: Conversation, command: AskForHelp, number: int, now: datetime) -> Sequence[Event]:
    """Who asks though their conversation is open says it in that one: to whoever comes, or is there already."""
    if command.words is None:
        return ()
    if may("visitor", "reword", talk.state):
        return (_changed(talk, command, number, now),)
    if may("visitor", "say", talk.state):
        return (_written(talk, command.message, command.words, number, now),)
    return ()


def _changed(talk: Conversation, command: AskForHelp | ChangeFirstWords, number: int, now: datetime) -> Event:
    return FirstWordsChanged(
        at=now,
        conversation=talk.id,
        number=number,
        message=command.message,
        personal=FirstWords(words=command.words) if command.words else None,
    )


def _written(talk: Conversation, message: MessageId, text: str, number: int, now: datetime) -> MessageWritten:
    return MessageWritten(
        at=now,
        conversation=talk.id,
        number=number,
        message=message,
        client_id=message,
        author=ByVisitor(visitor=talk.visitor),
        personal=MessageText(text=text),
    )


def _on_accepted(desk: DeskState, event: Accepted) -> Iterator[Event]:
    talk = desk.conversations[event.conversation]
    if talk.words is not None:
        yield _written(talk, talk.words.message, talk.words.text, talk.number + 1, event.at)


DECIDE: Rules = {ChangeFirstWords: change_first_words}
FOLLOW: dict[type[Event], Rule] = {Accepted: _on_accepted}
