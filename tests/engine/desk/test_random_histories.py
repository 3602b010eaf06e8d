"""Two thousand random days at the desk, invariants after every step, and a replay that ends in the same state.

A day that fails is named by its seed: `DESK_SEED=417 pytest tests/engine/desk/test_random_histories.py`.
"""

import os
import random
from collections import Counter
from collections.abc import Callable
from typing import Literal

import pytest

from engine.desk.leaving import let_go
from engine.events import (
    Accepted,
    ConversationEvent,
    ConversationId,
    DepartmentId,
    EntryForgotten,
    Event,
    Hours,
    OfferDeclined,
    OfferMade,
    Opening,
    OperatorId,
    PartId,
    Queued,
    Role,
    VisitorForgotten,
)
from engine.events.vocabulary import EVENTS
from engine.talk import OPEN, SERVED, State
from tests.engine.desk.play import SHOP, Play, operator, replayed, visitor

pytestmark = pytest.mark.slow

DAYS, STEPS, BATCH = 2_000, 100, 100
LONGER_DAYS = 8  # times the steps, in `make long`
MARKS: tuple[Literal["open", "answered", "closed"], ...] = ("open", "answered", "closed")
HOURS = (
    None,
    Hours(zone="UTC", openings=()),
    Hours(zone="UTC", openings=(Opening(day=6, opens=545, closes=1_440),)),  # five minutes after the days begin
)
OPERATORS = ("Ann", "Bob", "Cid")
STAYS: set[PartId] = {OperatorId("Ann"), SHOP, DepartmentId("Support"), DepartmentId("Sales")}
VISITORS = tuple(f"v{number}" for number in range(7))
SEEDS = [int(os.environ["DESK_SEED"])] if "DESK_SEED" in os.environ else list(range(DAYS))


def begin(dice: random.Random, play: Play | None = None) -> Play:
    play = play or Play()
    play.set("max_chats", dice.randint(1, 3))
    play.set("response_timeout", dice.randint(1, 20))
    play.set("invitation_timeout", dice.randint(5, 60))
    play.set("wrap_up", dice.choice([0, 0, 5, 30]))
    play.operator("Ann", "Support", on=dice.random() < 0.7)
    play.operator("Bob", "Support", "Sales", on=dice.random() < 0.7)
    play.operator("Cid", "Sales", on=dice.random() < 0.5, max_chats=dice.choice([None, 1]))
    return play


def somebody(play: Play, dice: random.Random) -> tuple[str, str, ConversationId]:
    """An operator, a visitor and a conversation; mostly those who have to do with it."""
    state = play.desk.state
    who, guest, which = dice.choice(OPERATORS), dice.choice(VISITORS), ConversationId("c999")
    if not state.conversations or dice.random() < 0.05:
        return who, guest, which
    open_ones = [key for key, one in state.conversations.items() if one.state in OPEN]
    which = dice.choice(open_ones if open_ones and dice.random() < 0.7 else list(state.conversations))
    if dice.random() < 0.3:
        return who, guest, which
    found = state.conversations[which]
    colleagues = [*found.ringing] or state.departments[found.department].operators or [OperatorId("Ann")]
    return str(found.operator or dice.choice(colleagues)), str(found.visitor), which


def a_closed_one(play: Play, dice: random.Random) -> tuple[str, ConversationId]:
    """A conversation that is over, or a left message, with an operator of its department."""
    conversations = play.desk.state.conversations.values()
    over = [one for one in conversations if one.state not in OPEN]
    if not over:
        return "Ann", ConversationId("c999")
    found = dice.choice(over)
    colleagues = play.desk.state.departments[found.department].operators or [OperatorId("Ann")]
    return str(dice.choice(colleagues)), found.id


def the_house_changes(play: Play, dice: random.Random, who: str) -> None:
    """Somebody serves elsewhere, more or less, not at all, or again; people, departments and sites come and go."""
    parts = play.desk.state.parts
    everywhere = [DepartmentId(one.id) for one in play.desk.state.departments.values() if one.id in parts]
    few = tuple(dice.sample(everywhere, dice.randint(0, len(everywhere))))
    match dice.randint(0, 7):
        case 0 | 1:
            play.changes_operator(who, departments=few or (DepartmentId("Support"),))
        case 2:
            play.changes_operator(who, max_chats=dice.choice([None, 1, 3]))
        case 3:
            role: Role = dice.choice(["operator", "operator", "supervisor", "analyst"])
            play.changes_operator(who, disabled=dice.random() < 0.5, role=role)
        case 4:
            play.changes_operator(who, disabled=False, role="operator")
        case 5:
            name = f"Dan {len(play.history)}"
            play.operator(name, *(few or ("Support",)), on=dice.random() < 0.7)
        case 6:
            play.departments(f"Repairs {len(play.history)}")
        case 7:
            play.removes(dice.choice([one for one in parts if one not in STAYS]) if set(parts) - STAYS else SHOP)


def one_who_is_there(play: Play, name: str) -> str:
    """Of this name, or another where they were removed."""
    return name if OperatorId(name) in play.desk.state.parts else "Ann"


