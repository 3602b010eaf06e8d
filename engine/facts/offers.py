"""The fact "an offer": one row for each time that one operator was asked to take a conversation and it is decided.

A broadcast to three operators is three offers. What an operator takes out of the queue by hand was never offered.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import (
    Abandoned,
    Accepted,
    ConversationId,
    DepartmentId,
    Ended,
    Event,
    HelpAsked,
    InvitationExpired,
    InvitationRefused,
    InvitationTakenBack,
    Invited,
    Lost,
    MessageLeft,
    OfferDeclined,
    OfferExtended,
    OfferMade,
    OfferTimedOut,
    OfferWithdrawn,
    OperatorId,
    Queued,
)

OfferReason = Literal["asked", "available", "freed", "next", "extended"]
OfferEnd = Literal["accepted", "declined", "timed-out", "withdrawn", "queued", "taken-by-other", "left"]


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """An offer to one operator.

    Attributes:
        reason: what caused it; `extended` is a ring that began at others before.
        outcome: None while it rings; `queued` when anybody put the request in the queue, `left` when the visitor
            went or left a message.
        seconds: from `made_at` to `ended_at`.

    """

    conversation: ConversationId
    department: DepartmentId
    operator: OperatorId
    policy: Literal["broadcast", "queue"]
    reason: OfferReason
    made_at: datetime
    ended_at: datetime | None = None
    seconds: float | None = None
    outcome: OfferEnd | None = None


class Asking(msgspec.Struct, frozen=True):
    """A conversation that can be offered, and the offers of it that are not decided, by operator."""

    department: DepartmentId
    offers: Map[OperatorId, Offer]


class State(msgspec.Struct, frozen=True):
    """The conversations that go on: who is served may have to be offered again."""

    open: Map[ConversationId, Asking]


VERSION = 2
EMPTY = State(Map())
NOTHING: tuple[Offer, ...] = ()
Step = tuple[State, tuple[Offer, ...]]


def step(state: State, event: Event) -> Step:
    """Take an event; a row comes with the end of an offer."""
    match event:
        case HelpAsked() | Invited():
            return State(state.open.set(event.conversation, Asking(event.department, Map()))), NOTHING
        case OfferMade():
            return _made(state, event), NOTHING
        case OfferExtended():
            return _extended(state, event), NOTHING
        case OfferDeclined() | OfferWithdrawn() | OfferTimedOut() | Queued() | Accepted():
            return _ended(state, event.conversation, event.at, _decides(event))
        case (
            Abandoned() | MessageLeft() | Ended() | Lost()
            | InvitationRefused() | InvitationTakenBack() | InvitationExpired()
        ):  # fmt: skip
            return _over(state, event.conversation, event.at, _decides(event))
    return state, NOTHING


def unfinished(asking: Asking) -> tuple[Offer, ...]:
    """The offers of a conversation that ring now."""
    return tuple(asking.offers.values())


def _made(state: State, event: OfferMade) -> State:
    asking = state.open.get(event.conversation)
    if asking is None:
        return state
    offers = asking.offers
    for operator in event.operators:
        offers = offers.set(operator, _offer(event, asking, operator, event.policy, event.reason))
    return State(state.open.set(event.conversation, Asking(asking.department, offers)))


def _extended(state: State, event: OfferExtended) -> State:
    asking = state.open.get(event.conversation)
    if asking is None:
        return state
    offers = asking.offers.set(event.operator, _offer(event, asking, event.operator, "broadcast", "extended"))
    return State(state.open.set(event.conversation, Asking(asking.department, offers)))


def _offer(
    event: OfferMade | OfferExtended,
    asking: Asking,
    operator: OperatorId,
    policy: Literal["broadcast", "queue"],
    reason: OfferReason,
) -> Offer:
    return Offer(
        conversation=event.conversation,
        department=asking.department,
        operator=operator,
        policy=policy,
        reason=reason,
        made_at=event.at,
    )


Decided = Callable[[OperatorId], OfferEnd | None]


def _decides(event: Event) -> Decided:
    """What an event means for the offer to each operator."""
    match event:
        case OfferDeclined():
            return _one(event.operator, "declined")
        case OfferWithdrawn():
            return _one(event.operator, "withdrawn")
        case OfferTimedOut():
            return _one(event.operator, "timed-out")
        case Queued():
            return _all("timed-out" if event.reason == "timeout" else "queued")
        case Accepted():
            return lambda asked: "accepted" if asked == event.operator else "taken-by-other"
    return _all("left")


def _one(operator: OperatorId, outcome: OfferEnd) -> Decided:
    return lambda asked: outcome if asked == operator else None


def _all(outcome: OfferEnd) -> Decided:
    return lambda _asked: outcome


def _ended(state: State, key: ConversationId, at: datetime, decided: Decided) -> Step:
    """End the offers of a conversation for which `decided` knows an outcome."""
    asking = state.open.get(key)
    if asking is None:
        return state, NOTHING
    offers, rows = asking.offers, list[Offer]()
    for operator, offer in sorted(asking.offers.items()):  # the order in a map is another in each process
        if (outcome := decided(operator)) is not None:
            offers = offers.delete(operator)
            seconds = (at - offer.made_at).total_seconds()
            rows.append(replace(offer, ended_at=at, seconds=seconds, outcome=outcome))
    if not rows:
        return state, NOTHING
    return State(state.open.set(key, Asking(asking.department, offers))), tuple(rows)


def _over(state: State, key: ConversationId, at: datetime, decided: Decided) -> Step:
    """End all offers of a conversation that is over."""
    after, rows = _ended(state, key, at, decided)
    return (State(after.open.delete(key)) if key in after.open else after), rows
