"""Rows of a day's work: invitations, hold, losses, wrap-up, seen and answered messages, hours, identities."""

import pytest

from engine.events import Hours, Opening
from engine.facts import (
    actions,
    conversations,
    departments,
    invitations,
    left_messages,
    messages,
    offers,
    operator_presence,
    persons,
    visits,
    waits,
)
from tests.engine.facts.folding import open_of, rows_of
from tests.engine.story import Story


@pytest.mark.parametrize(
    ("answer", "outcome", "state"), [("refuses", "refused", "refused"), ("lets_expire", "expired", "expired")]
)
def test_an_invitation_that_came_to_nothing_is_a_row_and_a_conversation_but_no_wait(
    answer: str, outcome: str, state: str
) -> None:
    story = Story()
    vera = story.visitor("vera").is_invited_by("Ann")
    story.passes(20)
    getattr(vera, answer)()
    (sent,), (talk,) = rows_of(invitations, story), rows_of(conversations, story)
    assert (sent.operator, sent.outcome, round(sent.seconds)) == ("Ann", outcome, 20)
    assert (talk.state, talk.outcome, talk.invited_by, talk.asked_at) == (state, outcome, "Ann", None)
    assert (rows_of(waits, story), open_of(waits, story), open_of(offers, story)) == ([], [], [])


def test_an_invitation_that_was_taken_back_says_so() -> None:
    story = Story()
    story.visitor("vera").is_invited_by("Ann").is_uninvited_by("Ann")
    (sent,), (talk,) = rows_of(invitations, story), rows_of(conversations, story)
    assert (sent.operator, sent.outcome) == ("Ann", "taken-back")
    assert (talk.outcome, talk.reason, talk.invited_by) == ("taken-back", "by-operator", "Ann")
    assert (rows_of(waits, story), open_of(waits, story), open_of(offers, story)) == ([], [], [])


def test_an_invitation_of_who_went_is_gone() -> None:
    story = Story()
    story.visitor("vera").is_invited_by("Ann").lets_expire("gone")
    assert [row.outcome for row in rows_of(invitations, story)] == ["gone"]


def test_who_takes_an_invitation_and_has_its_operator_at_once_did_not_wait() -> None:
    story = Story()
    story.visitor("vera").is_invited_by("Ann").starts().is_accepted_by("Ann", "invitation").ends()
    (talk,) = rows_of(conversations, story)
    assert rows_of(waits, story) == []
    assert (talk.outcome, talk.asked_at, talk.operator) == ("answered", None, "Ann")
    assert talk.invited_at < talk.accepted_at
    assert [row.outcome for row in rows_of(invitations, story)] == ["accepted"]


def test_who_takes_an_invitation_whose_operator_is_not_free_waits_from_then_on() -> None:
    story = Story()
    vera = story.visitor("vera").is_invited_by("Ann")
    story.passes(50)
    vera.starts().is_queued("full")
    story.passes(10)
    vera.is_accepted_by("Bob", "by-hand").ends()
    (wait,), (talk,) = rows_of(waits, story), rows_of(conversations, story)
    assert (wait.reason, round(wait.seconds), wait.outcome) == ("invited", 10, "answered")
    assert talk.asked_at == wait.asked_at == wait.began_at


def test_a_visitor_who_is_put_back_waits_again_and_is_offered_again() -> None:
    story = Story()
    vera = story.visitor("vera").asks().rings_at("Ann")
    story.passes(10)
    vera.is_accepted_by("Ann")
    story.passes(100)
    vera.is_queued("operator-lost", by="Ann")
    story.passes(30)
    vera.is_offered_to("Bob").is_accepted_by("Bob", "offer").ends()
    first, second = rows_of(waits, story)
    assert (first.reason, round(first.seconds), first.outcome) == ("asked", 10, "answered")
    assert (second.reason, round(second.seconds), second.outcome) == ("operator-lost", 30, "answered")
    assert second.asked_at == first.asked_at < second.began_at
    assert [(row.operator, row.outcome) for row in rows_of(offers, story)] == [("Ann", "accepted"), ("Bob", "accepted")]
    (talk,) = rows_of(conversations, story)
    assert (talk.requeued, talk.operator, round(talk.duration_s)) == (1, "Bob", 130)
    assert open_of(waits, story) == open_of(offers, story) == []


def test_a_second_wait_may_end_without_an_answer() -> None:
    story = Story()
    story.visitor("vera").asks().is_accepted_by("Ann").is_queued("operator-left", by="Ann").cancels()
    assert [row.outcome for row in rows_of(waits, story)] == ["answered", "abandoned"]
    assert [row.outcome for row in rows_of(conversations, story)] == ["abandoned"]


