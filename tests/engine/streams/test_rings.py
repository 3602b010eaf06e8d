"""Rings: at whom it rings, and how each ring stops."""

from collections.abc import Callable
from typing import Any

from engine.streams.views import rings
from tests.engine.story import Guest, Story
from tests.engine.streams.folding import shown


def ring_at(story: Story, operator: str, talk: str = "c-vera") -> Any:
    """The ring at an operator, or None."""
    return shown(rings.PIPELINE, story).get(operator, {}).get(talk)


def how_it_stopped(story: Story, operator: str) -> Any:
    ring = ring_at(story, operator)
    return (ring.closed, ring.by)


def test_a_request_rings_at_everybody_who_was_asked(story: Story) -> None:
    story.operator("Ann", on=True)
    vera = story.visitor("vera", ordinal=2, referrer="https://search.test/").asks(name="Vera")
    asked = story.now
    vera.rings_at("Ann", "Bob")
    ring = ring_at(story, "Ann")
    assert ring == ring_at(story, "Bob")
    assert (ring.name, ring.department, ring.mode, ring.visits) == ("Vera", "Support", "text", 2)
    assert (ring.since, ring.policy, ring.closed, ring.by) == (asked, "broadcast", None, None)
    assert (ring.address, ring.referrer, ring.origin) == ("https://shop.test/", "https://search.test/", "192.0.2.1")
    assert ring_at(story, "Cid") is None


def test_who_becomes_available_gets_it_too_until_the_same_moment(story: Story) -> None:
    story.visitor("vera").asks().rings_at("Ann").rings_also_at("Bob")
    assert ring_at(story, "Bob").until == ring_at(story, "Ann").until


def test_taken_by_one_it_stops_at_all_and_says_who(story: Story) -> None:
    story.operator("Ann", on=True)
    story.visitor("vera").asks().rings_at("Ann", "Bob").is_accepted_by("Ann")
    assert how_it_stopped(story, "Ann") == how_it_stopped(story, "Bob") == ("taken", "Ann")


def test_declined_by_one_it_rings_on_at_the_others(story: Story) -> None:
    story.operator("Ann", on=True)
    story.visitor("vera").asks().rings_at("Ann", "Bob").is_declined_by("Ann")
    assert how_it_stopped(story, "Ann") == ("declined", "Ann")
    assert how_it_stopped(story, "Bob") == (None, None)


def test_a_ring_says_whether_who_stopped_it_is_the_one_it_rang_at(story: Story) -> None:
    story.visitor("vera").asks().rings_at("Ann", "Bob").is_accepted_by("Ann")
    assert (ring_at(story, "Ann").own, ring_at(story, "Bob").own) == (True, False)


def test_queued_by_hand_it_stops_at_all_and_says_who(story: Story) -> None:
    story.operator("Ann", on=True)
    story.visitor("vera").asks().rings_at("Ann", "Bob").is_queued("by-operator", by="Ann")
    assert how_it_stopped(story, "Bob") == ("queued", "Ann")


def test_each_other_end_says_its_reason(story: Story) -> None:
    story.visitor("vera").asks().rings_at("Ann").is_queued("timeout")
    assert how_it_stopped(story, "Ann") == ("timeout", None)
    assert ring_at(story, "Ann").own is False
    ends: tuple[tuple[Callable[[Guest], Guest], str], ...] = (
        (lambda guest: guest.cancels(), "left"),
        (lambda guest: guest.leaves_message(), "left"),
        (lambda guest: guest.is_withdrawn_from("Ann"), "withdrawn"),
        (lambda guest: guest.is_withdrawn_from("Ann", "full"), "withdrawn"),
    )
    for end, reason in ends:
        again = Story()
        end(again.visitor("vera").asks().rings_at("Ann"))
        assert how_it_stopped(again, "Ann") == (reason, None)


def test_an_offer_from_the_queue_rings_at_one_alone(story: Story) -> None:
    vera = story.visitor("vera").asks().is_queued().is_offered_to("Ann")
    assert ring_at(story, "Ann").policy == "queue"
    vera.is_not_answered_by("Ann").is_offered_to("Bob")
    assert how_it_stopped(story, "Ann") == ("timeout", None)
    assert how_it_stopped(story, "Bob") == (None, None)


def test_a_stopped_ring_is_shown_for_five_seconds(story: Story) -> None:
    story.visitor("vera").asks().rings_at("Ann").is_queued()
    story.passes(5)
    assert ring_at(story, "Ann") is not None
    story.passes(1)
    assert len(shown(rings.PIPELINE, story)) == 0


def test_what_rings_again_within_those_five_seconds_rings_on(story: Story) -> None:
    story.visitor("vera").asks().rings_at("Ann").is_queued().is_offered_to("Ann")
    assert how_it_stopped(story, "Ann") == (None, None)
    story.passes(10)
    assert how_it_stopped(story, "Ann") == (None, None)


def test_the_ring_follows_the_visitor_to_other_pages(story: Story) -> None:
    vera = story.visitor("vera").asks().rings_at("Ann")
    vera.views("https://shop.test/lamp", "A lamp")
    assert ring_at(story, "Ann").title == "A lamp"


def test_after_a_start_it_rings_on_for_the_whole_timeout(story: Story) -> None:
    story.visitor("vera").asks().rings_at("Ann")
    story.passes(20)
    story.restarts()
    ring = ring_at(story, "Ann")
    assert ring.closed is None
    assert (ring.until - story.now).total_seconds() == 30
