"""Who has gone: what is still asked about them is refused, and breaks nothing."""

from engine.commands import Refused
from tests.engine.desk.play import Play, operator, visitor


def test_what_is_over_of_who_went_is_unknown_from_the_next_moment_on(play: Play) -> None:
    chat = play.chat("vera")
    play.writes(visitor("vera"), chat, "Hello")
    number = play.conversation(chat).number
    play.leaves_site("vera")
    play.passes(3600)
    assert play.sees(operator("Ann"), chat, number) == Refused(reason="unknown-conversation")
    assert chat not in play.desk.state.conversations
    play.desk.validate()


def test_their_left_message_is_answered_long_after_they_went(play: Play) -> None:
    play.operator("Ann")
    play.views("vera")
    play.leaves_message("vera")
    (left,) = play.desk.state.conversations
    play.leaves_site("vera")
    play.passes(3600)
    assert not isinstance(play.marks("Ann", left, "answered"), Refused)
    assert not isinstance(play.marks("Ann", left, "closed"), Refused)
