"""A conversation's events as entries: what an operator reads of each, and what of it a visitor may see.

An entry is declared here, once: the door sends it to operators, the widget's gateway to visitors. It is pure, so that
history from the journal and live events read alike.
"""

from datetime import datetime

import msgspec
from msgspec.structs import replace

from engine.events import ConversationEvent, ConversationId, MessageId
from engine.talk.line import HEAD
from engine.talk.may import Side
from engine.talk.names import Names
from engine.talk.state import State
from engine.talk.told import BY_WORD, TOLD, Body, Line, Text, What
from engine.talk.transitions import after


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="t", tag="entry"):
    """One event of a conversation, in its order: `number` counts 1, 2, 3 … without a gap.

    Attributes:
        token: opaque; hand it back as `after` to go on from here.
        what: what happened; for a visitor `step` where it is nothing they see.
        state: the conversation's state after it.
        author: which side did it, `operator` the name of who did it or whom it concerns.
        visitor: what the visitor was called then, where that is known; it is told to operators.
        message: the message's id, and `client_id` its sender's own one.

    """

    conversation: ConversationId
    number: int
    token: str = ""
    at: datetime
    what: What
    state: State
    body: Body
    author: Side | None = None
    operator: str | None = None
    visitor: str | None = None
    message: MessageId | None = None
    client_id: str | None = None


def entry(event: ConversationEvent, *, before: State | None, names: Names) -> Entry:
    """The entry of an event; `before` is the conversation's state until then, None if the event begins it."""
    told = TOLD[type(event)]
    more = told.more(event, names)
    return Entry(
        conversation=event.conversation,
        number=event.number,
        at=event.at,
        what=told.what,
        state=after(before, event),
        **{"body": Line(), **more},
    )


def for_visitor(told: Entry) -> Entry:
    """What the visitor sees of an entry: not who was asked, declined or queued it.

    Whoever served them until their connection was lost is named.
    """
    row = BY_WORD[told.what]
    ringing = told.what == "offered" and told.state is State.ROUTING
    what: What = "ringing" if ringing else row.to_visitor
    lost = isinstance(told.body, Line) and told.body.reason in HEAD
    return replace(
        told,
        what=what,
        body=_seen_of(told.body, reason=row.reason_said),
        author=told.author if what != "step" else None,
        operator=told.operator if row.named or lost else None,
        visitor=None,
        client_id=told.client_id if told.author == "visitor" else None,
    )


def plain(told: Entry) -> str:
    """The text of what a person wrote, empty for any other entry."""
    return "" if isinstance(told.body, Line) else "".join(span.text for span in told.body.spans or ())


def _seen_of(body: Body, *, reason: bool) -> Body:
    if isinstance(body, Line):
        return Line(reason=body.reason if reason else None, upto=body.upto)
    return Text(spans=body.spans)
