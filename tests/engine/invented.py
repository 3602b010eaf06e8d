"""Invented days: hours of a house with everything in them that can happen, at a real desk, and the seconds between.

The random days of the desk's own tests are minutes long, so that every rule meets every other; these are long enough
for an hour to pass, and somebody works in them.
"""

import random
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from engine.events import Event, Party, Tick
from engine.events.parts import Site
from engine.streams.machinery.pipeline import Moment
from engine.talk import SERVED, State
from tests.engine.desk.play import SHOP, Play, operator, visitor
from tests.engine.desk.test_random_histories import OPERATORS, VISITORS, begin, step

PAGES = tuple(f"http://shop.test/{name}" for name in ("", "shoes", "hats", "cart", "help", "a?b=1", "jobs"))
SECOND = timedelta(seconds=1)


def invented_day(seed: int, *, steps: int = 500) -> list[Event]:
    """All that happened in some hours."""
    dice = random.Random(seed)
    play = begin(dice)
    for _ in range(steps):
        luck = dice.random()
        if luck < 0.2:
            play.passes(dice.choice([2, 20, 60, 120]))
        elif luck < 0.35:
            play.views(dice.choice(VISITORS), dice.choice(PAGES), again=dice.random() < 0.2)
        elif luck < 0.55:
            work(play, dice)
        elif luck < 0.555:
            name = dice.choice(["Shop", "Store"])
            play.puts(Site(id=SHOP, key="shop", name=name, origins=("http://shop.test",)))
        elif luck < 0.58:
            play.sleeps(dice.choice(VISITORS))
        elif luck < 0.62:
            play.invites(dice.choice(OPERATORS), dice.choice(VISITORS))
        else:
            step(play, dice)
    return play.history


def work(play: Play, dice: random.Random) -> None:
    """Operators come, take who waits, talk, and see what they are told."""
    state = play.desk.state
    everybody = list(state.operators.values())
    who = dice.choice(everybody)
    if not who.present:
        play.arrives(who.id)
    if not who.live_help:
        play.switches(who.id, on=True)
    for conversation in list(state.conversations.values()):
        if conversation.state is State.ROUTING and dice.random() < 0.2:
            play.queues(who.id, conversation.id)
        elif conversation.state is State.ROUTING and dice.random() < 0.2:
            play.cancels(conversation.visitor, conversation.id)
        elif conversation.ringing and dice.random() < 0.1:
            play.switches(dice.choice([*conversation.ringing]), on=False)
        elif conversation.state in {State.ROUTING, State.QUEUED} and dice.random() < 0.5:
            play.accepts(who.id, conversation.id)
        elif conversation.state in SERVED and conversation.operator and dice.random() < 0.5:
            both: tuple[Party, Party] = (operator(conversation.operator), visitor(conversation.visitor))
            play.writes(dice.choice(both), conversation.id)
            play.sees(dice.choice(both), conversation.id, 99)


def every_second(events: Iterable[Event], *, last: datetime | None = None) -> Iterator[Moment]:
    """The events as they are published: each whole second's tick after all that is not later. Up to the tick `last`."""
    due: datetime | None = None
    for event in events:
        due = due or event.at.replace(microsecond=0) + SECOND
        while due < event.at:
            yield Tick(at=due)
            due += SECOND
        yield event
    while due and last and due <= last:
        yield Tick(at=due)
        due += SECOND


def whole_second(at: datetime) -> datetime:
    """The first whole second that is not earlier."""
    return at if not at.microsecond else at.replace(microsecond=0) + SECOND
