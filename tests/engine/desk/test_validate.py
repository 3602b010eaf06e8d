"""The invariants catch what breaks them: each state here cannot come about, and is named when it does."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from engine.desk import Invalid
from engine.events import ConversationId, DepartmentId
from engine.talk import State
from tests.engine.desk.play import BEGIN, SHOP, Play


def a_day(play: Play) -> None:
    """A conversation in every open state, two heads of the queue and a left message."""
    play.operator("Bob", max_chats=9)
    play.operator("Ann", max_chats=9)
    play.chat("active")
    play.holds("Ann", play.chat("held"))
    for name in ("first", "second"):
        play.chat(name, "Bob")
    play.asks("rings")
    play.invited("Ann", "invited")
    play.views("left")
    play.leaves_message("left")
    play.signs_out("Bob")
    play.queues("Ann", play.asks("queued"))


def of(play: Play, name: str) -> ConversationId:
    return next(one.id for one in play.desk.state.conversations.values() if one.visitor == name)


def chair_is_empty(play: Play) -> None:
    play.person("Ann").present = play.person("Ann").live_help = False


def visitor_is_gone(play: Play) -> None:
    play.desk.state.visitors[play.conversation(of(play, "held")).visitor].visit = None


def routing_is_silent(play: Play) -> None:
    chat = play.conversation(of(play, "rings"))
    chat.ringing, chat.until = {}, None
    play.person("Ann").rings.clear()


def invitation_never_ends(play: Play) -> None:
    play.conversation(of(play, "invited")).expires = None


def invitation_is_nobodys(play: Play) -> None:
    play.conversation(of(play, "invited")).inviter = None


def queue_is_out_of_turn(play: Play) -> None:
    support = play.desk.state.departments[play.conversation(of(play, "queued")).department]
    support.queue.move_to_end(of(play, "queued"), last=False)


def heads_are_out_of_turn(play: Play) -> None:
    play.conversation(of(play, "first")).queued_at = BEGIN + timedelta(days=1)


def queued_is_in_no_queue(play: Play) -> None:
    chat = play.conversation(of(play, "queued"))
    del play.desk.state.departments[chat.department].queue[chat.id]


def chat_is_not_counted(play: Play) -> None:
    del play.person("Ann").chats[of(play, "held")]


def rings_at_who_wraps_up(play: Play) -> None:
    play.person("Ann").wraps_up_until = BEGIN + timedelta(days=1)


def left_message_is_forgotten(play: Play) -> None:
    play.desk.state.visitors[play.conversation(of(play, "left")).visitor].closed.clear()


def loss_goes_on(play: Play) -> None:
    play.conversation(of(play, "active")).lost = True


def open_one_is_nobodys(play: Play) -> None:
    play.desk.state.visitors[play.conversation(of(play, "rings")).visitor].conversation = None


def sees_what_nobody_wrote(play: Play) -> None:
    play.conversation(of(play, "active")).unseen.by_visitor.append(99)


def serves_though_disabled(play: Play) -> None:
    play.person("Ann").serves = False


def rings_in_a_department_of_others(play: Play) -> None:
    ann = play.person("Ann")
    for department in ann.departments:
        play.desk.state.departments[department].operators.remove(ann.id)
    ann.departments = ()


def department_knows_nothing_of_who_serves_it(play: Play) -> None:
    play.desk.state.departments[DepartmentId("Support")].operators.clear()


def department_is_served_by_somebody_else(play: Play) -> None:
    play.desk.state.departments[DepartmentId("Sales")].operators.append(play.person("Ann").id)


def department_in_use_is_removed(play: Play) -> None:
    del play.desk.state.parts[DepartmentId("Support")]


def part_is_not_there(play: Play) -> None:
    play.desk.state.sites.clear()


def site_is_not_set(play: Play) -> None:
    del play.desk.state.parts[SHOP]


@pytest.mark.parametrize(
    ("breaks", "said"),
    [
        (chair_is_empty, "served by an empty chair"),
        (visitor_is_gone, "open for a visitor who is not there"),
        (routing_is_silent, "rings at nobody"),
        (invitation_never_ends, "an open invitation, or runs out, but not both"),
        (invitation_is_nobodys, "an invitation by nobody"),
        (queue_is_out_of_turn, "lets somebody wait out of turn"),
        (heads_are_out_of_turn, "lets somebody wait out of turn"),
        (queued_is_in_no_queue, "is queued, or in the queue, but not both"),
        (chat_is_not_counted, "has chats that are not those they serve"),
        (rings_at_who_wraps_up, "is asked but not available"),
        (left_message_is_forgotten, "closed and will never be forgotten"),
        (loss_goes_on, "over by a loss, but goes on"),
        (open_one_is_nobodys, "is open, or its visitor's open one, but not both"),
        (sees_what_nobody_wrote, "has not seen messages that nobody wrote"),
        (serves_though_disabled, "is here, but may not serve"),
        (rings_in_a_department_of_others, "is asked for a department that is not theirs"),
        (department_knows_nothing_of_who_serves_it, "serves a department that does not know of it"),
        (department_is_served_by_somebody_else, "has an operator who does not serve it"),
        (department_in_use_is_removed, "is removed, but in use"),
        (part_is_not_there, "is set, but not there"),
        (site_is_not_set, "a site is there, but not set"),
    ],
)
def test_what_may_not_be_is_named(play: Play, breaks: Callable[[Play], None], said: str) -> None:
    a_day(play)
    play.desk.validate()
    breaks(play)
    with pytest.raises(Invalid, match=said):
        play.desk.validate()


def test_the_day_of_these_tests_has_every_open_state(play: Play) -> None:
    a_day(play)
    states = {one.state for one in play.desk.state.conversations.values()}
    assert states == {State.INVITED, State.ROUTING, State.QUEUED, State.ACTIVE, State.ON_HOLD, State.LEFT}
