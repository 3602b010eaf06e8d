"""Entries: what an operator reads of a conversation, and what of it a visitor sees."""

from functools import reduce

import msgspec
import pytest
from msgspec.structs import replace

from engine.events import ConversationEvent, HelpAsked, MessageLeft
from engine.events.vocabulary import EVENTS
from engine.streams.folds import directory
from engine.streams.folds.directory import Directory
from engine.talk import State
from engine.talk.entries import Entry, entry, for_visitor
from engine.talk.told import LeftBody, Line, Text
from engine.text import Span
from tests.engine.story import Story
from widget.older import as_spoken


def told(story: Story) -> list[Entry]:
    """The entries of the story's conversations."""
    read, state, known = list[Entry](), dict[str, State](), names(story)
    for event in story.events:
        if isinstance(event, ConversationEvent):
            read.append(entry(event, before=state.get(event.conversation), names=known))
            state[event.conversation] = read[-1].state
    return read


def line(told: Entry) -> Line:
    assert isinstance(told.body, Line)
    return told.body


def text(told: Entry) -> Text:
    assert isinstance(told.body, Text)
    return told.body


def names(story: Story) -> Directory:
    return reduce(directory.step, story.events, directory.EMPTY)


@pytest.fixture
def answered(story: Story) -> Story:
    """A call that Ann declines, Bob queues and then answers."""
    story.operator("Ann", on=True)
    story.operator("Bob", on=True)
    vera = story.visitor("vera").asks(name="Vera").rings_at("Ann").rings_also_at("Bob").is_declined_by("Ann")
    vera.asks_again().is_queued("by-operator", by="Bob").is_offered_to("Ann").is_not_answered_by("Ann")
    vera.is_offered_to("Bob").is_withdrawn_from("Bob").is_accepted_by("Bob")
    vera.writes("See https://example.org").is_told("I do", by="Bob").ends()
    return story


def test_an_operator_reads_every_step_with_the_state_after_it(answered: Story) -> None:
    assert [(one.what, one.state, one.operator) for one in told(answered)] == [
        ("asked", "routing", None),
        ("offered", "routing", None),
        ("extended", "routing", "Bob"),
        ("declined", "routing", "Ann"),
        ("asked-again", "routing", None),
        ("queued", "queued", "Bob"),
        ("offered", "queued", None),
        ("timed-out", "queued", "Ann"),
        ("offered", "queued", None),
        ("withdrawn", "queued", "Bob"),
        ("accepted", "active", "Bob"),
        ("message", "active", None),
        ("message", "active", "Bob"),
        ("ended", "ended", None),
    ]
    assert [one.number for one in told(answered)] == list(range(1, 15))
    assert line(told(answered)[1]).operators == ("Ann",)
    assert line(told(answered)[5]).reason == "by-operator"


def test_a_message_has_its_author_its_ids_and_its_links(answered: Story) -> None:
    visitors, operators = (one for one in told(answered) if one.what == "message")
    assert text(visitors).spans == (Span("See "), Span("https://example.org", "https://example.org"))
    assert (visitors.author, operators.author, operators.operator) == ("visitor", "operator", "Bob")
    assert visitors.client_id == f"own-{visitors.message}"
    assert operators.client_id == f"own-{operators.message}"


def test_a_visitor_sees_who_answers_and_not_who_did_not(answered: Story) -> None:
    seen = [for_visitor(one) for one in told(answered)]
    assert [one.what for one in seen] == [
        "asked",
        "ringing",
        "step",
        "step",
        "step",
        "queued",
        "step",
        "step",
        "step",
        "step",
        "accepted",
        "message",
        "message",
        "ended",
    ]
    assert [one.operator for one in seen if one.operator] == ["Bob", "Bob"]
    assert seen[10].operator == seen[12].operator == "Bob"
    assert b"Ann" not in msgspec.json.encode(seen)
    assert (line(seen[5]).reason, line(seen[0]).reason, line(seen[10]).reason) == ("by-operator", None, None)


def test_a_visitor_gets_the_ids_of_their_own_messages_only(answered: Story) -> None:
    mine, theirs = (for_visitor(one) for one in told(answered) if one.what == "message")
    assert mine.client_id == f"own-{mine.message}"
    assert theirs.client_id is None
    assert theirs.message


