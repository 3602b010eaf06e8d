"""Left messages: open, answered, closed; said by hand by who serves the department, and never forgotten before."""

from engine.commands import Refused
from engine.events import ConversationId, LeftMessageReopened
from engine.talk import State
from tests.engine.desk.play import Play, refusal


def left(play: Play, name: str = "vera") -> ConversationId:
    play.views(name)
    said = play.leaves_message(name)
    assert not isinstance(said, Refused)
    return getattr(said[0], "conversation", ConversationId(""))


def test_one_is_marked_by_its_department_only_and_by_who_is_there(play: Play) -> None:
    play.operator("Ann")
    play.operator("Cid", "Sales")
    message = left(play)
    assert refusal(play.marks("Cid", message, "answered")) == "not-yours"
    assert refusal(play.marks("Ann", ConversationId("nowhere"), "answered")) == "unknown-conversation"
    assert refusal(play.marks("Ann", play.asks("tom"), "answered")) == "forbidden"
    play.signs_out("Ann")
    assert refusal(play.marks("Ann", message, "answered")) == "signed-out"


def test_the_same_mark_twice_changes_nothing(play: Play) -> None:
    play.operator("Ann")
    message = left(play)
    assert play.marks("Ann", message, "open") == []
    play.marks("Ann", message, "answered")
    assert play.marks("Ann", message, "answered") == []


def test_an_answered_and_a_closed_one_may_be_opened_again(play: Play) -> None:
    play.operator("Ann")
    message = left(play)
    for mark in ("answered", "closed"):
        play.marks("Ann", message, "answered" if mark == "answered" else "closed")
        play.marks("Ann", message, "open")
        assert play.state(message) is State.LEFT
    assert len(play.said(LeftMessageReopened)) == 2


def test_a_closed_one_cannot_become_answered(play: Play) -> None:
    play.operator("Ann")
    message = left(play)
    play.marks("Ann", message, "closed")
    assert refusal(play.marks("Ann", message, "answered")) == "ended"


def test_an_open_or_answered_one_outlives_its_visitor_and_a_closed_one_does_not(play: Play) -> None:
    play.operator("Ann")
    messages = [left(play, name) for name in ("v1", "v2", "v3")]
    play.marks("Ann", messages[1], "answered")
    play.marks("Ann", messages[2], "closed")
    for name in ("v1", "v2", "v3"):
        play.leaves_site(name)
    play.passes(61)
    assert [message in play.desk.state.conversations for message in messages] == [True, True, False]
    play.marks("Ann", messages[0], "closed")
    play.views("tom")
    play.leaves_site("tom")
    play.passes(61)
    assert [message in play.desk.state.conversations for message in messages] == [False, True, False]


def test_who_left_a_message_may_ask_again_while_it_is_open(play: Play) -> None:
    play.operator("Ann")
    message = left(play)
    chat = play.asks("vera")
    assert chat != message
    assert [play.state(one) for one in (message, chat)] == [State.LEFT, State.ROUTING]
