"""The Message Queue of each department: its left messages, until an operator closes them."""

from datetime import datetime
from typing import Literal, get_args

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine import talk
from engine.events import (
    ConversationId,
    DepartmentId,
    EntryForgotten,
    LeftMessageAnswered,
    LeftMessageClosed,
    LeftMessageReopened,
    MessageLeft,
    OperatorId,
    VisitEnded,
    VisitorForgotten,
    VisitorId,
)
from engine.streams.folds import directory
from engine.streams.folds.directory import Directory
from engine.streams.folds.ground import moment_renames
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.machinery.tables import Row, placed_in

Marked = LeftMessageAnswered | LeftMessageClosed | LeftMessageReopened


class LeftMessage(Row, frozen=True, kw_only=True):
    """A left message; what is personal is None where the person was erased. `department` and `site` are names.

    Attributes:
        state: whether it waits for an answer, or has one and waits to be closed; `may` what operators may do.
        by: the name of the operator who said that it is answered.

    """

    id: ConversationId
    visitor: VisitorId
    name: str | None
    email: str | None
    subject: str | None
    text: str | None
    department: str
    at: datetime
    state: Literal["open", "answered"]
    may: tuple[talk.Deed, ...]
    by: str | None
    site: str


class Left(msgspec.Struct, frozen=True):
    """A left message and where it stands; `by` is who said so."""

    event: MessageLeft
    state: Literal["open", "answered", "closed"] = "open"
    by: OperatorId | None = None


_STANDS = {"open": talk.State.LEFT, "answered": talk.State.ANSWERED}
Rows = Map[DepartmentId, Map[ConversationId, LeftMessage]]


class State(msgspec.Struct, frozen=True):
    """The names, what was left, and the rows of each department."""

    directory: Directory
    left: Map[ConversationId, Left]
    rows: Rows


VERSION = 3
EMPTY = State(directory.EMPTY, Map(), Map())


def step(state: State, moment: Moment) -> State:
    """Take a moment."""
    names = directory.step(state.directory, moment)
    if isinstance(moment, VisitEnded):
        state = _without_gone(state, names)
    if isinstance(moment, VisitorForgotten | EntryForgotten):
        state = _without_personal(state, moment)
    if isinstance(moment, MessageLeft):
        return _placed(replace(state, directory=names), moment.conversation, Left(moment))
    if isinstance(moment, Marked):
        return _marked(replace(state, directory=names), moment)
    if names is state.directory:
        return state
    state = replace(state, directory=names)
    for key, left in state.left.items() if moment_renames(moment) else ():
        state = _placed(state, key, left)
    return state


def _placed(state: State, key: ConversationId, left: Left) -> State:
    rows = placed_in(state.rows, left.event.department, key, _row(state.directory, left))
    return replace(state, left=state.left.set(key, left), rows=rows)


def _marked(state: State, event: Marked) -> State:
    before = state.left.get(event.conversation)
    if before is None:
        return state
    match event:
        case LeftMessageReopened():
            return _placed(state, event.conversation, Left(before.event))
        case LeftMessageAnswered():
            return _placed(state, event.conversation, Left(before.event, "answered", event.operator))
    return _placed(state, event.conversation, Left(before.event, "closed", event.operator))


def _without_personal(state: State, event: VisitorForgotten | EntryForgotten) -> State:
    left, forgets = state.left, frozenset(event.forgets)
    for key, message in state.left.items():
        said = message.event
        if (key, None) in forgets or (key, said.number) in forgets:
            left = left.set(key, replace(message, event=replace(said, personal=None)))
    return replace(state, left=left)


def _without_gone(state: State, names: Directory) -> State:
    """With the end of a visit: what is closed of those who are gone is not opened again."""
    left = state.left
    for key in state.directory.closed:
        if key not in names.closed:
            left = left.delete(key)
    return state if left is state.left else replace(state, left=left)


def _row(names: Directory, message: Left) -> LeftMessage | None:
    if message.state == "closed":
        return None
    event, left = message.event, message.event.personal
    return LeftMessage(
        id=event.conversation,
        visitor=event.visitor,
        name=names.name_of(event.visitor) or (left.name if left else None),
        email=left.email if left else None,
        subject=left.subject if left else None,
        text=left.text if left else None,
        department=names.department(event.department),
        at=event.at,
        state=message.state,
        may=talk.deeds("operator", _STANDS[message.state]),
        by=names.operator(message.by) if message.by else None,
        site=names.site(event.site),
    )


def view(state: State) -> Rows:
    """The left messages by department."""
    return state.rows


PIPELINE: Pipeline[State, Rows] = Pipeline(
    name="messages",
    takes=directory.TAKES | {MessageLeft, *get_args(Marked)},
    version=VERSION,
    empty=EMPTY,
    step=step,
    view=view,
    mark=view,
)
