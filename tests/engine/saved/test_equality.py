"""What is known from a snapshot and the events after it is what all events together make known, to the value."""

import random
from functools import reduce
from typing import Any

import pytest

from engine.desk import Desk, DeskState
from engine.desk.apply import apply
from engine.desk.state import Department
from engine.events import ConversationId, DepartmentId, Event
from engine.saved import Knowledge, decode, encode
from engine.streams.live import fold
from engine.streams.registry import PIPELINES
from tests.engine.desk.test_random_histories import begin, step

SEEDS, STEPS = 60, 120


def history(seed: int) -> list[Event]:
    dice = random.Random(seed)
    play = begin(dice)
    for _ in range(STEPS):
        step(play, dice)
    return play.history


def known(events: list[Event], start: Knowledge | None = None) -> Knowledge:
    desk = start.desk if start else DeskState()
    for event in events:
        apply(desk, event)
    states = fold(events, start=start.states if start else None)
    return Knowledge(position=len(events), at=events[-1].at if events else None, desk=desk, states=states)


@pytest.mark.parametrize("first", range(0, SEEDS, 20))
def test_a_replay_from_a_snapshot_is_the_replay_from_the_start(first: int) -> None:
    for seed in range(first, first + 20):
        events = history(seed)
        whole = known(events)
        for cut in sorted(random.Random(seed).sample(range(len(events) + 1), 4)):
            saved = decode(encode(known(events[:cut])))
            again = known(events[cut:], saved)
            assert again.desk == whole.desk, f"seed {seed}, cut at {cut}"
            assert Desk(again.desk).next_deadline() == Desk(whole.desk).next_deadline()
            for name in PIPELINES:
                assert again.states[name] == whole.states[name], f"{name}, seed {seed}, cut at {cut}"


def test_views_are_the_same_too() -> None:
    events = history(3)
    whole, cut = known(events), len(events) // 2
    again = known(events[cut:], decode(encode(known(events[:cut]))))
    for name, pipeline in PIPELINES.items():
        assert pipeline.view(again.states[name]) == pipeline.view(whole.states[name])


def test_the_order_in_which_things_came_survives() -> None:
    """Equal dictionaries may be ordered differently; the queue's order is who is next."""
    for seed in range(40):
        before = known(history(seed))
        after = decode(encode(before))
        for name, department in before.desk.departments.items():
            assert list(after.desk.departments[name].queue) == list(department.queue)
            assert type(after.desk.departments[name].queue) is type(department.queue)
        for one, operator in before.desk.operators.items():
            assert list(after.desk.operators[one].chats) == list(operator.chats)


def test_who_was_put_before_all_others_stays_there() -> None:
    desk = DeskState()
    queue = desk.departments.setdefault(
        DepartmentId("d"), Department(DepartmentId("d"), "Support", takes_part=True)
    ).queue
    for one in ("a", "b", "c"):
        queue[ConversationId(one)] = None
    queue.move_to_end(ConversationId("c"), last=False)
    before = Knowledge(position=0, at=None, desk=desk, states=known([]).states)
    assert list(decode(encode(before)).desk.departments[DepartmentId("d")].queue) == ["c", "a", "b"]


def test_folds_that_pipelines_share_are_shared_again_so_that_each_moment_is_folded_once() -> None:
    before = known(history(5))
    after = decode(encode(before))
    for fold_name in ("ground", "directory", "waits"):
        holders = [name for name in PIPELINES if hasattr(before.states[name], fold_name)]
        assert len(holders) > 1
        for name in holders:
            for other in holders:
                same_before = getattr(before.states[name], fold_name) is getattr(before.states[other], fold_name)
                same_after = getattr(after.states[name], fold_name) is getattr(after.states[other], fold_name)
                assert same_before == same_after
    assert after.states["directory"] is after.states["mine"].ground.directory
    assert after.states["conversations"] is after.states["queue"].ground.conversations


def test_every_event_goes_on_being_folded_once_after_loading() -> None:
    events = history(5)
    saved = decode(encode(known(events[:-40])))
    states = fold(events[-40:], start=saved.states)
    grounds: list[Any] = [state.ground for state in states.values() if hasattr(state, "ground")]
    assert len(grounds) > 5
    assert all(ground is grounds[0] for ground in grounds)


def test_a_pipeline_that_was_left_behind_stays_what_it_was() -> None:
    """A step that failed leaves its state as it was, another fold than the others have."""
    events = history(7)
    states = dict(known(events).states)
    states["queue"] = reduce(PIPELINES["queue"].step, events[:30], PIPELINES["queue"].empty)
    again = decode(encode(Knowledge(position=1, at=None, desk=DeskState(), states=states)))
    assert again.states["queue"] == states["queue"]
    assert again.states["queue"].ground is not again.states["mine"].ground