def test_a_left_message_says_whom_to_answer_to_the_operator_alone(story: Story) -> None:
    story.visitor("vera").leaves_message("Write to a@example.org", name="Vera")
    (left,) = told(story)
    assert (left.what, left.state, left.number) == ("left", "left", 1)
    spans = (Span("Write to "), Span("a@example.org", "mailto:a@example.org"))
    assert left.body == LeftBody(name="Vera", email="vera@example.org", subject="A question", spans=spans)
    assert for_visitor(left).body == Text(spans=spans)


def test_a_visitor_who_went_is_said_to_have_gone(story: Story) -> None:
    story.visitor("vera").asks().cancels()
    last = told(story)[-1]
    assert (last.what, last.state, line(last).reason) == ("abandoned", "abandoned", "cancelled")
    assert line(for_visitor(last)).reason == "cancelled"


def test_an_event_stands_without_what_was_personal(story: Story) -> None:
    vera = story.visitor("vera").asks().is_accepted_by("Ann").writes("Hello")
    vera.leaves_message()
    bare = [msgspec.structs.replace(one, personal=None) for one in story.events[-2:]]
    for event in bare:
        assert isinstance(event, ConversationEvent)
        erased = entry(
            event, before=State.ROUTING if isinstance(event, MessageLeft) else State.ACTIVE, names=directory.EMPTY
        )
        assert erased.body in (Text(), LeftBody())


def test_what_a_visitor_sees_goes_to_windows_as_it_is_and_flat_to_older_ones(answered: Story) -> None:
    for one in told(answered):
        seen = for_visitor(one)
        frame = msgspec.json.decode(msgspec.json.encode(as_spoken(seen, 2)))
        assert (frame["t"], frame["number"], frame["what"], frame["state"]) == (
            "entry",
            seen.number,
            seen.what,
            seen.state,
        )
        flat = msgspec.json.decode(msgspec.json.encode(as_spoken(seen, 1)))
        assert flat["at"].endswith("Z")
        assert flat.get("spans") == frame["body"].get("spans")
        assert flat.get("reason") == frame["body"].get("reason")
        assert flat.get("upto") == frame["body"].get("upto")
        assert {key: value for key, value in flat.items() if key in frame and key != "at"} == {
            key: value for key, value in frame.items() if key not in ("at", "body")
        }


def test_every_event_of_a_conversation_has_an_entry(answered: Story) -> None:
    kinds = {kind for kind in EVENTS if issubclass(kind, ConversationEvent)}
    answered.visitor("wim").asks().rewords("My tent leaks").cancels()
    xenia = answered.visitor("xenia").leaves_message()
    xenia.message_is_answered_by("Ann").message_is_closed_by("Ann").message_is_reopened_by("Ann")
    answered.visitor("yann").is_invited_by("Ann").starts().is_accepted_by("Ann", "invitation").sees(3).is_held_by("Ann")
    answered.visitor("zoe").is_invited_by("Ann").refuses()
    answered.visitor("ada").is_invited_by("Ann").is_uninvited_by("Ann")
    answered.visitor("abe").is_invited_by("Ann").lets_expire()
    answered.visitor("bea").asks().is_accepted_by("Ann").is_held_by("Ann").is_resumed_by("Ann").is_lost_in_chat()
    seen = {type(event) for event in answered.events if isinstance(event, ConversationEvent)}
    assert seen == kinds
    assert all(one.what for one in told(answered))


def test_first_words_are_read_where_they_were_said(story: Story) -> None:
    story.visitor("vera").asks(words="See https://example.org").rewords("My tent leaks").rewords(None)
    asked, changed, taken_back = told(story)
    assert [one.what for one in (asked, changed, taken_back)] == ["asked", "reworded", "reworded"]
    link = Span(text="https://example.org", href="https://example.org")
    assert text(asked).spans == (Span(text="See "), link)
    assert text(for_visitor(changed)).spans == (Span(text="My tent leaks"),)
    assert line(taken_back) == Line()
    assert all(for_visitor(one).what == one.what for one in (asked, changed, taken_back))


def test_first_words_that_are_forgotten_are_in_no_entry(story: Story) -> None:
    story.visitor("vera").asks(name="Vera", words="My tent leaks")
    asked = replace(next(event for event in story.events if isinstance(event, HelpAsked)), personal=None)
    assert line(entry(asked, before=None, names=names(story))) == Line()
