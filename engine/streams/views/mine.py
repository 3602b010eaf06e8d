"""My conversations: what each operator serves, with the last line and how long the visitor has waited for an answer."""

from datetime import datetime
from typing import Literal

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import (
    Accepted,
    ByVisitor,
    ConversationId,
    EntryForgotten,
    MessagesSeen,
    MessageWritten,
    OperatorId,
    VisitorForgotten,
    VisitorId,
)
from engine.streams.folds import ground
from engine.streams.folds.conversation import Conversation
from engine.streams.folds.ground import Ground, conversations_touched
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.machinery.tables import Row, placed_in
from engine.talk import State

LINE = 120  # characters of the last line


class Line(msgspec.Struct, frozen=True):
    """The last message."""

    author: Literal["visitor", "operator"]
    text: str
    at: datetime


class OwnConversation(Row, frozen=True, kw_only=True):
    """A conversation somebody serves.

    Attributes:
        since: when it was accepted.
        waiting_since: since when the visitor waits for an answer: the time of their oldest message without one, or when
            they were accepted; who was invited has the operator's words already.
        number: that of the last event.
        unread: how many messages of the visitor the operator has not seen.
        seen: the number up to which the visitor has seen the messages.

    """

    id: ConversationId
    visitor: VisitorId
    name: str | None
    department: str
    state: State
    since: datetime
    waiting_since: datetime | None
    last: Line | None
    address: str | None
    title: str | None
    here: bool
    number: int
    unread: int
    seen: int


class Messages(msgspec.Struct, frozen=True):
    """Of a conversation: the last one, since when the visitor waits for one, and the numbers of those not seen."""

    last: Line | None = None
    waiting_since: datetime | None = None
    unread: tuple[int, ...] = ()


Rows = Map[OperatorId, Map[ConversationId, OwnConversation]]


class Serving(msgspec.Struct, frozen=True):
    """The ground, the messages of open conversations, and the rows of each operator."""

    ground: Ground
    messages: Map[ConversationId, Messages]
    rows: Rows


VERSION = 4
EMPTY = Serving(ground.EMPTY, Map(), Map())
NOTHING = Messages()


def step(state: Serving, moment: Moment) -> Serving:
    """Take a moment."""
    after = ground.step(state.ground, moment)
    if after is state.ground:
        return state
    messages, rows = state.messages, state.rows
    if isinstance(moment, Accepted | MessageWritten | MessagesSeen):
        messages = messages.set(moment.conversation, _after(messages.get(moment.conversation, NOTHING), moment))
    if isinstance(moment, VisitorForgotten | EntryForgotten):
        messages = _without_text(messages, moment)
    for key in conversations_touched(after, moment):
        talk, old = after.conversations.by_id.get(key), state.ground.conversations.by_id.get(key)
        if talk is None:
            continue
        if old and old.operator and old.operator != talk.operator:
            rows = placed_in(rows, old.operator, key, None)
        if talk.operator:
            rows = placed_in(rows, talk.operator, key, _row(after, talk, messages.get(key, NOTHING)))
        if not talk.open and key in messages:
            messages = messages.delete(key)
    return Serving(after, messages, rows)


def _after(before: Messages, event: Accepted | MessageWritten | MessagesSeen) -> Messages:
    if isinstance(event, Accepted):
        waits = event.how != "invitation"
        return replace(before, waiting_since=before.waiting_since or event.at) if waits else before
    if isinstance(event, MessagesSeen):
        if isinstance(event.by, ByVisitor):
            return before
        return replace(before, unread=tuple(number for number in before.unread if number > event.upto))
    text = event.personal.text[:LINE] if event.personal else ""
    if isinstance(event.author, ByVisitor):
        waiting_since = before.waiting_since or event.at
        return Messages(Line("visitor", text, event.at), waiting_since, (*before.unread, event.number))
    return Messages(Line("operator", text, event.at), None, before.unread)


def _without_text(
    messages: Map[ConversationId, Messages], event: VisitorForgotten | EntryForgotten
) -> Map[ConversationId, Messages]:
    for key in event.conversations if isinstance(event, VisitorForgotten) else (event.conversation,):
        known = messages.get(key)
        line = known.last if known else None
        if known and line and (isinstance(event, VisitorForgotten) or line.at == event.written):
            messages = messages.set(key, replace(known, last=replace(line, text="")))
    return messages


def _row(ground: Ground, talk: Conversation, messages: Messages) -> OwnConversation | None:
    if not talk.served:
        return None
    visit = ground.presence.visits.get(talk.visitor)
    page = visit.page if visit else None
    return OwnConversation(
        id=talk.id,
        visitor=talk.visitor,
        name=ground.name_of(talk.visitor),
        department=ground.directory.department(talk.department),
        state=talk.state,
        since=talk.accepted or talk.since,
        waiting_since=messages.waiting_since,
        last=messages.last,
        address=page.address if page else None,
        title=page.title if page else None,
        here=visit.here if visit else False,
        number=talk.number,
        unread=len(messages.unread),
        seen=talk.seen_by_visitor,
    )


def view(state: Serving) -> Rows:
    """The conversations by operator."""
    return state.rows


# Every message changes a row, and the message itself comes by its conversation, unpaced: the list shows no more than a
# browser can, as the board does. Not a second: the profile is opened by it, which must follow an accept at once.
PIPELINE: Pipeline[Serving, Rows] = Pipeline(
    name="mine", takes=ground.TAKES, version=VERSION, empty=EMPTY, step=step, view=view, mark=view, pace=0.2
)
