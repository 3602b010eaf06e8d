"""The folds that every view stands on agree with the desk, and say which rows an event touches."""

import random
from datetime import timedelta
from functools import reduce
from typing import Any

import pytest

from engine.desk.state import DeskState
from engine.events import ConversationEvent, ConversationId, SettingChanged
from engine.streams.folds import ground
from engine.streams.folds.conversations import Conversations
from engine.streams.folds.going import KEPT
from engine.streams.folds.ground import Ground
from engine.streams.machinery.pipeline import Pipeline
from engine.streams.registry import PIPELINES
from engine.talk import TRANSITIONS, State, after
from tests.engine.desk import test_random_histories as days
from tests.engine.story import Story
from tests.engine.streams.folding import folded


def folded_ground(story: Story) -> Ground:
    state = ground.EMPTY
    for moment in story.moments:
        state = ground.step(state, moment)
    return state


def agrees(published: Ground, desk: DeskState) -> None:
    """Everything that both know is the same."""
    same_conversations(published.conversations, desk)
    same_operators(published, desk)
    for visitor in desk.visitors.values():
        visit = published.presence.present(visitor.id)
        assert (visit.visit if visit else None) == visitor.visit
        if visit:
            assert visit.here == (visitor.lost_at is None)


def same_conversations(published: Conversations, desk: DeskState) -> None:
    for department in desk.departments.values():
        assert published.queue(department.id) == tuple(department.queue)
    for visitor in desk.visitors:
        open_one = desk.open_conversation(visitor)
        talk = published.open_of(visitor)
        assert (talk.id if talk else None) == (open_one.id if open_one else None)
        if talk and open_one:
            assert (talk.state, talk.number, talk.operator) == (open_one.state, open_one.number, open_one.operator)
            assert set(talk.offer.operators if talk.offer else ()) == set(open_one.ringing)
            assert (talk.offer.until if talk.offer else None) == open_one.until


def same_operators(published: Ground, desk: DeskState) -> None:
    for operator in desk.operators.values():
        known = published.directory.operators.get(operator.id)
        assert (known is None) == (operator.id not in desk.parts)
        assert published.load(operator.id) == (len(operator.chats), len(operator.offers))
        if known is not None:
            assert published.state_of(known) == desk_says(desk, operator)
            assert (known.serves, known.departments) == (operator.serves, operator.departments)


def desk_says(desk: DeskState, operator: Any) -> str:
    if not operator.present:
        return "signed-out"
    if not operator.live_help:
        return "not-available"
    if operator.wraps_up_until is not None:
        return "wrap-up"
    return "available" if desk.available(operator) else "full"


@pytest.mark.parametrize("seed", range(40))
def test_after_every_event_of_a_random_day_the_published_state_is_the_desks(seed: int) -> None:
    dice = random.Random(1_000 + seed)
    play = days.begin(dice)
    published, told = ground.EMPTY, 0
    for _ in range(days.STEPS):
        days.step(play, dice)
        for event in play.history[told:]:
            published = ground.step(published, event)
        told = len(play.history)
        agrees(published, play.desk.state)


def test_random_days_go_through_every_line_of_the_table() -> None:
    seen = set()
    for seed in range(160):
        dice = random.Random(seed)
        play = days.begin(dice)
        for _ in range(days.STEPS):
            days.step(play, dice)
        states: dict[str, State] = {}
        for event in (event for event in play.history if isinstance(event, ConversationEvent)):
            before = states.get(event.conversation)
            states[event.conversation] = after(before, event)
            seen.add((before, type(event)))
    assert len(seen) == sum(len(row) for row in TRANSITIONS.values())


def test_pipelines_that_hold_the_same_fold_share_it(story: Story) -> None:
    story.visitor("vera").asks()
    states = {name: pipeline.empty for name, pipeline in PIPELINES.items()}
    for moment in story.moments:
        states = {name: PIPELINES[name].step(state, moment) for name, state in states.items()}
    grounds = {id(state.ground) for state in states.values() if hasattr(state, "ground")}
    assert len(grounds) == 1
    assert states["queue"].ground.conversations is states["conversations"]
    assert states["queue"].ground.directory is states["directory"] is states["service"].directory


def test_an_ended_visit_is_seen_for_a_while_and_then_forgotten(story: Story) -> None:
    vera, wim = story.visitor("vera"), story.visitor("wim")
    wim.leaves_message()
    vera.goes()
    wim.goes()
    story.passes(599)
    assert set(folded_ground(story).presence.visits) == {"vera", "wim"}
    story.passes(2)
    visits = folded_ground(story).presence.visits
    assert set(visits) == {"wim"}  # whose message waits for an answer
    assert visits[wim.id].ended


