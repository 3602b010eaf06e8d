"""All facts together, over random days: what they take, and that their states can be kept in pieces."""

from typing import Any

import msgspec
import pytest
from immutables import Map

from engine.events import EntryForgotten, Event, HelpAsked, VisitorForgotten
from engine.events.vocabulary import EVENTS
from engine.facts import codec
from engine.facts.catalogue import FACTS, TAKERS, Fact
from tests.engine.analytics.days import random_day


def ending_with_forgetting(day: list[Event]) -> list[Event]:
    at, talk = day[-1].at, next(event for event in day if isinstance(event, HelpAsked))
    visitor = VisitorForgotten(at=at, visitor=talk.visitor, conversations=(talk.conversation,))
    entry = EntryForgotten(at=at, conversation=talk.conversation, entry=talk.number, written=talk.at)
    return [*day, visitor, entry]


DAYS = [ending_with_forgetting(random_day(seed)) for seed in range(30)]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_what_a_fact_does_not_take_makes_no_difference_to_it(fact: Fact) -> None:
    for day in DAYS:
        state = fact.empty
        for event in day:
            after, rows = fact.step(state, event)
            if fact not in TAKERS[type(event)]:
                assert after is state
                assert rows == ()
            assert all(isinstance(row, fact.row) for row in rows)
            state = after


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_a_state_is_the_sum_of_the_changes_that_were_kept(fact: Fact) -> None:
    for day in DAYS:
        state, kept = fact.empty, dict[str, bytes]()
        for number, event in enumerate(day):
            before, (state, _) = state, fact.step(state, event)
            for piece, encoded in codec.changes(before, state).items():
                kept.pop(piece, None)
                if encoded is not None:
                    kept[piece] = encoded
            if number % 20 == 0:
                assert codec.whole(fact.empty, kept) == state
        assert codec.whole(fact.empty, kept) == state


@pytest.mark.parametrize("fact", [fact for fact in FACTS if fact.unfinished], ids=lambda fact: fact.name)
def test_an_unfinished_row_is_found_by_its_first_column(fact: Fact) -> None:
    assert fact.unfinished is not None
    for day in DAYS:
        state = fact.empty
        for event in day:
            state, _ = fact.step(state, event)
        for key, entry in state.open.items():
            assert {getattr(row, fact.row.__struct_fields__[0]) for row in fact.unfinished(entry)} <= {key}


def test_the_random_days_have_every_kind_of_event_that_a_fact_takes() -> None:
    seen = {type(event) for day in DAYS for event in day}
    assert {kind.__name__ for kind in set(EVENTS) - seen} <= set()


class Odd(msgspec.Struct, frozen=True):
    """A state with what no state of ours has."""

    thing: Any = Map()


def test_what_is_no_piece_is_refused() -> None:
    visits = next(fact for fact in FACTS if fact.name == "visits")
    with pytest.raises(msgspec.MsgspecError):
        codec.whole(visits.empty, {"open.v": b'{"visit":1}'})
    with pytest.raises(NotImplementedError):
        codec.changes(Odd(), Odd(thing=object()))
