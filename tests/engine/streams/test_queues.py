"""The Communication Queue, a visitor's place in it, my conversations, the Message Queue."""

from typing import Any

from engine.streams.views import left_messages, mine, place, queue
from tests.engine.story import Story
from tests.engine.streams.folding import shown

# --- the Communication Queue


def waiting(story: Story, department: str = "Support") -> Any:
    return shown(queue.PIPELINE, story).get(department, {})


def test_a_queued_visitor_has_a_row_with_the_reason(story: Story) -> None:
    story.operator("Ann", on=True)
    vera = story.visitor("vera", ordinal=2).asks(name="Vera").rings_at("Ann")
    assert len(waiting(story)) == 0
    vera.is_queued("by-operator", by="Ann")
    row = waiting(story)[vera.talk]
    assert (row.name, row.department, row.visits, row.place) == ("Vera", "Support", 2, 1)
    assert (row.status, row.offered_to, row.reason, row.by) == ("waiting", None, "by-operator", "Ann")
    assert row.asked < row.since == story.now


def test_places_move_up_within_a_department(story: Story) -> None:
    vera = story.visitor("vera").asks().is_queued()
    wim = story.visitor("wim").asks().is_queued()
    xenia = story.visitor("xenia").asks("Sales").is_queued()
    assert [waiting(story)[one.talk].place for one in (vera, wim)] == [1, 2]
    assert waiting(story, "Sales")[xenia.talk].place == 1
    vera.is_accepted_by("Ann")
    assert {row.id: row.place for row in waiting(story).values()} == {"c-wim": 1}
    wim.cancels()
    xenia.leaves_message(department="Sales")
    assert len(shown(queue.PIPELINE, story)) == 0


def test_an_offer_shows_to_whom_and_leaves_the_place(story: Story) -> None:
    story.operator("Ann", on=True)
    vera = story.visitor("vera").asks().is_queued().is_offered_to("Ann")
    row = waiting(story)[vera.talk]
    assert (row.status, row.offered_to, row.place) == ("offered", "Ann", 1)
    vera.is_declined_by("Ann")
    assert waiting(story)[vera.talk].status == "waiting"


def test_rows_say_their_turn_over_several_departments(story: Story) -> None:
    story.operator("Ann", on=True)
    vera = story.visitor("vera").asks().is_queued()
    xenia = story.visitor("xenia").asks("Sales").is_queued()
    wim = story.visitor("wim").asks().is_queued()
    lost = story.visitor("lost").asks("Sales").is_accepted_by("Ann").is_queued("operator-lost", by="Ann")
    rows = [*waiting(story).values(), *waiting(story, "Sales").values()]
    assert [row.id for row in sorted(rows, key=lambda row: row.turn)] == [lost.talk, vera.talk, xenia.talk, wim.talk]


# --- a visitor's place


def test_the_place_moves_up_and_says_whether_somebody_is_there(story: Story) -> None:
    vera = story.visitor("vera").asks().is_queued("nobody")
    wim = story.visitor("wim").asks().is_queued("nobody")
    stand = shown(place.PIPELINE, story)[wim.talk]
    assert (stand.place, stand.wait_s, stand.staffed) == (2, None, False)
    ann = story.operator("Ann")
    ann.arrives()
    assert shown(place.PIPELINE, story)[wim.talk].staffed is True
    vera.cancels()
    places = shown(place.PIPELINE, story)
    assert vera.talk not in places
    assert places[wim.talk].place == 1
    ann.signs_out()
    assert shown(place.PIPELINE, story)[wim.talk].staffed is False


def test_the_usual_wait_is_the_median_of_the_departments_answered_waits(story: Story) -> None:
    guests = [story.visitor(f"v{number}").asks() for number in range(3)]
    sales = story.visitor("sales").asks("Sales")
    story.passes(60)
    guests[0].is_accepted_by("Ann")
    sales.is_accepted_by("Bob")
    story.passes(60)
    guests[1].is_accepted_by("Ann")
    guests[2].cancels()
    wim = story.visitor("wim").asks().is_queued()
    assert shown(place.PIPELINE, story)[wim.talk].wait_s == 90
    story.passes(3_600 - 30)
    assert shown(place.PIPELINE, story)[wim.talk].wait_s == 120
    story.passes(60)
    assert shown(place.PIPELINE, story)[wim.talk].wait_s is None


# --- my conversations


def test_who_serves_sees_the_last_line_and_since_when_the_visitor_waits(story: Story) -> None:
    vera = story.visitor("vera").asks(name="Vera").is_accepted_by("Ann")
    accepted = story.now
    row = shown(mine.PIPELINE, story)["Ann"][vera.talk]
    known = (row.name, row.state, row.since, row.waiting_since, row.last)
    assert known == ("Vera", "active", accepted, accepted, None)  # a first word is owed from then on
    vera.writes("Hello")
    vera.writes("x" * 500)
    row = shown(mine.PIPELINE, story)["Ann"][vera.talk]
    assert (row.waiting_since, row.last.author, row.last.text, row.number) == (accepted, "visitor", "x" * 120, 4)
    vera.is_told("Good day", by="Ann")
    row = shown(mine.PIPELINE, story)["Ann"][vera.talk]
    assert (row.waiting_since, row.last.author, row.last.text) == (None, "operator", "Good day")
    vera.writes("And now?")
    asked = story.now
    vera.writes("Hello?")
    assert shown(mine.PIPELINE, story)["Ann"][vera.talk].waiting_since == asked


def test_a_lost_visitor_is_seen_as_lost(story: Story) -> None:
    vera = story.visitor("vera").asks().is_accepted_by("Ann")
    vera.is_lost()
    assert shown(mine.PIPELINE, story)["Ann"][vera.talk].here is False
    vera.views("https://shop.test/back", "Back")
    row = shown(mine.PIPELINE, story)["Ann"][vera.talk]
    assert (row.here, row.title) == (True, "Back")


def test_a_conversation_that_ended_is_gone_with_all_it_held(story: Story) -> None:
    story.visitor("vera").asks().is_accepted_by("Ann").writes("Hello").ends()
    story.visitor("wim").asks().is_accepted_by("Bob")
    assert set(shown(mine.PIPELINE, story)) == {"Bob"}


# --- the Message Queue


def test_a_left_message_is_in_its_departments_queue(story: Story) -> None:
    vera = story.visitor("vera").asks("Sales").is_queued().leaves_message("Call me", department="Sales", name="Vera")
    rows = shown(left_messages.PIPELINE, story)
    assert set(rows) == {"Sales"}
    row = rows["Sales"][vera.talk]
    assert (row.name, row.email, row.subject, row.text) == ("Vera", "vera@example.org", "A question", "Call me")
    assert (row.department, row.site, row.state, row.at) == ("Sales", "Shop", "open", story.now)
    assert row.may == ("answer", "close", "engage")