def test_the_time_on_hold_is_summed_whatever_ends_it() -> None:
    story = Story()
    vera = story.visitor("vera").asks().is_accepted_by("Ann").is_held_by("Ann")
    story.passes(10)
    vera.is_resumed_by("Ann").is_held_by("Ann")
    (talk,) = open_of(conversations, story)
    assert (talk.state, round(talk.held_s), talk.held_at) == ("on-hold", 10, story.now)
    story.passes(5)
    vera.is_queued("operator-lost", by="Ann").is_accepted_by("Bob").is_held_by("Bob")
    story.passes(3)
    vera.is_lost_in_chat()
    (talk,) = rows_of(conversations, story)
    assert (round(talk.held_s), talk.held_at, talk.outcome, talk.reason) == (18, None, "answered", "lost")


def test_wrap_up_is_a_span_of_its_own() -> None:
    story = Story()
    ann = story.operator("Ann", on=True)
    vera = story.visitor("vera").asks().is_accepted_by("Ann").ends()
    story.passes(10)
    ann.wraps_up(vera.talk)
    story.passes(20)
    ann.has_wrapped_up()
    story.passes(5)
    ann.wraps_up(vera.talk)
    ann.switches(on=False)
    ann.has_wrapped_up("by-hand")
    ann.signs_out()
    spans = [(row.state, round(row.seconds)) for row in rows_of(operator_presence, story)]
    assert spans == [
        ("not-available", 0),
        ("available", 10),
        ("wrap-up", 20),
        ("available", 5),
        ("wrap-up", 0),
        ("not-available", 0),
    ]


def test_a_message_is_a_row_when_it_is_seen_or_the_chat_is_over() -> None:
    story = Story()
    vera = story.visitor("vera").asks().is_accepted_by("Ann").writes("one").is_told("Hi", by="Ann").writes("two")
    assert rows_of(messages, story) == []
    assert sorted(row.number for row in open_of(messages, story)) == [3, 4, 5]
    story.passes(7)
    vera.is_seen_by("Ann", 3)
    seen_at = story.now
    assert [(row.number, row.seen_at) for row in rows_of(messages, story)] == [(3, seen_at)]
    vera.sees(4).ends().is_seen_by("Ann", 5)
    assert [(row.number, row.author, bool(row.seen_at)) for row in rows_of(messages, story)] == [
        (3, "visitor", True),
        (4, "operator", True),
        (5, "visitor", False),
    ]
    assert open_of(messages, story) == []


def test_each_mark_on_a_left_message_says_what_it_says() -> None:
    story = Story()
    vera = story.visitor("vera").leaves_message()
    vera.message_is_answered_by("Ann").message_is_closed_by("Bob").message_is_reopened_by("Ann")
    left, answered, closed, reopened = rows_of(left_messages, story)
    assert (left.state, left.visitor, left.waited) == ("open", "vera", False)
    assert (answered.state, answered.answered_by, answered.visitor) == ("answered", "Ann", None)
    assert (closed.state, closed.closed_by) == ("closed", "Bob")
    assert (reopened.state, reopened.closed_at) == ("open", None)


def test_a_department_has_its_hours_in_words() -> None:
    story = Story()
    story.hours(
        "Sales", Hours(zone="Europe/Berlin", openings=(Opening(day=4, opens=540, closes=1_440),)), called="Shop"
    )
    support, sales = sorted(open_of(departments, story), key=lambda row: row.place)
    assert (support.zone, support.openings) == (None, None)
    assert (sales.name, sales.place, sales.zone, sales.openings) == ("Shop", 2, "Europe/Berlin", ("Fri 09:00-24:00",))


def test_what_a_site_says_of_a_person_is_told_with_whether_it_is_signed() -> None:
    story = Story()
    vera = story.visitor("vera")
    vera.is_identified("Vera", verified=True)
    vera.is_invited_by("Ann").starts(name="V.")
    _, identified, named = rows_of(persons, story)
    assert (identified.site_user, identified.verified, identified.email) == ("u-vera", True, "vera@shop.test")
    assert (named.name, named.verified) == ("V.", None)


def test_a_visit_knows_how_long_the_visitor_slept() -> None:
    story = Story()
    vera = story.visitor("vera")
    vera.sleeps()
    story.passes(30)
    vera.wakes()
    vera.sleeps()
    (visit,) = open_of(visits, story)
    assert (round(visit.slept_s), visit.slept_at) == (30, story.now)
    story.passes(10)
    vera.is_lost()
    story.passes(60)
    vera.goes()
    (visit,) = rows_of(visits, story)
    assert (round(visit.slept_s), visit.slept_at) == (40, None)  # not the time after she was gone


def test_an_action_is_a_row_with_its_parameters() -> None:
    story = Story()
    story.visitor("vera").does("cart", sku="7", size="L")
    (action,) = rows_of(actions, story)
    assert (action.name, action.parameters) == ("cart", '{"sku":"7","size":"L"}')
