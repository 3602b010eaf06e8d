"""Wrap-up: after a chat, where the setting says so, operators finish their notes and nothing is offered meanwhile."""

from engine.events import WrapUpEnded, WrapUpStarted
from engine.talk import State
from tests.engine.desk.play import Play, operator, refusal, visitor


def ends_of_wrap_up(play: Play) -> list[str]:
    return [event.reason for event in play.said(WrapUpEnded) if isinstance(event, WrapUpEnded)]


def test_there_is_none_unless_it_is_set(play: Play) -> None:
    play.ends(operator("Ann"), play.chat("vera"))
    assert not play.said(WrapUpStarted)
    assert play.rings_at(play.asks("tom")) == ["Ann"]


def test_while_wrapping_up_nothing_rings_and_afterwards_who_waits_is_offered(play: Play) -> None:
    play.set("wrap_up", 20)
    play.ends(operator("Ann"), play.chat("vera"))
    chat = play.asks("tom")
    assert play.state(chat) is State.QUEUED
    play.passes(19)
    assert play.rings_at(chat) == []
    play.passes(2)
    assert play.rings_at(chat) == ["Ann"]
    assert ends_of_wrap_up(play) == ["timeout"]


def test_each_end_begins_it_anew(play: Play) -> None:
    play.set("wrap_up", 20)
    first, second = play.chat("vera"), play.chat("tom")
    play.ends(operator("Ann"), first)
    play.passes(15)
    play.ends(visitor("tom"), second)
    play.passes(15)
    assert not ends_of_wrap_up(play)
    play.passes(6)
    assert ends_of_wrap_up(play) == ["timeout"]


def test_it_is_finished_by_hand(play: Play) -> None:
    play.set("wrap_up", 20)
    play.ends(operator("Ann"), play.chat("vera"))
    chat = play.asks("tom")
    play.finishes_wrap_up("Ann")
    assert play.rings_at(chat) == ["Ann"]
    assert play.finishes_wrap_up("Ann") == []
    assert ends_of_wrap_up(play) == ["by-hand"]
    play.signs_out("Ann")
    assert refusal(play.finishes_wrap_up("Ann")) == "signed-out"


def test_it_ends_with_the_operator(play: Play) -> None:
    play.set("wrap_up", 20)
    play.ends(operator("Ann"), play.chat("vera"))
    play.signs_out("Ann")
    play.passes(100)
    assert ends_of_wrap_up(play) == ["gone"]


def test_a_lost_visitor_leaves_notes_to_finish_too(play: Play) -> None:
    play.set("wrap_up", 20)
    play.chat("vera")
    play.leaves_site("vera")
    play.passes(61)
    assert play.person("Ann").wraps_up_until is not None


def test_what_rings_when_it_begins_is_taken_back_and_another_gets_it(play: Play) -> None:
    play.set("wrap_up", 20)
    ended = play.chat("vera")
    play.operator("Bob")
    chat = play.asks("tom")
    play.ends(operator("Ann"), ended)
    assert play.rings_at(chat) == ["Bob"]


def test_a_chat_may_be_taken_by_hand_all_the_same(play: Play) -> None:
    play.set("wrap_up", 20)
    play.ends(operator("Ann"), play.chat("vera"))
    chat = play.asks("tom")
    play.accepts("Ann", chat)
    assert play.state(chat) is State.ACTIVE
