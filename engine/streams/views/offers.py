"""Offers: how many ring now, and what became of those of the last hour.

They are the rows of `engine.facts.offers`, so that the tile and the report agree.
"""

from collections import Counter
from operator import eq

import msgspec

from engine.events import Tick
from engine.facts import catalogue, offers
from engine.facts.offers import Offer
from engine.streams.machinery.hour import HOUR, counted, quantile
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.machinery.tables import Row
from engine.streams.machinery.window import Window


class Offers(Row, frozen=True, kw_only=True):
    """The tile. All but `ringing` are of the offers that were decided in the last hour; each is to one operator.

    Attributes:
        ringing: how many ring at an operator now.
        answer_median_s: how long those rang that were accepted, in seconds; None without any.

    """

    ringing: int
    accepted: int
    declined: int
    missed: int
    taken_by_other: int
    queued: int
    withdrawn: int
    left: int
    answer_median_s: float | None


class State(msgspec.Struct, frozen=True):
    """What rings, and the offers of the last hour."""

    offers: offers.State
    hour: Window[Offer]


VERSION = 2
EMPTY = State(offers.EMPTY, Window())


def step(state: State, moment: Moment) -> State:
    """Take a moment."""
    if isinstance(moment, Tick):
        hour, dropped = state.hour.dropped(moment.at - HOUR)
        return State(state.offers, hour) if dropped else state
    after, rows = offers.step(state.offers, moment)
    if after is state.offers:
        return state
    return State(after, counted(state.hour, moment.at, rows))


def view(state: State) -> Offers:
    """The tile as it is."""
    ended = tuple(state.hour)
    outcomes = Counter(offer.outcome for offer in ended)
    answers = sorted(offer.seconds for offer in ended if offer.outcome == "accepted" and offer.seconds is not None)
    return Offers(
        ringing=sum(len(asking.offers) for asking in state.offers.open.values()),
        accepted=outcomes["accepted"],
        declined=outcomes["declined"],
        missed=outcomes["timed-out"],
        taken_by_other=outcomes["taken-by-other"],
        queued=outcomes["queued"],
        withdrawn=outcomes["withdrawn"],
        left=outcomes["left"],
        answer_median_s=quantile(answers, 0.5),
    )


PIPELINE: Pipeline[State, Offers] = Pipeline(
    name="offers",
    takes=catalogue.TAKES["offers"] | {Tick},
    version=VERSION,
    empty=EMPTY,
    step=step,
    view=view,
    mark=lambda state: state,
    pace=1.0,
    same=eq,
)
