"""The planner: a seed makes arrivals, and each visitor's itinerary of timed steps. Pure; all times are in seconds.

It must not know sockets or clocks; `crowd` and `visitor` carry out what is planned here.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from parlour.demo.visitors.personas import Persona, draw_persona
from parlour.demo.visitors.shop import Shop, ShopPage
from parlour.demo.visitors.topics import GIVE_UP, STILL_THERE, TOPICS, Topic

MEAN_STAY = 240.0  # of a visit without a chat, roughly
REQUESTS_APART = 50.0  # between two requests for help, however many visitors there are
MOST_ASKING = 0.4  # share of visits that ask, at the most
LEAVES_MESSAGE = 0.15  # share of those who would have asked, when nobody is there to answer
COMES_BACK = 0.25

GivesUp = Literal["cancel", "leave-message", "go"]
Answer = Literal["start", "refuse", "ignore"]


@dataclass(frozen=True, kw_only=True)
class Line:
    """Something written: after `after` seconds of reading and typing."""

    text: str
    after: float


@dataclass(frozen=True, kw_only=True)
class Talk:
    """How a visitor asks for help and what they say.

    Attributes:
        patience: how long they wait for somebody to answer the request.
        gives_up: what they do then.
        quiet: how long they wait for the operator's next message before they ask whether anybody is there, and then
            once more before they leave.
        leaves_message: whether they write a message where nobody is there at all.

    """

    topic: Topic
    name: str
    email: str
    opening: tuple[Line, ...]
    answers: tuple[Line, ...]
    thanks: Line
    still_there: str
    goodbye: str
    patience: float
    gives_up: GivesUp
    quiet: float
    leaves_message: bool


@dataclass(frozen=True, kw_only=True)
class Step:
    """A page looked at for `dwell` seconds, and what is asked for on it, if anything."""

    page: ShopPage
    dwell: float
    talk: Talk | None = None


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One visit, beginning `away` seconds after the one before."""

    steps: tuple[Step, ...]
    away: float = 0.0

    @property
    def stay(self) -> float:
        """How long it takes without chats."""
        return sum(step.dwell for step in self.steps)


@dataclass(frozen=True, kw_only=True)
class Itinerary:
    """Everything one visitor is going to do; `invited` is how they answer an invitation, `talk` what they say then."""

    persona: Persona
    visits: tuple[Visit, ...]
    invited: Answer = "ignore"
    talk: Talk | None = None


def plan(seed: int, number: int, shop: Shop, *, asking: float, midway: bool = False) -> Itinerary:
    """What the visitor `number` of this seed does; `asking` is the share of visits with a request for help.

    Who is `midway` has been on the site for a while already: their first visit has lost its beginning.
    """
    dice = random.Random(f"{seed}/{number}")  # noqa: S311 - a play, not a secret
    persona = draw_persona(dice)
    visits = [_visit(dice, persona, shop, asking=asking, away=0.0)]
    if midway:
        steps = visits[0].steps
        visits = [Visit(steps=steps[dice.randrange(len(steps)) :])]
    while len(visits) < 3 and dice.random() < COMES_BACK:
        visits.append(_visit(dice, persona, shop, asking=asking, away=dice.uniform(90, 600)))
    answers: tuple[Answer, ...] = ("start", "refuse", "ignore")
    invited = dice.choices(answers, (5, 3, 2))[0]
    return Itinerary(persona=persona, visits=tuple(visits), invited=invited, talk=_talk(dice, persona))


def gaps(seed: int, visitors: int) -> Iterator[float]:
    """Seconds between one arrival and the next: a quick filling, then a Poisson stream that keeps about `visitors`."""
    dice = random.Random(f"{seed}/arrivals")  # noqa: S311 - a play, not a secret
    per_visitor = (1 - COMES_BACK**3) / (1 - COMES_BACK)  # visits, each of which begins with an arrival
    yield 0.0
    for _ in range(visitors - 1):
        yield dice.uniform(0, 30 / visitors)
    while True:
        yield dice.expovariate(visitors / (MEAN_STAY * per_visitor))


def asking_share(visitors: int) -> float:
    """The share of visits that ask for help, so that requests are not more frequent than operators like."""
    return min(MOST_ASKING, MEAN_STAY / (REQUESTS_APART * max(1, visitors)))


def _visit(dice: random.Random, persona: Persona, shop: Shop, *, asking: float, away: float) -> Visit:
    pages = _walk(dice, shop)
    dwells = [min(240.0, dice.lognormvariate(math.log(32), 0.8)) for _ in pages]
    stretch = dice.uniform(0.5, 1.5) * MEAN_STAY / sum(dwells)  # so that the mean stay is what it is said to be
    talk = _talk(dice, persona) if dice.random() < asking else None
    at = dice.randrange(len(pages)) if talk else -1
    steps = [
        Step(page=page, dwell=max(3.0, dwell * stretch), talk=talk if place == at else None)
        for place, (page, dwell) in enumerate(zip(pages, dwells, strict=True))
    ]
    return Visit(steps=tuple(steps), away=away)


def _walk(dice: random.Random, shop: Shop) -> list[ShopPage]:
    """A path along links: most begin on the start page, and hardly anybody goes straight back."""
    paths = list(shop)
    here = shop[paths[0] if dice.random() < 0.6 else dice.choice(paths)]
    walked = [here]
    for _ in range(min(11, int(dice.expovariate(1 / 4)) + 1)):
        links = [link for link in here.links if len(walked) < 2 or link != walked[-2].path]
        here = shop[dice.choice(links or paths)]
        walked.append(here)
    return walked


def _talk(dice: random.Random, persona: Persona) -> Talk:
    topic = dice.choice(TOPICS)
    return Talk(
        topic=topic,
        name=persona.name if persona.tells_name else "",
        email=persona.email,
        opening=tuple(_line(dice, text) for text in topic.opening),
        answers=tuple(_line(dice, text) for text in topic.answers[: dice.randint(1, len(topic.answers))]),
        thanks=_line(dice, topic.thanks),
        still_there=dice.choice(STILL_THERE),
        goodbye=dice.choice(GIVE_UP),
        patience=dice.uniform(45, 180),
        gives_up=dice.choices(("cancel", "leave-message", "go"), (5, 3, 2))[0],
        quiet=dice.uniform(60, 150),
        leaves_message=dice.random() < LEAVES_MESSAGE,
    )


def _line(dice: random.Random, text: str) -> Line:
    """Read for a moment, then type some five characters a second."""
    return Line(text=text, after=dice.uniform(1.5, 5.0) + len(text) / dice.uniform(4, 9))