def test_the_visit_of_who_left_a_message_is_forgotten_when_all_are_closed(story: Story) -> None:
    vera = story.visitor("vera").leaves_message()
    vera.goes()
    story.passes(700)
    first = vera.talk
    vera.talk = ConversationId("c-2")
    vera.leaves_message().message_is_closed_by("Ann")
    assert set(folded_ground(story).presence.visits) == {"vera"}
    vera.talk = first
    vera.message_is_answered_by("Ann")
    vera.message_is_closed_by("Ann")
    assert not folded_ground(story).presence.visits
    wim = story.visitor("wim").leaves_message()
    wim.goes()
    wim.message_is_closed_by("Ann")
    assert set(folded_ground(story).presence.visits) == {"wim"}  # gone for a moment only
    story.passes(601)
    assert not folded_ground(story).presence.visits


def test_who_comes_again_is_not_forgotten_with_the_earlier_visit(story: Story) -> None:
    vera = story.visitor("vera")
    vera.goes()
    vera.comes(ordinal=2)
    story.passes(700)
    assert folded_ground(story).presence.visits[vera.id].visit == "vera-2"


def test_events_of_another_visit_than_the_present_change_nothing(story: Story) -> None:
    vera = story.visitor("vera")
    vera.goes()
    vera.comes(ordinal=2)
    vera.visit = type(vera.visit)("vera-1")
    vera.is_lost()
    assert folded_ground(story).presence.visits[vera.id].here


def test_a_visitors_new_conversation_takes_the_place_of_the_last(story: Story) -> None:
    vera = story.visitor("vera").asks().cancels()
    vera.asks(talk="c-two")
    published = folded_ground(story).conversations
    assert set(published.by_id) == {"c-two"}
    assert published.of(vera.id) is published.open_of(vera.id) is published.by_id[vera.talk]


def test_a_closed_conversation_is_still_the_visitors_last(story: Story) -> None:
    vera = story.visitor("vera").asks().cancels()
    published = folded_ground(story).conversations
    last = published.of(vera.id)
    assert last
    assert last.state == "abandoned"
    assert published.open_of(vera.id) is None


def test_rings_begin_anew_after_a_start_with_the_setting(story: Story) -> None:
    story.operator("Ann", on=True)
    story.setting("response_timeout", 12)
    vera = story.visitor("vera").asks().rings_at("Ann")
    story.passes(5)
    story.restarts()
    offer = folded_ground(story).conversations.by_id[vera.talk].offer
    assert offer
    assert (offer.until - story.now).total_seconds() == 12


def test_a_setting_changes_what_a_full_operator_is(story: Story) -> None:
    ann = story.operator("Ann", on=True)
    story.visitor("vera").asks().is_accepted_by("Ann")
    published = folded_ground(story)
    assert published.state_of(published.directory.operators[ann.id]) == "available"
    story.setting("max_chats", 1)
    published = folded_ground(story)
    assert published.state_of(published.directory.operators[ann.id]) == "full"
    assert isinstance(story.moments[-1], SettingChanged)


def test_a_closed_conversation_is_forgotten_a_moment_after_its_visitor_went(story: Story) -> None:
    vera = story.visitor("vera").asks().cancels()
    story.now += timedelta(days=30)
    assert folded_ground(story).conversations.of(vera.id)
    vera.goes()
    story.passes(KEPT.seconds - 1)
    wim = story.visitor("wim").asks().cancels()
    assert folded_ground(story).conversations.of(vera.id)
    story.passes(2)
    published = folded_ground(story).conversations
    assert published.of(vera.id) is None
    assert set(published.by_id) == {wim.talk}


@pytest.mark.parametrize("pipeline", PIPELINES.values(), ids=list(PIPELINES))
@pytest.mark.parametrize("closed", [False, True], ids=["left", "left and closed"])
def test_who_leaves_a_message_long_after_they_went_is_as_unknown_without_ticks(
    pipeline: Pipeline[Any, Any], closed: bool, story: Story
) -> None:
    """Nobody comes or goes between: no event but the message itself says that the time is over."""
    vera = story.visitor("vera").asks(name="Vera").cancels()
    vera.goes()
    story.passes(KEPT.seconds + 1)
    vera.talk = ConversationId("c-later")
    vera.leaves_message()
    if closed:
        vera.message_is_closed_by("Ann")
    story.visitor("wim")
    story.passes(1)
    *events, last = [*story.events, story.moments[-1]]
    with_ticks, without = folded(pipeline, story), reduce(pipeline.step, (*events, last), pipeline.empty)
    assert pipeline.view(without) == pipeline.view(with_ticks)
    if pipeline.name != "visit":  # whose state says, too, whom the last moment touched
        assert without == with_ticks


@pytest.mark.parametrize("pipeline", PIPELINES.values(), ids=list(PIPELINES))
def test_a_history_without_its_ticks_does_not_pile_up(pipeline: Pipeline[Any, Any], story: Story) -> None:
    state = pipeline.empty
    sizes = []
    for day in range(30):
        guest = story.visitor(f"v{day}").asks().rings_at("Ann").is_queued()
        guest.is_offered_to("Ann").is_accepted_by("Ann").writes("Hello").ends()
        guest.goes()
        for moment in story.moments:
            state = pipeline.step(state, moment)
        story.moments.clear()
        story.now += timedelta(days=1)
        sizes.append(len(repr(state)))
    assert sizes[-1] < sizes[10] * 1.05
