"""Rings: the requests that ring at each operator, and for a moment how each one stopped."""

from datetime import datetime, timedelta
from typing import Literal

import msgspec
from immutables import Map

from engine.events import (
    Abandoned,
    Accepted,
    ConversationEvent,
    ConversationId,
    EntryForgotten,
    MessageLeft,
    OfferDeclined,
    OfferTimedOut,
    OperatorId,
    Policy,
    Queued,
    Tick,
    VisitorForgotten,
    VisitorId,
)
from engine.streams.folds import ground
from engine.streams.folds.conversation import Conversation, Offer
from engine.streams.folds.ground import Ground, conversations_touched
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.machinery.tables import Row, placed_in
from engine.streams.machinery.window import Window
from engine.talk import Deed, deeds

SHOWN = timedelta(seconds=5)  # how long a ring that stopped still says why
Closed = Literal["taken", "queued", "left", "timeout", "declined", "withdrawn"]


class Ring(Row, frozen=True, kw_only=True):
    """A request at one operator.

    Attributes:
        department: its name.
        since: when the visitor asked, or was put back into the queue because the operator was lost or signed out.
        until: when it times out.
        may: what its operators may do.
        words: the gist of what the visitor says that it is about.
        closed: how it stopped, None while it rings; `by` the name of the operator who did it.
        own: whether that was the one it rang at.

    """

    id: ConversationId
    visitor: VisitorId
    name: str | None
    department: str
    mode: str
    since: datetime
    until: datetime
    policy: Policy
    may: tuple[Deed, ...]
    address: str | None
    title: str | None
    referrer: str | None
    origin: str | None
    visits: int
    words: str | None = None
    closed: Closed | None = None
    by: str | None = None
    own: bool = False


Rows = Map[OperatorId, Map[ConversationId, Ring]]


class State(msgspec.Struct, frozen=True):
    """The ground, the rings of each operator, and those that stopped lately."""

    ground: Ground
    rows: Rows
    closed: Window[tuple[OperatorId, Ring]]


VERSION = 4
EMPTY = State(ground.EMPTY, Map(), Window())


def step(state: State, moment: Moment) -> State:
    """Take a moment."""
    if isinstance(moment, Tick | ConversationEvent):
        state = _cleared(state, moment.at)
    if isinstance(moment, VisitorForgotten | EntryForgotten):
        state = _cleared(state, moment.at + 2 * SHOWN)  # what stopped holds a name
    after = ground.step(state.ground, moment)
    if after is state.ground:
        return state
    rows, closed = state.rows, state.closed
    for key in conversations_touched(after, moment):
        new = after.conversations.by_id.get(key)
        old = state.ground.conversations.by_id.get(key)
        if new is None:
            continue
        for operator in _stopped(old, new):
            ring = _stop(rows, operator, after, moment, key)
            if ring is not None:
                rows = placed_in(rows, operator, key, ring)
                closed = closed.add(moment.at, (operator, ring))
        if new.offer:
            for operator in new.offer.operators:
                rows = placed_in(rows, operator, key, _ring(after, new, new.offer))
    return State(after, rows, closed)


def _stopped(old: Conversation | None, new: Conversation) -> tuple[OperatorId, ...]:
    """At whom it rang and does not any more."""
    if old is None or old.offer is None:
        return ()
    still = new.offer.operators if new.offer else ()
    return tuple(one for one in old.offer.operators if one not in still)


def _stop(rows: Rows, operator: OperatorId, ground: Ground, moment: Moment, key: ConversationId) -> Ring | None:
    part = rows.get(operator)
    ring = part.get(key) if part else None
    if ring is None or ring.closed:
        return None
    closed, by = _why(moment)
    name = ground.directory.operator(by) if by else None
    return msgspec.structs.replace(ring, closed=closed, by=name, own=by == operator)


def _why(moment: Moment) -> tuple[Closed, OperatorId | None]:
    match moment:
        case Accepted():
            return "taken", moment.operator
        case OfferDeclined():
            return "declined", moment.operator
        case OfferTimedOut():
            return "timeout", None
        case Queued():
            return ("timeout" if moment.reason == "timeout" else "queued"), moment.operator
        case Abandoned() | MessageLeft():
            return "left", None
    return "withdrawn", None


def _cleared(state: State, at: datetime) -> State:
    closed, dropped = state.closed.dropped(at - SHOWN)
    if not dropped:
        return state
    rows = state.rows
    for operator, ring in dropped:
        part = rows.get(operator)
        if part and part.get(ring.id) == ring:  # else it rings again; equal, as a saved one is another object
            rows = placed_in(rows, operator, ring.id, None)
    return State(state.ground, rows, closed)


def _ring(ground: Ground, conversation: Conversation, offer: Offer) -> Ring:
    visit = ground.presence.visits.get(conversation.visitor)
    page = visit.page if visit else None
    return Ring(
        id=conversation.id,
        visitor=conversation.visitor,
        name=ground.name_of(conversation.visitor),
        department=ground.directory.department(conversation.department),
        mode=conversation.mode,
        since=conversation.waits_since,
        until=offer.until,
        policy=offer.policy,
        may=deeds("operator", conversation.state),
        address=page.address if page else None,
        title=page.title if page else None,
        referrer=visit.referrer if visit else None,
        origin=visit.origin if visit else None,
        visits=visit.ordinal if visit else 1,
        words=conversation.first_words,
    )


def view(state: State) -> Rows:
    """The rings by operator and conversation."""
    return state.rows


PIPELINE: Pipeline[State, Rows] = Pipeline(
    name="rings", takes=ground.TAKES, version=VERSION, empty=EMPTY, step=step, view=view, mark=view
)
