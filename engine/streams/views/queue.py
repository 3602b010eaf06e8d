"""The Communication Queue of each department: who waits, since when, why, and whom it is offered to."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec
from immutables import Map

from engine.events import ConversationEvent, ConversationId, DepartmentId, QueuedReason, VisitorId
from engine.streams.folds import ground
from engine.streams.folds.conversation import Conversation
from engine.streams.folds.ground import Ground, conversations_touched
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.machinery.tables import Row, placed_in
from engine.talk import State, at_head, in_turn


class Waiting(Row, frozen=True, kw_only=True):
    """A visitor in the queue.

    Attributes:
        department: its name.
        since: when the visitor came into the queue; `asked` when they asked.
        waits_since: when their wait began, as wherever it is shown: they asked, or lost their operator.
        offered_to: the name of the one operator it is offered to now.
        reason: why it was queued; `by` the name of the operator who queued it by hand, or served the visitor until
            they were lost or signed out.
        words: the gist of what the visitor says that it is about.
        place: 1 is next in the department; `turn` sorts those of several departments.

    """

    id: ConversationId
    visitor: VisitorId
    name: str | None
    department: str
    since: datetime
    asked: datetime
    waits_since: datetime
    status: Literal["waiting", "offered"]
    offered_to: str | None
    reason: QueuedReason | None
    by: str | None
    address: str | None
    title: str | None
    referrer: str | None
    visits: int
    place: int
    turn: str
    words: str | None = None


Rows = Map[DepartmentId, Map[ConversationId, Waiting]]


class Queues(msgspec.Struct, frozen=True):
    """The ground and the rows of each department."""

    ground: Ground
    rows: Rows


VERSION = 3
EMPTY = Queues(ground.EMPTY, Map())


def step(state: Queues, moment: Moment) -> Queues:
    """Take a moment."""
    after = ground.step(state.ground, moment)
    if after is state.ground:
        return state
    rows = state.rows
    for key in _touched(state.ground, after, moment):
        talk = after.conversations.by_id.get(key)
        if talk is not None:
            rows = placed_in(rows, talk.department, key, _row(after, talk))
    return Queues(after, rows)


def _touched(before: Ground, after: Ground, moment: Moment) -> Iterable[ConversationId]:
    if not isinstance(moment, ConversationEvent):
        return conversations_touched(after, moment)
    talk = after.conversation(moment)
    if talk is None:
        return ()
    old, new = before.conversations.queue(talk.department), after.conversations.queue(talk.department)
    return (talk.id,) if old is new else (talk.id, *new)


def _row(ground: Ground, talk: Conversation) -> Waiting | None:
    if talk.state is not State.QUEUED:
        return None
    visit, names = ground.presence.visits.get(talk.visitor), ground.directory
    place = ground.conversations.queue(talk.department).index(talk.id) + 1
    page = visit.page if visit else None
    return Waiting(
        id=talk.id,
        visitor=talk.visitor,
        name=ground.name_of(talk.visitor),
        department=names.department(talk.department),
        since=talk.since,
        asked=talk.asked,
        waits_since=talk.waits_since,
        status="offered" if talk.offer else "waiting",
        offered_to=names.operator(talk.offer.operators[0]) if talk.offer else None,
        reason=talk.reason,
        by=names.operator(talk.queued_by) if talk.queued_by else None,
        address=page.address if page else None,
        title=page.title if page else None,
        referrer=visit.referrer if visit else None,
        visits=visit.ordinal if visit else 1,
        place=place,
        turn=in_turn(ahead=at_head(talk.reason), since=talk.since, place=place),
        words=talk.first_words,
    )


def view(state: Queues) -> Rows:
    """Who waits, by department."""
    return state.rows


PIPELINE: Pipeline[Queues, Rows] = Pipeline(
    name="queue", takes=ground.TAKES, version=VERSION, empty=EMPTY, step=step, view=view, mark=view
)
