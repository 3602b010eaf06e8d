"""The published state of every open conversation, and of the last one of each visitor for some days after its end.

It has what every view needs of a conversation, and the indexes by visitor, department and operator. What was written
is not kept here.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.desk.settings import DEFAULTS
from engine.events import (
    Abandoned,
    Accepted,
    ConversationEvent,
    ConversationId,
    DepartmentId,
    Ended,
    EngineStarted,
    HelpAsked,
    HelpAskedAgain,
    MessageLeft,
    MessageWritten,
    Mode,
    OfferDeclined,
    OfferExtended,
    OfferMade,
    OfferTimedOut,
    OfferWithdrawn,
    OperatorId,
    Queued,
    QueuedReason,
    SettingChanged,
    SiteId,
    VisitorId,
)
from engine.streams.pipeline import Pipeline, by_type, shared
from engine.streams.window import Window

State = Literal["routing", "queued", "active", "ended", "abandoned", "left"]
OPEN: frozenset[State] = frozenset({"routing", "queued", "active"})
KEPT = timedelta(days=7)  # how long who comes back finds their last conversation
K = TypeVar("K")


class Offer(msgspec.Struct, frozen=True):
    """What rings: at these operators, until then."""

    policy: Literal["broadcast", "queue"]
    operators: tuple[OperatorId, ...]
    until: datetime


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation as it stands.

    Attributes:
        number: that of its last event.
        asked: when the visitor asked; of a message left without asking, when it was left.
        since: when the present state began.
        offer: what rings now.
        operator: who serves, or served.
        reason: why it was queued, and `queued_by` whom where it was by hand.

    """

    id: ConversationId
    visitor: VisitorId
    site: SiteId
    department: DepartmentId
    mode: Mode = "text"
    state: State
    number: int
    asked: datetime
    since: datetime
    offer: Offer | None = None
    operator: OperatorId | None = None
    reason: QueuedReason | None = None
    queued_by: OperatorId | None = None

    @property
    def open(self) -> bool:
        """Whether it goes on: routing, queued or active."""
        return self.state in OPEN


class Conversations(msgspec.Struct, frozen=True):
    """The conversations and their indexes.

    Attributes:
        last: the open one of each visitor, or else their last.
        closed: those that are over, in their order, until they are forgotten.
        queues: the Communication Queue of each department, next first.
        serving: the active ones of each operator.
        asking: those offered from the queue to each operator alone.
        left: how many messages of each visitor wait for an answer.
        response_timeout: the setting, in seconds; rings begin anew with it after a start.

    """

    by_id: Map[ConversationId, Conversation]
    last: Map[VisitorId, ConversationId]
    queues: Map[DepartmentId, tuple[ConversationId, ...]]
    serving: Map[OperatorId, frozenset[ConversationId]]
    asking: Map[OperatorId, frozenset[ConversationId]]
    left: Map[VisitorId, int]
    closed: Window[ConversationId]
    response_timeout: int

    def of(self, visitor: VisitorId) -> Conversation | None:
        """The visitor's open conversation, or else their last."""
        key = self.last.get(visitor)
        return self.by_id.get(key) if key else None

    def open_of(self, visitor: VisitorId) -> Conversation | None:
        """The visitor's open conversation."""
        conversation = self.of(visitor)
        return conversation if conversation and conversation.open else None

    def queue(self, department: DepartmentId) -> tuple[ConversationId, ...]:
        """Who waits in a department's queue, next first."""
        return self.queues.get(department, ())


VERSION = 1
EMPTY = Conversations(Map(), Map(), Map(), Map(), Map(), Map(), Window(), DEFAULTS["response_timeout"])


# --- the state after an event ----------------------------------------------------------------------------------------

_STATE_AFTER: dict[type[ConversationEvent], State] = {
    HelpAsked: "routing",
    OfferExtended: "routing",
    OfferTimedOut: "queued",
    Queued: "queued",
    Accepted: "active",
    MessageWritten: "active",
    Ended: "ended",
    Abandoned: "abandoned",
    MessageLeft: "left",
}


def state_after(before: State | None, event: ConversationEvent) -> State:
    """The conversation's state after `event`; `before` is its state until then, None if the event begins it."""
    if isinstance(event, OfferMade):
        return "routing" if event.policy == "broadcast" else "queued"
    return _STATE_AFTER.get(type(event), before or "routing")


# --- the step --------------------------------------------------------------------------------------------------------


def _begun(state: Conversations, event: HelpAsked | MessageLeft) -> Conversations:
    old = state.by_id.get(event.conversation)
    if old is not None:
        return _advanced(state, event, offer=None)
    new = Conversation(
        id=event.conversation,
        visitor=event.visitor,
        site=event.site,
        department=event.department,
        state=state_after(None, event),
        number=event.number,
        asked=event.at,
        since=event.at,
    )
    return _put(_forget_last(state, new), None, new)


def _forget_last(state: Conversations, new: Conversation) -> Conversations:
    """A visitor's new conversation takes the place of their last one."""
    last = state.of(new.visitor)
    by_id = state.by_id if last is None or last.open else state.by_id.delete(last.id)
    return replace(state, by_id=by_id, last=state.last.set(new.visitor, new.id))


def _advanced(state: Conversations, event: ConversationEvent, **changes: Any) -> Conversations:
    old = state.by_id[event.conversation]
    after = state_after(old.state, event)
    since = old.since if after == old.state else event.at
    return _put(state, old, replace(old, state=after, since=since, number=event.number, **changes))


