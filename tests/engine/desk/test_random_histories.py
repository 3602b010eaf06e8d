"""A thousand random days at the desk, invariants after every step, and a replay that ends in the same state.

A day that fails is named by its seed: `DESK_SEED=417 pytest tests/engine/desk/test_random_histories.py`.
"""

import os
import random
from collections import Counter
from collections.abc import Callable
from typing import get_args

import pytest

from engine.desk.state import OPEN, WAITING
from engine.events import (
    Accepted,
    AnyEvent,
    ConversationEvent,
    ConversationId,
    Event,
    OfferDeclined,
    OfferMade,
    OperatorId,
    SiteChanged,
)
from tests.engine.desk.play import Play, operator, replayed, visitor

DAYS, STEPS, BATCH = 1_200, 70, 100
OPERATORS = ("Ann", "Bob", "Cid")
VISITORS = tuple(f"v{number}" for number in range(7))
SEEDS = [int(os.environ["DESK_SEED"])] if "DESK_SEED" in os.environ else list(range(DAYS))


def begin(dice: random.Random) -> Play:
    play = Play()
    play.set("max_chats", dice.randint(1, 3))
    play.set("response_timeout", dice.randint(1, 20))
    play.operator("Ann", "Support", on=dice.random() < 0.7)
    play.operator("Bob", "Support", "Sales", on=dice.random() < 0.7)
    play.operator("Cid", "Sales", on=dice.random() < 0.5, max_chats=dice.choice([None, 1]))
    return play


def step(play: Play, dice: random.Random) -> None:
    """One thing that somebody does, sensible or not."""
    conversations = [*play.desk.state.conversations, ConversationId("c999")]
    who, guest, which = dice.choice(OPERATORS), dice.choice(VISITORS), dice.choice(conversations)
    party = operator(who) if dice.random() < 0.5 else visitor(guest)
    on = dice.random() < 0.6
    department = dice.choice([None, "Support", "Sales", "Nowhere"])
    deeds: list[tuple[int, Callable[[], object]]] = [
        (4, lambda: play.views(guest)),
        (3, lambda: play.leaves_site(guest)),
        (2, lambda: play.returns(guest)),
        (8, lambda: play.ask(guest, department)),
        (1, lambda: play.cancels(guest, which)),
        (2, lambda: play.leaves_message(guest, department=department)),
        (8, lambda: play.accepts(who, which)),
        (4, lambda: play.declines(who, which)),
        (2, lambda: play.queues(who, which)),
        (4, lambda: play.switches(who, on=on)),
        (2, lambda: play.arrives(who)),
        (2, lambda: play.closes_tab(who)),
        (1, lambda: play.signs_out(who)),
        (6, lambda: play.writes(party, which)),
        (3, lambda: play.ends(party, which)),
        (6, lambda: play.passes(dice.choice([1, 5, 20, 70]))),
        (1, lambda: play.set("max_chats", dice.randint(1, 4))),
        (1, play.restarts),
    ]
    weights = [weight for weight, _ in deeds]
    dice.choices(deeds, weights)[0][1]()


def nobody_is_forgotten(play: Play) -> None:
    """After a quiet time what is open is served, or waits in a queue; nothing rings for ever."""
    play.passes(4_000)
    for conversation in play.desk.state.conversations.values():
        assert conversation.state not in OPEN or conversation.state != "routing"
        assert conversation.state not in WAITING or conversation.id in (
            play.desk.state.departments[conversation.department].queue
        )
    assert play.desk.next_deadline() is None


def promises(history: list[Event]) -> None:
    """What the whole history must show: one taker a chat, numbers without a gap, no offer to one who declined."""
    numbers: Counter[ConversationId] = Counter()
    taken: Counter[ConversationId] = Counter()
    declined: set[tuple[ConversationId, OperatorId]] = set()
    for event in history:
        if isinstance(event, ConversationEvent):
            numbers[event.conversation] += 1
            assert event.number == numbers[event.conversation]
        if isinstance(event, Accepted):
            taken[event.conversation] += 1
        if isinstance(event, OfferDeclined):
            declined.add((event.conversation, event.operator))
        if isinstance(event, OfferMade):
            assert not any((event.conversation, asked) in declined for asked in event.operators)
            assert set(event.operators) <= set(event.candidates)
    assert max(taken.values(), default=0) <= 1


@pytest.mark.parametrize("first", range(0, len(SEEDS), BATCH))
def test_whatever_happens_the_desk_holds_and_its_replay_is_the_same(first: int) -> None:
    for seed in SEEDS[first : first + BATCH]:
        dice = random.Random(seed)
        play = begin(dice)
        try:
            for _ in range(STEPS):
                step(play, dice)
            promises(play.history)
            assert replayed(play.history).state == play.desk.state
            nobody_is_forgotten(play)
        except Exception as error:
            pytest.fail(f"DESK_SEED={seed}: {error!r}")


def test_the_random_days_see_every_event_of_the_vocabulary() -> None:
    seen: set[type[Event]] = set()
    for seed in range(60):
        dice = random.Random(seed)
        play = begin(dice)
        for _ in range(STEPS):
            step(play, dice)
        seen |= {type(event) for event in play.history}
    assert set(get_args(AnyEvent)) - seen == {SiteChanged}
