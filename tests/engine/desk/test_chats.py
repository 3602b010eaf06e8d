"""A chat that goes on: hold, what each has seen, and the loss of either side."""

from engine.events import Abandoned, Held, LiveHelpSwitched, Lost, MessagesSeen, OfferMade, Queued
from engine.talk import State
from tests.engine.desk.play import Play, operator, refusal, visitor

# --- hold ----------------------------------------------------------------------------------------------------------


def test_on_hold_nobody_writes_or_types_and_a_crossing_message_is_refused(play: Play) -> None:
    chat = play.chat("vera")
    play.holds("Ann", chat)
    assert refusal(play.writes(visitor("vera"), chat)) == "on-hold"
    assert refusal(play.writes(operator("Ann"), chat)) == "on-hold"
    assert not play.desk.may_type(chat, visitor("vera"))
    play.resumes("Ann", chat)
    assert refusal(play.writes(visitor("vera"), chat)) is None
    assert play.desk.may_type(chat, visitor("vera"))


def test_only_who_serves_it_holds_and_resumes_and_twice_changes_nothing(play: Play) -> None:
    chat = play.chat("vera")
    play.operator("Bob")
    assert refusal(play.holds("Bob", chat)) == refusal(play.resumes("Bob", chat)) == "not-yours"
    assert play.resumes("Ann", chat) == []
    play.holds("Ann", chat)
    assert play.holds("Ann", chat) == play.accepts("Ann", chat) == []
    assert refusal(play.accepts("Bob", chat)) == "taken"
    play.ends(visitor("vera"), chat)
    assert refusal(play.holds("Ann", chat)) == refusal(play.resumes("Ann", chat)) == "ended"


def test_chats_on_hold_count_against_the_maximum(play: Play) -> None:
    play.operator("Ann", max_chats=1)
    play.holds("Ann", play.chat("vera"))
    chat = play.asks("tom")
    assert play.state(chat) is State.QUEUED
    assert play.rings_at(chat) == []


def test_one_chat_is_held_to_attend_another(play: Play) -> None:
    first, second = play.chat("vera"), play.chat("tom")
    play.holds("Ann", first)
    assert refusal(play.writes(operator("Ann"), second)) is None
    assert len(play.said(Held)) == 1


# --- seen ----------------------------------------------------------------------------------------------------------


def test_what_the_other_wrote_is_seen_once_and_only_forward(play: Play) -> None:
    chat = play.chat("vera")  # its first three events
    play.writes(visitor("vera"), chat)  # 4
    play.writes(operator("Ann"), chat)  # 5
    play.writes(visitor("vera"), chat)  # 6
    assert play.sees(operator("Ann"), chat, 3) == []
    play.sees(operator("Ann"), chat, 5)
    play.sees(operator("Ann"), chat, 99)
    assert play.sees(operator("Ann"), chat, 99) == play.sees(operator("Ann"), chat, 4) == []
    play.sees(visitor("vera"), chat, 99)
    seen = [event for event in play.said(MessagesSeen) if isinstance(event, MessagesSeen)]
    assert [(event.by, event.upto) for event in seen] == [
        (operator("Ann"), 4),
        (operator("Ann"), 6),
        (visitor("vera"), 5),
    ]


def test_nobody_sees_what_only_they_wrote(play: Play) -> None:
    chat = play.chat("vera")
    play.writes(visitor("vera"), chat)
    assert play.sees(visitor("vera"), chat, 99) == []
    assert refusal(play.sees(visitor("tom"), chat, 99)) == "not-yours"


def test_the_last_words_are_seen_on_hold_and_after_the_end(play: Play) -> None:
    chat = play.chat("vera")
    play.writes(operator("Ann"), chat)
    play.holds("Ann", chat)
    assert play.sees(visitor("vera"), chat, 99) != []
    play.resumes("Ann", chat)
    play.writes(operator("Ann"), chat)
    play.ends(operator("Ann"), chat)
    assert play.sees(visitor("vera"), chat, 99) != []
    assert refusal(play.sees(visitor("tom"), play.asks("tom"), 99)) == "not-active"


# --- the operator is lost ------------------------------------------------------------------------------------------


def test_signing_out_queues_every_chat_at_the_head_at_once_first_taken_first(play: Play) -> None:
    waits = play.asks("early")
    first, second = play.chat("vera"), play.chat("tom")
    play.declines("Ann", waits)
    play.signs_out("Ann")
    assert play.line("Support") == [first, second, waits]
    queued = [event for event in play.said(Queued) if isinstance(event, Queued)][-2:]
    assert [(event.reason, event.operator) for event in queued] == [("operator-left", "Ann")] * 2
    assert not play.person("Ann").chats


