"""The gist of first words: on the ring, the queue's row and the badge of who waits, and nowhere once somebody came."""

import pytest

from engine.events import EntryForgotten, VisitorForgotten
from engine.streams.views import queue, rings, visitors_now
from engine.text import gist
from tests.engine.story import Guest, Story
from tests.engine.streams.folding import shown


@pytest.fixture
def vera(story: Story) -> Guest:
    story.operator("Ann", on=True)
    return story.visitor("vera")


def on_screens(story: Story) -> list[str | None]:
    """What the ring at Ann, the queue and the badge say."""
    ring = shown(rings.PIPELINE, story).get("Ann", {}).get("c-vera")
    row = shown(queue.PIPELINE, story).get("Support", {}).get("c-vera")
    badge = shown(visitors_now.PIPELINE, story)["vera"]
    return [ring and ring.words, row and row.words, badge.words]


def test_they_are_told_while_it_rings_and_change_with_it(story: Story, vera: Guest) -> None:
    vera.asks(words="My tent leaks\nin the rain").rings_at("Ann")
    assert on_screens(story) == ["My tent leaks …", None, "My tent leaks …"]
    vera.rewords("Where is it?")
    assert on_screens(story) == ["Where is it?", None, "Where is it?"]


def test_they_are_told_while_one_waits_until_somebody_comes(story: Story, vera: Guest) -> None:
    vera.asks(words="My tent leaks").is_queued("nobody")
    assert on_screens(story) == [None, "My tent leaks", "My tent leaks"]
    vera.is_accepted_by("Ann")
    assert on_screens(story) == [None, None, None]


@pytest.mark.parametrize("how", ["visitor", "entry"])
def test_what_is_forgotten_is_on_no_screen(story: Story, vera: Guest, how: str) -> None:
    vera.asks(words="My tent leaks").is_queued("nobody").is_offered_to("Ann")
    if how == "visitor":
        story.happens(VisitorForgotten, visitor=vera.id, conversations=(vera.talk,))
    else:
        story.happens(EntryForgotten, conversation=vera.talk, entry=1, written=story.now)
    assert on_screens(story) == [None, None, None]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello", "Hello"),
        ("\n  \n Hello \n", "Hello"),
        ("Hello\nthere", "Hello …"),
        ("one two three four", "one two…"),
        ("one two threeeeeeee", "one two…"),
        ("onetwothree", "onetwothre…"),
        ("\u2066\u2067abc\u2069", "abc"),
        ("ninechar\u0065\u0301\u0301\u0301", "ninechar…"),
        ("", ""),
        ("\u200b", ""),
    ],
)
def test_the_gist_is_the_first_line_cut_between_words(text: str, said: str) -> None:
    assert gist(text, 10) == said
