"""The queue and the routing rules, as scripts: who is asked, who takes it, who waits."""

from engine.events import Abandoned, Accepted, OfferMade, OfferTimedOut, OfferWithdrawn, Queued
from engine.talk import State
from tests.engine.desk.play import Play, operator, refusal, visitor


def test_asking_rings_at_every_available_operator_of_the_department(play: Play) -> None:
    play.operator("Ann")
    play.operator("Bob")
    play.operator("Cid", "Sales")
    play.operator("Off", on=False)
    chat = play.asks("vera")
    assert play.state(chat) is State.ROUTING
    assert play.rings_at(chat) == ["Ann", "Bob"]


def test_asking_with_nobody_there_queues_and_says_so(play: Play) -> None:
    play.operator("Ann", on=False)
    chat = play.asks("vera")
    assert play.state(chat) is State.QUEUED
    assert [event.reason for event in play.said(Queued) if isinstance(event, Queued)] == ["nobody"]


def test_asking_with_everybody_full_queues_and_says_so(play: Play) -> None:
    play.operator("Ann", max_chats=1)
    play.accepts("Ann", play.asks("tom"))
    chat = play.asks("vera")
    assert play.state(chat) is State.QUEUED
    assert getattr(play.said(Queued)[-1], "reason", "") == "full"


def test_exactly_one_of_two_gets_it_and_the_other_hears_who(play: Play) -> None:
    play.operator("Ann")
    play.operator("Bob")
    chat = play.asks("vera")
    play.accepts("Bob", chat)
    said = play.accepts("Ann", chat)
    assert refusal(said) == "taken"
    assert getattr(said, "by", None) == "Bob"
    assert len(play.said(Accepted)) == 1
    assert play.rings_at(chat) == []


