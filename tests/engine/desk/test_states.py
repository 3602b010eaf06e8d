"""The table of states (`engine/desk/transitions.py`), row by row: each test is named after its row."""

from typing import Any

from engine.commands import Refused
from engine.events import Abandoned, Accepted, Event, InvitationExpired, Lost, Queued
from engine.talk import State
from tests.engine.desk.play import Play, operator, refusal, visitor


def reasons(play: Play, kind: type[Event]) -> list[Any]:
    return [getattr(event, "reason", None) for event in play.said(kind)]


# --- beginnings ----------------------------------------------------------------------------------------------------


def test_nothing_a_visitor_asks_is_routing(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera")
    assert play.state(chat) is State.ROUTING
    assert play.rings_at(chat) == ["Ann"]


def test_nothing_an_operator_invites_is_invited(play: Play) -> None:
    play.operator("Ann")
    chat = play.invited("Ann", "vera")
    assert play.state(chat) is State.INVITED
    assert play.conversation(chat).inviter == "Ann"
    assert play.person("Ann").load == 0


# --- invited -------------------------------------------------------------------------------------------------------


def test_invited_start_chat_is_active_with_the_inviter(play: Play) -> None:
    play.operator("Bob")
    play.operator("Ann")
    chat = play.invited("Ann", "vera")
    play.starts("vera", chat)
    assert play.state(chat) is State.ACTIVE
    assert play.conversation(chat).operator == "Ann"
    assert not play.person("Bob").rings


def test_invited_closed_is_refused(play: Play) -> None:
    play.operator("Ann")
    chat = play.invited("Ann", "vera")
    play.refuses("vera", chat)
    assert play.state(chat) is State.REFUSED


def test_invited_taken_back_is_expired(play: Play) -> None:
    play.operator("Ann")
    chat = play.invited("Ann", "vera")
    play.takes_back("Ann", chat)
    assert play.state(chat) is State.EXPIRED
    play.passes(200)
    assert play.said(InvitationExpired) == []  # it is over once


def test_invited_unanswered_until_it_expires_is_expired(play: Play) -> None:
    play.operator("Ann")
    chat = play.invited("Ann", "vera")
    play.passes(119)
    assert play.state(chat) is State.INVITED
    play.passes(2)
    assert play.state(chat) is State.EXPIRED
    assert reasons(play, InvitationExpired) == ["timeout"]


def test_invited_the_visitor_leaves_is_expired(play: Play) -> None:
    play.operator("Ann")
    chat = play.invited("Ann", "vera")
    play.leaves_site("vera")
    play.passes(61)
    assert play.state(chat) is State.EXPIRED
    assert reasons(play, InvitationExpired) == ["gone"]


def test_invited_the_visitor_clicks_the_sites_button_is_the_invitation(play: Play) -> None:
    play.operator("Ann")
    chat = play.invited("Ann", "vera")
    assert play.asks("vera") == chat
    assert play.state(chat) is State.INVITED


# --- routing -------------------------------------------------------------------------------------------------------


def test_routing_accept_is_active(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera")
    play.accepts("Ann", chat)
    assert play.state(chat) is State.ACTIVE


def test_routing_all_declined_is_queued(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera")
    play.declines("Ann", chat)
    assert play.state(chat) is State.QUEUED
    assert reasons(play, Queued) == ["declined"]


def test_routing_timeout_is_queued(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera")
    play.passes(31)
    assert play.state(chat) is State.QUEUED
    assert reasons(play, Queued) == ["timeout"]


def test_routing_queue_is_queued(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera")
    play.queues("Ann", chat)
    assert play.state(chat) is State.QUEUED
    assert reasons(play, Queued) == ["by-operator"]


def test_routing_all_full_is_queued(play: Play) -> None:
    play.operator("Ann", max_chats=1)
    first, second = play.asks("tom"), play.asks("vera")
    play.accepts("Ann", first)
    assert play.state(second) is State.QUEUED
    assert reasons(play, Queued) == ["full"]


def test_routing_nobody_of_the_department_is_available_any_more_is_queued(play: Play) -> None:
    play.operator("Ann")
    play.operator("Bob")
    chat = play.asks("vera")
    play.switches("Ann", on=False)
    assert play.state(chat) is State.ROUTING
    play.signs_out("Bob")
    assert play.state(chat) is State.QUEUED
    assert reasons(play, Queued) == ["nobody"]


# --- routing, queued -----------------------------------------------------------------------------------------------


def test_routing_and_queued_the_visitor_leaves_a_message_is_a_left_message(play: Play) -> None:
    play.operator("Ann")
    rings, waits = play.asks("vera"), play.asks("tom", "Sales")
    play.leaves_message("vera")
    play.leaves_message("tom")
    assert [play.state(chat) for chat in (rings, waits)] == [State.LEFT] * 2
    assert not play.person("Ann").rings


def test_routing_and_queued_the_visitor_cancels_is_abandoned(play: Play) -> None:
    play.operator("Ann")
    rings, waits = play.asks("vera"), play.asks("tom", "Sales")
    play.cancels("vera", rings)
    play.cancels("tom", waits)
    assert reasons(play, Abandoned) == ["cancelled"] * 2
    assert not play.person("Ann").rings


def test_routing_and_queued_the_visitor_is_gone_past_the_grace_time_is_abandoned(play: Play) -> None:
    play.operator("Ann")
    play.set("response_timeout", 300)
    rings, waits = play.asks("vera"), play.asks("tom", "Sales")
    for name in ("vera", "tom"):
        play.leaves_site(name)
    play.passes(61)
    abandoned = [event for event in play.said(Abandoned) if isinstance(event, Abandoned)]
    assert [(event.conversation, event.reason) for event in abandoned] == [(rings, "gone"), (waits, "gone")]
    assert not play.person("Ann").rings


def test_queued_next_is_active(play: Play) -> None:
    play.operator("Ann", on=False)
    chat = play.asks("vera")
    play.accepts("Ann", chat)
    assert play.state(chat) is State.ACTIVE
    assert getattr(play.said(Accepted)[0], "how", "") == "by-hand"


def test_queued_offered_when_an_operator_frees_up_and_accepted_is_active(play: Play) -> None:
    play.operator("Ann", max_chats=1)
    first = play.asks("tom")
    play.accepts("Ann", first)
    chat = play.asks("vera")
    play.ends(operator("Ann"), first)
    play.accepts("Ann", chat)
    assert play.state(chat) is State.ACTIVE
    assert getattr(play.said(Accepted)[1], "how", "") == "offer"


def test_queued_nobody_of_the_department_is_signed_in_any_more_stays(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera")
    play.queues("Ann", chat)
    play.signs_out("Ann")
    play.passes(4_000)
    assert play.state(chat) is State.QUEUED


# --- active, on hold -----------------------------------------------------------------------------------------------


def test_active_hold_is_on_hold_and_resume_is_active(play: Play) -> None:
    chat = play.chat("vera")
    play.holds("Ann", chat)
    assert play.state(chat) is State.ON_HOLD
    play.resumes("Ann", chat)
    assert play.state(chat) is State.ACTIVE


def test_active_and_on_hold_end_communication_and_end_chat_are_ended(play: Play) -> None:
    first, second = play.chat("vera"), play.chat("tom")
    play.holds("Ann", second)
    play.ends(operator("Ann"), first)
    play.ends(visitor("tom"), second)
    assert [play.state(chat) for chat in (first, second)] == [State.ENDED] * 2
    assert not play.person("Ann").chats


def test_active_visitors_connection_lost_past_the_grace_is_ended_lost(play: Play) -> None:
    chat = play.chat("vera")
    play.leaves_site("vera")
    play.passes(59)
    assert play.state(chat) is State.ACTIVE
    play.passes(2)
    assert play.state(chat) is State.ENDED
    assert play.conversation(chat).lost
    assert len(play.said(Lost)) == 1


def test_active_visitors_return_within_the_grace_just_goes_on(play: Play) -> None:
    chat = play.chat("vera")
    play.leaves_site("vera")
    play.passes(59)
    play.returns("vera")
    play.passes(300)
    assert play.state(chat) is State.ACTIVE
    assert refusal(play.writes(visitor("vera"), chat)) is None


def test_active_operators_connection_lost_past_the_grace_is_queued_at_the_head(play: Play) -> None:
    chat = play.chat("vera")
    play.operator("Off", on=False)
    waits = play.asks("tom")
    play.queues("Ann", waits)
    play.closes_tab("Ann")
    play.passes(59)
    assert play.state(chat) is State.ACTIVE
    play.passes(2)
    assert play.state(chat) is State.QUEUED
    assert reasons(play, Queued)[-1] == "operator-lost"
    assert play.line("Support") == [chat, waits]


def test_on_hold_visitors_connection_lost_past_the_grace_is_ended_lost(play: Play) -> None:
    chat = play.chat("vera")
    play.holds("Ann", chat)
    play.leaves_site("vera")
    play.passes(61)
    assert play.state(chat) is State.ENDED
    assert play.conversation(chat).lost


def test_on_hold_operators_connection_lost_past_the_grace_is_queued_at_the_head(play: Play) -> None:
    chat = play.chat("vera")
    play.holds("Ann", chat)
    play.closes_tab("Ann")
    play.passes(61)
    assert play.state(chat) is State.QUEUED
    play.operator("Bob")
    play.accepts("Bob", chat)
    assert play.state(chat) is State.ACTIVE


# --- any open ------------------------------------------------------------------------------------------------------


def test_any_open_the_visitor_asks_again_is_the_same_conversation(play: Play) -> None:
    play.operator("Ann", max_chats=9)
    rings = play.asks("v1")
    waits = play.asks("v2")
    play.queues("Ann", waits)
    invited = play.invited("Ann", "v3")
    active, held = play.chat("v4"), play.chat("v5")
    play.holds("Ann", held)
    chats = [rings, waits, invited, active, held]
    before = [play.state(chat) for chat in chats]
    assert [play.asks(f"v{number}") for number in range(1, 6)] == chats
    assert [play.state(chat) for chat in chats] == before


def test_routing_to_on_hold_an_operator_invites_the_same_visitor_is_refused(play: Play) -> None:
    play.operator("Ann", max_chats=9)
    play.operator("Bob", on=False)
    play.asks("v1")
    play.queues("Ann", play.asks("v2"))
    play.chat("v3")
    play.holds("Ann", play.chat("v4"))
    play.invited("Ann", "v5")
    said = [play.invites("Bob", f"v{number}") for number in range(1, 6)]
    waiting = Refused(reason="in-chat", detail="waiting")
    served, invited = Refused(reason="in-chat", by="Ann"), Refused(reason="invited", by="Ann")
    assert said == [waiting, waiting, served, served, invited]


# --- ends ----------------------------------------------------------------------------------------------------------


def test_ended_lost_the_visitor_comes_back_is_ended_and_may_start_again(play: Play) -> None:
    chat = play.chat("vera")
    play.leaves_site("vera")
    play.passes(61)
    play.views("vera")
    assert refusal(play.writes(visitor("vera"), chat)) == "unknown-conversation"  # the core tells: ended long ago
    again = play.asks("vera")
    assert again != chat
    assert play.state(again) is State.ROUTING


def test_left_message_answered_is_answered_and_closed_is_closed(play: Play) -> None:
    play.operator("Ann")
    chat = play.asks("vera")
    play.leaves_message("vera")
    play.marks("Ann", chat, "answered")
    assert play.state(chat) is State.ANSWERED
    play.marks("Ann", chat, "closed")
    assert play.state(chat) is State.CLOSED
