"""The indexes of the conversations: what a conversation that changed changes in the queues, in who serves and is asked,
and in what waits for an answer.

It must not know what happened: only the conversation as it was and as it is.
"""

from collections.abc import Iterator
from typing import TypeVar

from immutables import Map

from engine.events import ConversationId, DepartmentId, OperatorId, VisitorId
from engine.streams.folds.conversation import Conversation
from engine.talk import State, at_head, stand_before

K = TypeVar("K")
Pasts = Map[VisitorId, tuple[ConversationId, ...]]
Queues = Map[DepartmentId, tuple[ConversationId, ...]]
Sets = Map[K, frozenset[ConversationId]]


def requeued(
    queues: Queues, by_id: Map[ConversationId, Conversation], old: Conversation | None, new: Conversation
) -> Queues:
    """The queues, where `new` may have come in or left; `by_id` knows those who wait already."""
    was, now = old is not None and old.state is State.QUEUED, new.state is State.QUEUED
    if was == now:
        return queues
    queue = queues.get(new.department, ())
    if not now:
        return queues.set(new.department, tuple(one for one in queue if one != new.id))
    later = stand_before(queue, ahead=at_head(new.reason), is_ahead=lambda one: at_head(by_id[one].reason))
    earlier = queue[: len(queue) - len(later)]
    return queues.set(new.department, (*earlier, new.id, *later))


def pasts(past: Pasts, old: Conversation | None, new: Conversation | None) -> Pasts:
    """The conversations of each visitor that are not open; `new` None where one is forgotten."""
    was, now = old is not None and not old.open, new is not None and not new.open
    one = new or old
    if was == now or one is None:
        return past
    known = past.get(one.visitor, ())
    rest = (*known, one.id) if now else tuple(key for key in known if key != one.id)
    return past.set(one.visitor, rest) if rest else past.delete(one.visitor)


def recounted(left: Map[VisitorId, int], old: Conversation | None, new: Conversation) -> Map[VisitorId, int]:
    """How many messages of each visitor wait for an answer."""
    more = (new.state is State.LEFT) - (old is not None and old.state is State.LEFT)
    count = left.get(new.visitor, 0) + more
    if not more:
        return left
    return left.set(new.visitor, count) if count else left.delete(new.visitor)


def served_by(serving: Sets[OperatorId], old: Conversation | None, new: Conversation) -> Sets[OperatorId]:
    """What each operator serves."""
    return _reindexed(serving, new.id, _who_serves(old), _who_serves(new))


def asked_alone(asking: Sets[OperatorId], old: Conversation | None, new: Conversation) -> Sets[OperatorId]:
    """What is offered from the queue to each operator alone."""
    return _reindexed(asking, new.id, _who_is_asked(old), _who_is_asked(new))


def _who_serves(conversation: Conversation | None) -> Iterator[OperatorId]:
    if conversation and conversation.operator and conversation.served:
        yield conversation.operator


def _who_is_asked(conversation: Conversation | None) -> Iterator[OperatorId]:
    if conversation and conversation.offer and conversation.offer.alone:
        yield from conversation.offer.operators


def _reindexed(index: Sets[K], one: ConversationId, old: Iterator[K], new: Iterator[K]) -> Sets[K]:
    before, after = set(old), set(new)
    for key in before - after:
        rest = index[key] - {one}
        index = index.set(key, rest) if rest else index.delete(key)
    for key in after - before:
        index = index.set(key, index.get(key, frozenset()) | {one})
    return index
