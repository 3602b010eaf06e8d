"""The facts of conversations, offers and messages: which rows a story makes."""

from engine.facts import conversations, left_message_texts, left_messages, message_texts, messages, offers
from tests.engine.facts.folding import folded, open_of, rows_of
from tests.engine.story import Story


def test_an_answered_conversation_is_one_row_once_it_is_over() -> None:
    story = Story()
    vera = story.visitor("vera").asks("Sales").rings_at("Otto")
    story.passes(20)
    vera.is_queued()
    story.passes(10)
    vera.is_accepted_by("Otto").writes("Hello?")
    story.passes(15)
    vera.is_told("Good morning", by="Otto").is_told("How can I help?", by="Otto").writes("I am lost")
    story.passes(60)
    assert rows_of(conversations, story) == []
    vera.ends()
    (row,) = rows_of(conversations, story)
    assert (row.conversation, row.visitor, row.department, row.operator) == ("c-vera", "vera", "Sales", "Otto")
    assert (row.state, row.outcome, row.reason) == ("ended", "answered", "by-visitor")
    assert (row.visitor_messages, row.operator_messages) == (2, 2)
    assert (round(row.first_response_s), round(row.duration_s)) == (15, 75)
    assert row.asked_at < row.queued_at < row.accepted_at < row.first_response_at < row.ended_at
    assert open_of(conversations, story) == []


def test_an_unfinished_conversation_stands_in_the_state() -> None:
    story = Story()
    vera = story.visitor("vera").asks()
    assert [row.state for row in open_of(conversations, story)] == ["routing"]
    first = vera.is_queued("nobody").story.now
    vera.is_accepted_by("Otto").is_queued("operator-lost", by="Otto")
    (row,) = open_of(conversations, story)
    assert (row.state, row.queued_at) == ("queued", first)
    vera.is_accepted_by("Otto")
    (row,) = open_of(conversations, story)
    assert (row.state, row.outcome, row.first_response_s, row.duration_s) == ("active", None, None, None)


def test_who_leaves_before_an_answer_has_abandoned_it() -> None:
    story = Story()
    story.visitor("vera").asks().cancels()
    (row,) = rows_of(conversations, story)
    assert (row.state, row.outcome, row.reason, row.operator) == ("abandoned", "abandoned", "cancelled", None)
    assert row.duration_s is None


def test_a_message_left_ends_the_wait_or_is_the_whole_conversation() -> None:
    story = Story()
    story.visitor("vera").asks().leaves_message("Call me", name="Vera")
    story.visitor("wim").leaves_message("Write me", department="Sales")
    waited, came = rows_of(conversations, story)
    assert (waited.outcome, came.outcome, came.department) == ("left-message", "left-message", "Sales")
    assert waited.asked_at is not None
    assert came.asked_at is None
    first, second = rows_of(left_messages, story)
    assert (first.waited, second.waited) == (True, False)
    texts = rows_of(left_message_texts, story)
    assert [(text.name, text.email, text.text) for text in texts] == [
        ("Vera", "vera@example.org", "Call me"),
        (None, "wim@example.org", "Write me"),
    ]


def test_a_message_and_its_text_are_rows_apart() -> None:
    story = Story()
    story.visitor("vera").asks().is_accepted_by("Otto").writes("Hello").is_told("Hi", by="Otto").ends()
    visitors, operators = rows_of(messages, story)
    assert (visitors.author, visitors.operator, visitors.number) == ("visitor", None, 3)
    assert (operators.author, operators.operator, operators.number) == ("operator", "Otto", 4)
    texts = rows_of(message_texts, story)
    assert [(text.message, text.text) for text in texts] == [(visitors.message, "Hello"), (operators.message, "Hi")]


def ends(story: Story) -> list[tuple[str, str, str | None]]:
    return [(row.operator, row.policy, row.outcome) for row in rows_of(offers, story)]


def test_each_operator_who_is_asked_has_an_offer_and_one_takes_it() -> None:
    story = Story()
    vera = story.visitor("vera").asks().rings_at("Ann", "Bob")
    story.passes(5)
    vera.rings_also_at("Cid")
    story.passes(5)
    assert ends(story) == []
    vera.is_accepted_by("Bob")
    rows = {row.operator: row for row in rows_of(offers, story)}
    assert {name: row.outcome for name, row in rows.items()} == {
        "Ann": "taken-by-other",
        "Bob": "accepted",
        "Cid": "taken-by-other",
    }
    assert (round(rows["Bob"].seconds), round(rows["Cid"].seconds)) == (10, 5)
    assert (rows["Bob"].reason, rows["Cid"].reason) == ("asked", "extended")
    (asking,) = open_of(offers, story)
    assert offers.unfinished(asking) == ()
    vera.ends()
    assert open_of(offers, story) == []


def test_declined_withdrawn_and_timed_out_offers_end_one_by_one() -> None:
    story = Story()
    vera = story.visitor("vera").asks().rings_at("Ann", "Bob", "Cid")
    vera.is_declined_by("Ann").is_withdrawn_from("Bob").is_queued("timeout")
    vera.is_offered_to("Dan").is_not_answered_by("Dan").is_offered_to("Ann").cancels()
    assert ends(story) == [
        ("Ann", "broadcast", "declined"),
        ("Bob", "broadcast", "withdrawn"),
        ("Cid", "broadcast", "timed-out"),
        ("Dan", "queue", "timed-out"),
        ("Ann", "queue", "left"),
    ]


def test_a_request_put_in_the_queue_by_hand_ends_its_ring_without_a_miss() -> None:
    story = Story()
    story.visitor("vera").asks().rings_at("Ann", "Bob").is_queued("by-operator", by="Ann")
    assert sorted(ends(story)) == [("Ann", "broadcast", "queued"), ("Bob", "broadcast", "queued")]


def test_what_is_taken_by_hand_was_never_offered() -> None:
    story = Story()
    story.visitor("vera").asks().is_queued("nobody").is_accepted_by("Ann")
    assert ends(story) == []


def test_an_offer_that_rings_stands_in_the_state() -> None:
    story = Story()
    story.visitor("vera").asks().rings_at("Ann", "Bob").is_declined_by("Ann")
    state, _ = folded(offers, story.events)
    (asking,) = state.open.values()
    assert [row.operator for row in offers.unfinished(asking)] == ["Bob"]
