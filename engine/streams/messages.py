"""The Message Queue of each department: messages that visitors left and nobody answered yet."""

from datetime import datetime
from typing import Literal

import msgspec
from immutables import Map

from engine.events import ConversationId, DepartmentId, MessageLeft, VisitorId
from engine.streams import directory
from engine.streams.directory import Directory
from engine.streams.ground import EVERYTHING
from engine.streams.pipeline import Moment, Pipeline
from engine.streams.tables import Row, placed_in


class Message(Row, frozen=True, kw_only=True):
    """A left message; what is personal is None where the person was erased. `department` and `site` are names."""

    id: ConversationId
    visitor: VisitorId
    name: str | None
    email: str | None
    subject: str | None
    text: str | None
    department: str
    at: datetime
    state: Literal["open"] = "open"
    site: str


Rows = Map[DepartmentId, Map[ConversationId, Message]]


class State(msgspec.Struct, frozen=True):
    """The names, what was left, and the rows of each department."""

    directory: Directory
    left: Map[ConversationId, MessageLeft]
    rows: Rows


VERSION = 1
EMPTY = State(directory.EMPTY, Map(), Map())


def step(state: State, moment: Moment) -> State:
    """Take a moment."""
    names = directory.step(state.directory, moment)
    if isinstance(moment, MessageLeft):
        rows = placed_in(state.rows, moment.department, moment.conversation, _row(names, moment))
        return State(names, state.left.set(moment.conversation, moment), rows)
    if names is state.directory:
        return state
    rows = state.rows
    for message in state.left.values() if isinstance(moment, EVERYTHING) else ():
        rows = placed_in(rows, message.department, message.conversation, _row(names, message))
    return State(names, state.left, rows)


def _row(names: Directory, event: MessageLeft) -> Message:
    left = event.personal
    return Message(
        id=event.conversation,
        visitor=event.visitor,
        name=names.visitors.get(event.visitor),
        email=left.email if left else None,
        subject=left.subject if left else None,
        text=left.text if left else None,
        department=names.department(event.department),
        at=event.at,
        site=names.site(event.site),
    )


def view(state: State) -> Rows:
    """The messages by department."""
    return state.rows


PIPELINE: Pipeline[State, Rows] = Pipeline(
    name="messages", version=VERSION, empty=EMPTY, step=step, view=view, mark=view
)
run = PIPELINE.run