def test_accepting_twice_by_the_same_operator_changes_nothing(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera")
    play.accepts("Ann", chat)
    assert play.accepts("Ann", chat) == []


def test_one_decline_leaves_it_ringing_for_the_other(play: Play) -> None:
    play.operator("Ann")
    play.operator("Bob")
    chat = play.asks("vera")
    play.declines("Ann", chat)
    assert play.state(chat) is State.ROUTING
    assert play.rings_at(chat) == ["Bob"]


def test_declined_by_all_is_queued_without_a_second_ring(play: Play) -> None:
    play.operator("Ann")
    play.operator("Bob")
    chat = play.asks("vera")
    play.declines("Ann", chat)
    play.declines("Bob", chat)
    play.passes(300)
    assert play.state(chat) is State.QUEUED
    assert len(play.said(OfferMade)) == 1


def test_queue_withdraws_it_from_all_without_a_second_notice(play: Play) -> None:
    play.operator("Ann")
    play.operator("Bob")
    chat = play.asks("vera")
    play.queues("Ann", chat)
    play.passes(300)
    assert play.state(chat) is State.QUEUED
    assert play.rings_at(chat) == []
    assert len(play.said(OfferMade)) == 1


def test_nobody_answering_in_time_queues(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera")
    play.passes(29)
    assert play.state(chat) is State.ROUTING
    play.passes(2)
    assert play.state(chat) is State.QUEUED
    assert getattr(play.said(Queued)[-1], "reason", "") == "timeout"


def test_who_becomes_available_while_it_rings_gets_it_too(play: Play) -> None:
    play.operator("Ann")
    play.operator("Bob", on=False)
    chat = play.asks("vera")
    play.switches("Bob", on=True)
    assert play.rings_at(chat) == ["Ann", "Bob"]


def test_live_help_going_off_everywhere_while_it_rings_queues(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera")
    play.switches("Ann", on=False)
    assert play.state(chat) is State.QUEUED
    assert getattr(play.said(Queued)[-1], "reason", "") == "nobody"


def test_the_longest_waiting_is_offered_to_who_becomes_available(play: Play) -> None:
    play.operator("Ann", on=False, max_chats=1)
    first, second = play.asks("vera"), play.asks("tom")
    play.switches("Ann", on=True)
    assert play.rings_at(first) == ["Ann"]
    assert play.rings_at(second) == []
    assert play.state(first) is State.QUEUED


def test_an_offer_from_the_queue_moves_to_the_next_after_the_timeout(play: Play) -> None:
    play.operator("Ann", on=False)
    play.operator("Bob", on=False)
    chat = play.asks("vera")
    play.switches("Ann", on=True)
    play.switches("Bob", on=True)
    assert play.rings_at(chat) == ["Ann"]
    play.passes(31)
    assert play.rings_at(chat) == ["Bob"]
    play.passes(31)
    assert play.rings_at(chat) == []
    assert len(play.said(OfferTimedOut)) == 2
    assert play.state(chat) is State.QUEUED


def test_an_offer_is_never_made_again_to_one_who_declined(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera")
    play.declines("Ann", chat)
    play.switches("Ann", on=False)
    play.switches("Ann", on=True)
    assert play.rings_at(chat) == []


def test_ending_a_chat_brings_the_next_from_the_queue(play: Play) -> None:
    play.operator("Ann", max_chats=1)
    busy = play.asks("tom")
    play.accepts("Ann", busy)
    chat = play.asks("vera")
    play.ends(operator("Ann"), busy)
    assert play.rings_at(chat) == ["Ann"]


def test_becoming_full_stops_the_other_rings(play: Play) -> None:
    play.operator("Ann", max_chats=1)
    play.operator("Bob")
    first, second = play.asks("vera"), play.asks("tom")
    play.accepts("Ann", first)
    assert play.rings_at(second) == ["Bob"]
    assert len(play.said(OfferWithdrawn)) == 1


def test_what_rang_at_who_is_full_now_rings_at_who_is_free_by_that_and_ends(play: Play) -> None:
    play.operator("Ann", max_chats=1, on=False)
    play.operator("Bob", max_chats=1, on=False)
    offered = play.asks("vera")
    play.switches("Ann", on=True)
    play.switches("Bob", on=True)
    ringing = play.asks("tom")
    assert (play.rings_at(offered), play.rings_at(ringing)) == (["Ann"], ["Bob"])
    play.accepts("Bob", offered)
    assert play.rings_at(ringing) == ["Ann"]
    play.passes(play.desk.state.settings.response_timeout)
    assert play.state(ringing) is State.QUEUED


def test_an_offer_to_one_alone_counts_against_the_maximum_but_a_ring_does_not(play: Play) -> None:
    play.operator("Ann", max_chats=1)
    ringing = [play.asks("v1"), play.asks("v2")]
    assert all(play.rings_at(chat) == ["Ann"] for chat in ringing)
    play.switches("Ann", on=False)
    play.switches("Ann", on=True)
    assert [play.rings_at(chat) for chat in ringing] == [["Ann"], []]


def test_taking_from_the_queue_by_hand_may_exceed_the_maximum(play: Play) -> None:
    play.operator("Ann", max_chats=1)
    play.accepts("Ann", play.asks("tom"))
    chat = play.asks("vera")
    play.accepts("Ann", chat)
    assert play.state(chat) is State.ACTIVE
    assert play.person("Ann").load == 2


def test_taking_by_hand_closes_the_offer_made_to_another(play: Play) -> None:
    play.operator("Ann", on=False)
    play.operator("Bob", on=False)
    chat = play.asks("vera")
    play.switches("Ann", on=True)
    play.accepts("Bob", chat)
    assert play.state(chat) is State.ACTIVE
    assert play.person("Ann").load == 0


def test_an_operator_of_another_department_cannot_take_it(play: Play) -> None:
    play.operator("Cid", "Sales")
    chat = play.asks("vera", "Support")
    assert refusal(play.accepts("Cid", chat)) == "not-offered"


def test_a_queued_visitor_who_is_gone_past_the_grace_has_abandoned(play: Play) -> None:
    chat = play.asks("vera")
    play.leaves_site("vera")
    play.passes(59)
    assert play.state(chat) is State.QUEUED
    play.passes(2)
    assert [getattr(event, "reason", "") for event in play.said(Abandoned)] == ["gone"]


def test_a_visitor_who_returns_within_the_grace_keeps_the_place(play: Play) -> None:
    chat = play.asks("vera")
    play.leaves_site("vera")
    play.passes(30)
    play.views("vera", "http://shop.test/cart")
    play.passes(300)
    assert play.state(chat) is State.QUEUED


def test_cancelling_while_it_rings_stops_the_ring(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera")
    play.cancels("vera", chat)
    assert play.state(chat) is State.ABANDONED
    assert not play.person("Ann").rings


def test_asking_again_is_the_same_conversation(play: Play) -> None:
    play.operator("Ann")
    assert play.asks("vera") == play.asks("vera")
    play.accepts("Ann", play.asks("vera"))
    assert play.state(play.asks("vera")) is State.ACTIVE


def test_a_message_left_out_of_the_queue_ends_the_waiting(play: Play) -> None:
    chat = play.asks("vera")
    play.leaves_message("vera")
    assert play.state(chat) is State.LEFT
    assert not play.desk.state.departments[play.conversation(chat).department].queue


def test_a_sixth_left_message_in_a_day_is_refused_with_the_wait(play: Play) -> None:
    play.views("vera")
    assert [refusal(play.leaves_message("vera")) for _ in range(5)] == [None] * 5
    said = play.leaves_message("vera")
    assert refusal(said) == "too-fast"
    assert 86_000 < (getattr(said, "limit", 0) or 0) <= 86_401


def test_after_a_restart_ring_and_graces_begin_anew(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera")
    play.passes(20)
    play.restarts()
    play.passes(20)
    assert play.rings_at(chat) == ["Ann"]
    play.passes(11)
    assert play.state(chat) is State.QUEUED


def test_an_operator_gone_past_the_grace_is_not_available(play: Play) -> None:
    play.operator("Ann")
    play.closes_tab("Ann")
    play.passes(30)
    assert play.person("Ann").live_help
    play.arrives("Ann")
    play.passes(300)
    assert play.person("Ann").live_help
    play.closes_tab("Ann")
    play.passes(61)
    assert not play.person("Ann").live_help


def test_signing_out_switches_live_help_off_at_once(play: Play) -> None:
    play.operator("Ann")
    play.signs_out("Ann")
    assert not play.person("Ann").live_help
    assert refusal(play.switches("Ann", on=True)) == "signed-out"


def test_messages_go_both_ways_and_stop_at_the_end(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera")
    assert refusal(play.writes(visitor("vera"), chat)) == "not-active"
    play.accepts("Ann", chat)
    assert refusal(play.writes(visitor("vera"), chat)) is None
    assert refusal(play.writes(operator("Ann"), chat)) is None
    assert refusal(play.writes(visitor("tom"), chat)) == "not-yours"
    assert refusal(play.writes(operator("Ann"), chat, "  ")) == "empty"
    play.ends(visitor("vera"), chat)
    assert refusal(play.writes(operator("Ann"), chat)) == "ended"
    assert refusal(play.ends(operator("Ann"), chat)) == "ended"


def test_unknown_departments_and_conversations_are_refused(play: Play) -> None:
    play.operator("Ann")
    assert refusal(play.ask("vera", "Nowhere")) == "unknown-department"
    assert refusal(play.accepts("Ann", play.asks("vera"))) is None
    nowhere = type(play.asks("vera"))("nowhere")
    assert refusal(play.accepts("Ann", nowhere)) == "unknown-conversation"