def _offered(state: Conversations, event: OfferMade) -> Conversations:
    return _advanced(state, event, offer=Offer(event.policy, event.operators, event.until))


def _extended(state: Conversations, event: OfferExtended) -> Conversations:
    offer = state.by_id[event.conversation].offer
    if offer is None:
        return _advanced(state, event)
    return _advanced(state, event, offer=replace(offer, operators=(*offer.operators, event.operator)))


def _withdrawn(state: Conversations, event: OfferDeclined | OfferWithdrawn | OfferTimedOut) -> Conversations:
    offer = state.by_id[event.conversation].offer
    others = tuple(one for one in offer.operators if one != event.operator) if offer else ()
    return _advanced(state, event, offer=replace(offer, operators=others) if offer and others else None)


def _queued(state: Conversations, event: Queued) -> Conversations:
    return _advanced(state, event, offer=None, reason=event.reason, queued_by=event.operator)


def _accepted(state: Conversations, event: Accepted) -> Conversations:
    return _advanced(state, event, offer=None, operator=event.operator)


def _closed(state: Conversations, event: Ended | Abandoned) -> Conversations:
    return _advanced(state, event, offer=None)


def _setting_changed(state: Conversations, event: SettingChanged) -> Conversations:
    return replace(state, response_timeout=event.value) if event.name == "response_timeout" else state


def _ring_anew(state: Conversations, event: EngineStarted) -> Conversations:
    until = event.at + timedelta(seconds=state.response_timeout)
    ringing = {
        key: replace(conversation, offer=replace(conversation.offer, until=until))
        for key, conversation in state.by_id.items()
        if conversation.offer
    }
    return replace(state, by_id=state.by_id.update(ringing)) if ringing else state


_CHANGES: dict[type[Any], Any] = {
    HelpAsked: _begun,
    MessageLeft: _begun,
    HelpAskedAgain: _advanced,
    MessageWritten: _advanced,
    OfferMade: _offered,
    OfferExtended: _extended,
    OfferDeclined: _withdrawn,
    OfferWithdrawn: _withdrawn,
    OfferTimedOut: _withdrawn,
    Queued: _queued,
    Accepted: _accepted,
    Ended: _closed,
    Abandoned: _closed,
    SettingChanged: _setting_changed,
    EngineStarted: _ring_anew,
}
step = shared(by_type(_CHANGES))


# --- the indexes -----------------------------------------------------------------------------------------------------


def _put(state: Conversations, old: Conversation | None, new: Conversation) -> Conversations:
    by_id = state.by_id.set(new.id, new)
    if old and old.state == new.state and old.offer is new.offer:
        return replace(state, by_id=by_id)  # a message: no index changes
    if not new.open:
        state, by_id = _forgotten(state, by_id, new.since)
    return replace(
        state,
        by_id=by_id,
        closed=state.closed if new.open else state.closed.add(new.since, new.id),
        queues=_requeued(state.queues, old, new),
        serving=_reindexed(state.serving, new.id, _server(old), _server(new)),
        asking=_reindexed(state.asking, new.id, _asked_alone(old), _asked_alone(new)),
        left=state.left.set(new.visitor, state.left.get(new.visitor, 0) + 1) if new.state == "left" else state.left,
    )


def _forgotten(
    state: Conversations, by_id: Map[ConversationId, Conversation], at: datetime
) -> tuple[Conversations, Map[ConversationId, Conversation]]:
    closed, dropped = state.closed.dropped(at - KEPT)
    last = state.last
    for key in dropped:
        old = by_id.get(key)
        if old is not None:
            by_id = by_id.delete(key)
            last = last.delete(old.visitor)
    return (replace(state, closed=closed, last=last) if dropped else state), by_id


def _requeued(
    queues: Map[DepartmentId, tuple[ConversationId, ...]], old: Conversation | None, new: Conversation
) -> Map[DepartmentId, tuple[ConversationId, ...]]:
    was, now = old is not None and old.state == "queued", new.state == "queued"
    if was == now:
        return queues
    queue = queues.get(new.department, ())
    return queues.set(new.department, (*queue, new.id) if now else tuple(one for one in queue if one != new.id))


def _server(conversation: Conversation | None) -> Iterator[OperatorId]:
    if conversation and conversation.operator and conversation.state == "active":
        yield conversation.operator


def _asked_alone(conversation: Conversation | None) -> Iterator[OperatorId]:
    if conversation and conversation.offer and conversation.offer.policy == "queue":
        yield from conversation.offer.operators


def _reindexed(
    index: Map[K, frozenset[ConversationId]], one: ConversationId, old: Iterator[K], new: Iterator[K]
) -> Map[K, frozenset[ConversationId]]:
    before, after = set(old), set(new)
    for key in before - after:
        rest = index[key] - {one}
        index = index.set(key, rest) if rest else index.delete(key)
    for key in after - before:
        index = index.set(key, index.get(key, frozenset()) | {one})
    return index


def view(state: Conversations) -> Conversations:
    """The conversations as they are."""
    return state


PIPELINE: Pipeline[Conversations, Conversations] = Pipeline(
    name="conversations", version=VERSION, empty=EMPTY, step=step, view=view, mark=view
)
run = PIPELINE.run