def test_who_lost_an_operator_is_offered_to_another_at_once_before_those_who_wait(play: Play) -> None:
    chat = play.chat("vera")
    play.operator("Bob", max_chats=1)
    play.queues("Bob", play.asks("tom"))
    play.signs_out("Ann")
    assert play.rings_at(chat) == ["Bob"]
    play.accepts("Bob", chat)
    assert play.state(chat) is State.ACTIVE
    assert play.conversation(chat).operator == "Bob"


def test_those_who_lost_their_operators_wait_first_in_first_out(play: Play) -> None:
    play.operator("Bob")
    second, first = play.chat("tom", "Bob"), play.chat("vera", "Ann")
    normal = play.asks("late")
    play.passes(31)
    play.closes_tab("Ann")
    play.passes(61)
    assert play.rings_at(first) == ["Bob"]
    play.declines("Bob", first)
    play.signs_out("Bob")
    assert play.line("Support") == [first, second, normal]


def test_an_operator_who_comes_back_within_the_grace_keeps_the_chats(play: Play) -> None:
    chat = play.chat("vera")
    play.closes_tab("Ann")
    play.passes(59)
    play.arrives("Ann")
    play.passes(300)
    assert play.state(chat) is State.ACTIVE
    assert play.person("Ann").live_help


def test_a_lost_operator_gets_the_visitor_back_only_when_available_again(play: Play) -> None:
    chat = play.chat("vera")
    play.closes_tab("Ann")
    play.passes(61)
    assert play.rings_at(chat) == []
    assert getattr(play.said(LiveHelpSwitched)[-1], "reason", "") == "gone"
    play.arrives("Ann")
    assert play.rings_at(chat) == []
    play.switches("Ann", on=True)
    assert play.rings_at(chat) == ["Ann"]


def test_who_declined_before_is_not_asked_again_but_may_take_it_by_hand(play: Play) -> None:
    play.operator("Ann")
    play.operator("Bob")
    chat = play.asks("vera")
    play.declines("Bob", chat)
    play.accepts("Ann", chat)
    play.signs_out("Ann")
    assert play.rings_at(chat) == []
    assert refusal(play.accepts("Bob", chat)) is None


def test_who_had_only_their_notice_is_asked_again_for_a_visitor_who_lost_an_operator(play: Play) -> None:
    play.operator("Bob")
    play.operator("Ann")
    chat = play.asks("vera")
    play.passes(31)
    play.accepts("Ann", chat)
    play.signs_out("Ann")
    assert play.rings_at(chat) == ["Bob"]


def test_a_queued_visitor_who_lost_an_operator_may_leave_a_message_or_go(play: Play) -> None:
    left, gone = play.chat("vera"), play.chat("tom")
    play.signs_out("Ann")
    play.leaves_message("vera")
    play.leaves_site("tom")
    play.passes(61)
    assert play.state(left) is State.LEFT
    assert [getattr(event, "conversation", "") for event in play.said(Abandoned)] == [gone]


def test_a_message_to_an_empty_chair_is_refused_and_the_words_stay(play: Play) -> None:
    chat = play.chat("vera")
    play.writes(operator("Ann"), chat)
    play.signs_out("Ann")
    assert refusal(play.writes(visitor("vera"), chat)) == "not-active"
    play.operator("Bob", on=False)
    play.accepts("Bob", chat)
    assert play.sees(visitor("vera"), chat, 99) != []  # what Ann wrote is there for both


# --- both ----------------------------------------------------------------------------------------------------------


def test_after_a_restart_both_have_their_graces_anew(play: Play) -> None:
    chat = play.chat("vera")
    play.closes_tab("Ann")
    play.passes(50)
    play.restarts()
    play.returns("vera")
    play.passes(50)
    assert play.state(chat) is State.ACTIVE
    play.passes(11)
    assert play.state(chat) is State.QUEUED


def test_the_chat_of_a_lost_visitor_frees_the_operator_for_who_waits(play: Play) -> None:
    play.operator("Ann", max_chats=1)
    play.chat("vera")
    waits = play.asks("tom")
    play.leaves_site("vera")
    play.passes(61)
    assert play.rings_at(waits) == ["Ann"]
    assert getattr(play.said(OfferMade)[-1], "reason", "") == "freed"


def test_a_chat_that_both_have_lost_at_once_is_over_and_queued_for_nobody(play: Play) -> None:
    chat = play.chat("vera")
    play.restarts()
    play.passes(61)
    assert not play.said(Queued)
    assert [getattr(event, "conversation", "") for event in play.said(Lost)] == [chat]
