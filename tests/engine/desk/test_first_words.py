"""The first words: said with the asking, changed while one waits, written with the first Accept, once."""

from typing import Any

from engine.commands import ForgetEntry, ForgetVisitor
from engine.events import (
    Accepted,
    ByVisitor,
    ConversationId,
    Event,
    FirstWordsChanged,
    HelpAsked,
    MessageWritten,
    VisitorId,
)
from engine.talk import State
from tests.engine.desk.play import Play, refusal, replayed, visitor

LEAKS, WHERE = "My tent leaks", "Where is my parcel?"


def texts(play: Play) -> list[str | None]:
    """What was written, in its order."""
    return [event.personal.text if event.personal else None for event in _written(play)]


def _written(play: Play) -> list[Any]:
    return play.said(MessageWritten)


def test_they_are_the_visitors_first_message_in_the_unit_of_accept(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera", words=LEAKS)
    assert texts(play) == []
    said = play.accepts("Ann", chat)

    kinds = [type(event) for event in _events(said)]
    assert kinds[:2] == [Accepted, MessageWritten]
    (written,) = _written(play)
    assert (written.author, written.personal.text) == (ByVisitor(visitor=VisitorId("vera")), LEAKS)
    (asked,) = [event for event in play.said(HelpAsked) if isinstance(event, HelpAsked)]
    assert written.message == asked.message
    assert play.conversation(chat).unseen.by_operator == [written.number]


def _events(said: Any) -> list[Event]:
    assert isinstance(said, list)
    return said


def test_whoever_said_nothing_writes_nothing(play: Play) -> None:
    play.operator("Ann")
    play.accepts("Ann", play.asks("vera"))
    assert texts(play) == []


def test_they_may_change_while_one_rings_and_while_one_waits(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera")
    assert refusal(play.rewords("vera", chat, LEAKS)) is None
    play.queues("Ann", chat)
    assert refusal(play.rewords("vera", chat, WHERE)) is None
    assert play.rewords("vera", chat, WHERE) == []  # the same again is no change
    play.accepts("Ann", chat)
    assert texts(play) == [WHERE]
    assert len(play.said(FirstWordsChanged)) == 2


def test_what_is_taken_back_is_not_written(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera", words=LEAKS)
    play.rewords("vera", chat, None)
    play.accepts("Ann", chat)
    assert texts(play) == []


def test_they_are_written_once_though_the_operator_is_lost(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera", words=LEAKS)
    play.accepts("Ann", chat)
    play.closes_tab("Ann")
    play.passes(61)
    assert play.state(chat) is State.QUEUED
    play.operator("Bob")
    play.accepts("Bob", chat)
    assert texts(play) == [LEAKS]


def test_what_is_said_anew_after_a_loss_is_written_for_the_next_one(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera", words=LEAKS)
    play.accepts("Ann", chat)
    play.closes_tab("Ann")
    play.passes(61)
    play.rewords("vera", chat, WHERE)
    play.operator("Bob")
    play.accepts("Bob", chat)
    assert texts(play) == [LEAKS, WHERE]


def test_a_replay_knows_them_before_and_after_accept(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera", words=LEAKS)
    play.restarts()
    play.arrives("Ann")
    play.switches("Ann", on=True)
    play.accepts("Ann", chat)
    play.restarts()
    assert texts(play) == [LEAKS]
    assert replayed(play.history).state.conversations[chat].words is None


def test_who_is_served_is_too_late_and_strangers_may_not(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera", words=LEAKS)
    play.views("tom")
    assert refusal(play.rewords("tom", chat, WHERE)) == "not-yours"
    assert refusal(play.rewords("vera", ConversationId("c999"), WHERE)) == "unknown-conversation"
    play.accepts("Ann", chat)
    assert refusal(play.rewords("vera", chat, WHERE)) == "taken"
    play.ends(visitor("vera"), chat)
    assert refusal(play.rewords("vera", chat, WHERE)) == "ended"
    assert texts(play) == [LEAKS]


def test_asking_again_says_it_in_the_open_conversation(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera", words=LEAKS)
    assert play.asks("vera", words=WHERE) == chat
    play.accepts("Ann", chat)
    assert texts(play) == [WHERE]
    assert play.asks("vera", words="And a pole is missing") == chat
    assert texts(play) == [WHERE, "And a pole is missing"]
    assert play.asks("vera") == chat
    assert len(_written(play)) == 2


def test_nothing_is_kept_of_who_gives_up_or_leaves_a_message(play: Play) -> None:
    play.operator("Ann")
    gives_up, leaves = play.asks("vera", words=LEAKS), play.asks("tom", words=WHERE)
    play.cancels("vera", gives_up)
    play.leaves_message("tom", WHERE)
    assert play.conversation(gives_up).words is None
    assert play.conversation(leaves).words is None


def test_what_is_forgotten_is_not_written(play: Play) -> None:
    play.operator("Ann")
    one, other, third = (play.asks(name, words=LEAKS) for name in ("vera", "tom", "olga"))
    play.do(ForgetVisitor(visitor=VisitorId("vera")))
    play.do(ForgetEntry(conversation=other, entry=1))
    play.rewords("olga", third, WHERE)
    play.do(ForgetEntry(conversation=third, entry=1))  # what she said before, not what she says now
    for chat in (one, other, third):
        play.accepts("Ann", chat)
    assert texts(play) == [WHERE]
