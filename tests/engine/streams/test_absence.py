"""What who comes back after the grace has to know, from what a real desk decides: Live Help off, chats that wait."""

from functools import reduce

import pytest

from engine.desk import DeskState
from engine.events import ConversationId, OperatorId, VisitorForgotten, VisitorId
from engine.saved import Knowledge, decode, encode
from engine.streams.live import fold
from engine.streams.views import absence
from engine.streams.views.absence import Absence
from tests.engine.desk.play import Play

ANN = OperatorId("Ann")
GRACE = 60  # seconds


@pytest.fixture
def play() -> Play:
    """The shop and its Support, where Ann is available."""
    play = Play()
    play.operator("Ann")
    return play


def told(play: Play, name: str = "Ann") -> Absence | None:
    """What is shown to an operator, from all that happened."""
    state = reduce(absence.PIPELINE.step, play.history, absence.EMPTY)
    return absence.view(state).get(OperatorId(name))


def waits(play: Play, name: str = "Ann") -> list[str]:
    """Whose chats are said to wait."""
    row = told(play, name)
    return [chat.visitor for chat in row.chats] if row else []


def goes(play: Play, seconds: float, name: str = "Ann") -> None:
    """The last tab of an operator closes, and they are back after a while."""
    play.closes_tab(name)
    play.passes(seconds)
    play.arrives(name)


def test_within_the_grace_there_is_nothing_to_say(play: Play) -> None:
    play.chat("vera")
    goes(play, GRACE - 2)
    assert told(play) is None


def test_who_is_back_too_late_is_told_how_late_that_live_help_is_off_and_which_chats_wait(play: Play) -> None:
    play.chat("vera")
    play.chat("tom")
    play.closes_tab("Ann")
    play.passes(GRACE + 5)
    assert told(play) is None  # nobody is there to be told
    play.arrives("Ann")
    row = told(play)
    assert row
    assert 4 <= (row.back - row.gone).total_seconds() <= 6
    assert (row.switched_off, row.lost) == (True, 2)
    assert [(chat.visitor, chat.name) for chat in row.chats] == [("vera", "vera"), ("tom", "tom")]


def test_it_is_of_no_meaning_any_more_when_both_are_mended(play: Play) -> None:
    vera, tom = play.chat("vera"), play.chat("tom")
    goes(play, GRACE + 5)
    play.accepts("Ann", vera)
    assert waits(play) == ["tom"]
    play.switches("Ann", on=True)
    row = told(play)
    assert row
    assert (row.switched_off, row.lost) == (False, 2)
    play.accepts("Ann", tom)
    assert told(play) is None


def test_what_somebody_else_has_taken_and_who_has_left_is_not_offered_any_more(play: Play) -> None:
    play.operator("Bob", on=False)
    vera, tom = play.chat("vera"), play.chat("tom")
    play.chat("nora")
    goes(play, GRACE + 5)
    play.accepts("Bob", vera)
    play.cancels("tom", tom)
    assert waits(play) == ["nora"]
    play.leaves_message("nora")
    row = told(play)
    assert row
    assert (row.chats, row.lost, row.switched_off) == ((), 3, True)
    play.switches("Ann", on=True)
    assert told(play) is None


def test_a_chat_that_a_colleague_loses_later_is_the_colleagues(play: Play) -> None:
    play.operator("Bob", on=False)
    vera = play.chat("vera")
    goes(play, GRACE + 5)
    play.accepts("Bob", vera)
    goes(play, GRACE + 5, "Bob")
    assert (waits(play), waits(play, "Bob")) == ([], ["vera"])


def test_what_was_declined_is_not_offered_again(play: Play) -> None:
    vera = play.chat("vera")
    goes(play, GRACE + 5)
    play.switches("Ann", on=True)
    assert play.rings_at(vera) == ["Ann"]
    play.declines("Ann", vera)
    assert told(play) is None


def test_of_a_department_that_is_not_theirs_any_more_nothing_can_be_taken(play: Play) -> None:
    play.chat("vera")
    goes(play, GRACE + 5)
    play.changes_operator("Ann", departments=("Sales",))
    assert waits(play) == []
    play.changes_operator("Ann", departments=("Support",))
    assert waits(play) == ["vera"]


def test_who_had_no_live_help_and_no_chats_has_missed_nothing(play: Play) -> None:
    play.switches("Ann", on=False)
    goes(play, GRACE + 5)
    assert told(play) is None


def test_whoever_signs_out_knows_it(play: Play) -> None:
    play.chat("vera")
    play.signs_out("Ann")
    play.passes(GRACE)
    play.arrives("Ann")
    assert told(play) is None


def test_gone_again_before_anything_was_done_what_waits_is_told_again(play: Play) -> None:
    """As of a computer that wakes for a moment, with nobody before it."""
    play.chat("vera")
    goes(play, GRACE + 5)
    goes(play, GRACE + 3_600)
    row = told(play)
    assert row
    assert waits(play) == ["vera"]
    assert (row.switched_off, row.lost) == (True, 1)
    assert 3_599 <= (row.back - row.gone).total_seconds() <= 3_601


def test_who_signs_in_anew_is_told_and_whoever_signs_out_then_is_not_told_again(play: Play) -> None:
    goes(play, GRACE + 40_000)
    assert told(play)
    play.signs_out("Ann")
    play.arrives("Ann")
    assert told(play) is None


def test_it_is_the_same_after_a_restart_and_from_what_was_saved(play: Play) -> None:
    """From the journal alone, and from a snapshot in the middle: while away, and when back."""
    play.chat("vera")
    play.closes_tab("Ann")
    play.passes(20)
    play.restarts()
    play.returns("vera")
    play.passes(GRACE + 9)
    middle = len(play.history)
    play.restarts()
    play.returns("vera")
    play.arrives("Ann")
    row = told(play)
    assert row
    assert waits(play) == ["vera"]
    before = encode(Knowledge(position=middle, at=None, desk=DeskState(), states=fold(play.history[:middle])))
    after = fold(play.history[middle:], start=decode(before).states)
    assert dict(absence.view(after["absence"])) == {ANN: row}


def test_the_name_is_the_visitors_present_one_and_forgotten_with_them(play: Play) -> None:
    play.chat("vera")
    goes(play, GRACE + 5)
    forgotten = VisitorForgotten(at=play.now, visitor=VisitorId("vera"), conversations=(ConversationId("c001"),))
    state = reduce(absence.PIPELINE.step, [*play.history, forgotten], absence.EMPTY)
    (chat,) = absence.view(state)[ANN].chats
    assert (chat.visitor, chat.name) == ("vera", None)


def test_an_operator_who_is_removed_leaves_nothing_behind(play: Play) -> None:
    goes(play, GRACE + 5)
    assert told(play)
    play.removes("Ann")
    state = reduce(absence.PIPELINE.step, play.history, absence.EMPTY)
    assert not state.gone
    assert not state.rows
