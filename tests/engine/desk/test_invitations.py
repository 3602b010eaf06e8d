"""Invitations: who may invite whom, what becomes of it, who serves then."""

from datetime import timedelta

from engine.commands import Refused
from engine.events import Accepted, ConversationId, Invited, Queued
from engine.talk import State
from tests.engine.desk.play import Play, operator, refusal, visitor


def test_the_invitation_has_its_words_its_end_and_the_operators_first_department_that_takes_part(play: Play) -> None:
    play.operator("Ann", "Sales", "Support")
    play.changes_department("Sales", takes_part=False)
    play.views("vera")
    play.invites("Ann", "vera", "Do you need help?")
    (invited,) = play.said(Invited)
    assert isinstance(invited, Invited)
    assert invited.personal is not None
    assert invited.personal.text == "Do you need help?"
    assert (invited.department, invited.site) == ("Support", "shop")
    assert invited.until == invited.at + timedelta(seconds=120)


def test_who_is_not_on_the_site_cannot_be_invited(play: Play) -> None:
    play.operator("Ann")
    assert refusal(play.invites("Ann", "nobody")) == "not-here"
    play.views("vera")
    play.leaves_site("vera")
    play.passes(61)
    assert refusal(play.invites("Ann", "vera")) == "not-here"


def test_only_who_is_there_may_invite_and_only_with_words_into_a_department_of_theirs(play: Play) -> None:
    play.operator("Ann")
    play.operator("Off", on=False)
    play.views("vera")
    assert refusal(play.invites("Ann", "vera", " ")) == "empty"
    assert refusal(play.invites("Ann", "vera", department="Sales")) == "forbidden"
    assert refusal(play.invites("Ann", "vera", department="Nowhere")) == "unknown-department"
    play.signs_out("Ann")
    assert refusal(play.invites("Ann", "vera")) == "signed-out"
    assert refusal(play.invites("Off", "vera")) is None


def test_starting_twice_and_closing_twice_change_nothing(play: Play) -> None:
    play.operator("Ann")
    taken, closed = play.invited("Ann", "vera"), play.invited("Ann", "tom")
    play.starts("vera", taken)
    play.refuses("tom", closed)
    assert play.starts("vera", taken) == play.refuses("tom", closed) == []


def test_an_invitation_is_the_visitors_own_and_over_when_it_is_over(play: Play) -> None:
    play.operator("Ann")
    invited, asked = play.invited("Ann", "vera"), play.asks("tom")
    assert refusal(play.starts("tom", invited)) == refusal(play.refuses("tom", invited)) == "not-yours"
    assert refusal(play.starts("tom", asked)) == refusal(play.refuses("tom", asked)) == "not-invited"
    play.passes(121)
    assert refusal(play.starts("vera", invited)) == refusal(play.refuses("vera", invited)) == "ended"


def test_while_invited_nobody_writes_ends_cancels_or_leaves_a_message(play: Play) -> None:
    play.operator("Ann")
    chat = play.invited("Ann", "vera")
    assert refusal(play.writes(visitor("vera"), chat)) == "not-active"
    assert refusal(play.writes(operator("Ann"), chat)) == "not-yours"
    assert refusal(play.ends(visitor("vera"), chat)) == "not-active"
    assert refusal(play.cancels("vera", chat)) == "not-active"
    assert play.leaves_message("vera") == Refused(reason="forbidden", detail="the invitation is open")
    assert refusal(play.accepts("Ann", chat)) == "not-offered"


def test_who_invited_alone_takes_it_back_while_it_is_open(play: Play) -> None:
    play.operator("Ann")
    play.operator("Bob")
    chat, taken = play.invited("Ann", "vera"), play.invited("Ann", "tom")
    assert refusal(play.takes_back("Bob", chat)) == "not-yours"
    assert refusal(play.takes_back("Ann", ConversationId("c999"))) == "unknown-conversation"
    play.starts("tom", taken)
    assert refusal(play.takes_back("Ann", taken)) == "not-invited"
    said = play.takes_back("Ann", chat)
    assert not isinstance(said, Refused)
    assert len(said) == 1
    assert play.takes_back("Ann", chat) == []
    assert refusal(play.starts("vera", chat)) == "ended"
    again = play.invited("Bob", "vera")  # who is invited no more may be, by anybody
    assert play.state(again) is State.INVITED


def test_an_inviter_with_live_help_off_still_gets_the_chat(play: Play) -> None:
    play.operator("Ann", on=False)
    chat = play.invited("Ann", "vera")
    play.starts("vera", chat)
    assert play.conversation(chat).operator == "Ann"
    assert getattr(play.said(Accepted)[0], "how", "") == "invitation"


def test_with_the_inviter_full_by_then_it_rings_at_the_others(play: Play) -> None:
    play.operator("Ann", max_chats=1)
    play.operator("Bob")
    chat = play.invited("Ann", "vera")
    play.chat("tom")
    play.starts("vera", chat)
    assert play.state(chat) is State.ROUTING
    assert play.rings_at(chat) == ["Bob"]


def test_with_the_inviter_gone_by_then_the_invitation_stays_and_is_routed(play: Play) -> None:
    play.operator("Ann")
    chat = play.invited("Ann", "vera")
    play.signs_out("Ann")
    assert play.state(chat) is State.INVITED
    play.starts("vera", chat)
    assert play.state(chat) is State.QUEUED
    assert getattr(play.said(Queued)[0], "reason", "") == "nobody"


def test_becoming_full_by_an_invitation_stops_the_other_rings(play: Play) -> None:
    play.operator("Ann", max_chats=1)
    rings, invited = play.asks("tom"), play.invited("Ann", "vera")
    play.starts("vera", invited)
    assert play.rings_at(rings) == []
    assert play.state(rings) is State.QUEUED


def test_after_a_restart_the_time_to_answer_begins_anew(play: Play) -> None:
    play.operator("Ann")
    chat = play.invited("Ann", "vera")
    play.passes(100)
    play.restarts()
    play.views("vera")
    play.passes(100)
    assert play.state(chat) is State.INVITED
    play.passes(21)
    assert play.state(chat) is State.EXPIRED


def test_who_let_an_invitation_run_out_may_be_invited_again(play: Play) -> None:
    play.operator("Ann")
    first = play.invited("Ann", "vera")
    play.passes(121)
    assert play.invited("Ann", "vera") != first