def step(play: Play, dice: random.Random) -> None:
    """One thing that somebody does, sensible or not."""
    who, guest, which = somebody(play, dice)
    party = operator(who) if dice.random() < 0.5 else visitor(guest)
    on, other = dice.random() < 0.8, dice.choice(VISITORS)
    department = dice.choice([None, None, None, "Support", "Sales", "Nowhere"])
    words = dice.choice([None, "My tent leaks", "Where is it?"])
    clerk, message = a_closed_one(play, dice)
    deeds: list[tuple[float, Callable[[], object]]] = [
        (5, lambda: play.views(other)),
        (2, lambda: play.views(other, "http://shop.test/cart", again=True)),
        (2, lambda: play.leaves_site(guest)),
        (1, lambda: play.returns(guest)),
        (8, lambda: play.ask(other, department, words)),
        (2, lambda: play.rewords(guest, which, words)),
        (1, lambda: play.cancels(guest, which)),
        (4, lambda: play.leaves_message(other, department=department)),
        (14, lambda: play.accepts(who, which)),
        (7, lambda: play.declines(who, which)),
        (1, lambda: play.queues(who, which)),
        (6, lambda: play.switches(who, on=on)),
        (4, lambda: play.arrives(who)),
        (1, lambda: play.closes_tab(who)),
        (0.5, lambda: play.signs_out(who)),
        (9, lambda: play.writes(party, which)),
        (9, lambda: play.sees(party, which, dice.randint(3, 30))),
        (1, lambda: play.sees(visitor(guest), message, 99)),
        (3, lambda: play.ends(party, which)),
        (8, lambda: play.invites(who, other, department=department)),
        (6, lambda: play.starts(guest, which)),
        (3, lambda: play.refuses(guest, which)),
        (2, lambda: play.takes_back(who, which)),
        (4, lambda: play.holds(who, which)),
        (5, lambda: play.resumes(who, which)),
        (6, lambda: play.marks(clerk, message, dice.choice(MARKS))),
        (1, lambda: play.finishes_wrap_up(who)),
        (1, lambda: play.sleeps(guest)),
        (1, lambda: play.wakes(guest)),
        (1, lambda: play.identifies(guest, name=dice.choice(["Vera", "Wim"]))),
        (1, lambda: play.tracks(guest, "basket filled")),
        (0.5, lambda: play.changes_department("Sales", hours=dice.choice(HOURS))),
        (1.5, lambda: the_house_changes(play, dice, one_who_is_there(play, who))),
        (7, lambda: play.passes(dice.choice([1, 1, 3, 5, 20, 70]))),
        (0.5, lambda: play.set("max_chats", dice.randint(1, 4))),
        (0.5, play.restarts),
    ]
    weights = [weight for weight, _ in deeds]
    dice.choices(deeds, weights)[0][1]()


def nobody_is_forgotten(play: Play) -> None:
    """After a quiet time whoever is in an open conversation is served by somebody there, or waits in a queue."""
    play.passes(100_000)
    assert play.desk.next_deadline() is None
    state = play.desk.state
    for conversation in state.conversations.values():
        if conversation.state not in OPEN:
            continue
        assert state.visitors[conversation.visitor].visit is not None
        if conversation.state in SERVED:
            assert conversation.operator is not None
            assert state.operators[conversation.operator].present
        else:
            assert conversation.state is State.QUEUED
            assert conversation.id in state.departments[conversation.department].queue


def promises(history: list[Event]) -> None:
    """What the whole history must show: one taker a chat, numbers without a gap, no offer to one who declined."""
    numbers: Counter[ConversationId] = Counter()
    served: set[ConversationId] = set()
    declined: set[tuple[ConversationId, OperatorId]] = set()
    for event in history:
        if isinstance(event, ConversationEvent):
            numbers[event.conversation] += 1
            assert event.number == numbers[event.conversation]
        if isinstance(event, Accepted):
            assert event.conversation not in served
            served.add(event.conversation)
        if isinstance(event, Queued):
            served.discard(event.conversation)
        if isinstance(event, OfferDeclined):
            declined.add((event.conversation, event.operator))
        if isinstance(event, OfferMade):
            assert not any((event.conversation, asked) in declined for asked in event.operators)
            assert set(event.operators) <= set(event.candidates)


@pytest.mark.parametrize("first", range(0, len(SEEDS), BATCH))
@pytest.mark.parametrize("times", [1, pytest.param(LONGER_DAYS, marks=pytest.mark.long)])
def test_whatever_happens_the_desk_holds_and_its_replay_is_the_same(first: int, times: int) -> None:
    for seed in SEEDS[first : first + BATCH]:
        dice = random.Random(seed)
        play = begin(dice)
        try:
            for _ in range(STEPS * times):
                step(play, dice)
            promises(play.history)
            again = replayed(play.history).state
            for state in (again, play.desk.state):  # a command lets go who went before it, a replay the next event
                let_go(state, play.now)
            assert again == play.desk.state
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
    # What is forgotten is looked up in the journal before the desk is asked: tests/parlour/test_forget.py.
    assert set(EVENTS) - seen == {VisitorForgotten, EntryForgotten}
