"""Who came back too late: past the grace their Live Help went off and their chats into the queue; which wait still."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from immutables import Map
from msgspec.structs import replace

from engine.events import (
    ConversationId,
    LiveHelpSwitched,
    OfferDeclined,
    OperatorArrived,
    OperatorEvent,
    OperatorGone,
    OperatorId,
    Queued,
    VisitorId,
)
from engine.streams.folds import ground
from engine.streams.folds.ground import Ground, conversations_touched, moment_renames
from engine.streams.folds.staff import AWAY
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.machinery.tables import Row, placed
from engine.talk import State as Talk


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """A chat that waits since its operator was gone."""

    id: ConversationId
    visitor: VisitorId
    name: str | None


class Absence(Row, frozen=True, kw_only=True):
    """What somebody who came back too late has to know, until they have done something about it.

    Attributes:
        gone: when the grace was over, `back` when they were there again.
        switched_off: Live Help was on until then, and is off since.
        lost: how many chats went back into the queue; `chats` are those that still wait, and that they may take.

    """

    gone: datetime
    back: datetime
    switched_off: bool
    lost: int
    chats: tuple[Left, ...]


class Gone(msgspec.Struct, frozen=True, kw_only=True):
    """Since when somebody was gone, and what of that is not mended yet; `back` None while they are away."""

    at: datetime
    back: datetime | None = None
    switched_off: bool
    lost: int
    chats: tuple[ConversationId, ...]


class State(msgspec.Struct, frozen=True):
    """The ground, who was gone past the grace, and the rows of those who are back."""

    ground: Ground
    gone: Map[OperatorId, Gone]
    rows: Map[OperatorId, Absence]


VERSION = 1
EMPTY = State(ground.EMPTY, Map(), Map())


def step(state: State, moment: Moment) -> State:
    """Take a moment."""
    after = ground.step(state.ground, moment)
    if after is state.ground:
        return state
    gone, rows = state.gone, state.rows
    for operator in _touched(state, after, moment):
        now = _after(gone.get(operator), operator, state.ground, after, moment)
        gone = _put(gone, operator, now)
        rows = placed(rows, operator, _row(after, operator, now))
    return State(after, gone, rows)


def _put(gone: Map[OperatorId, Gone], operator: OperatorId, now: Gone | None) -> Map[OperatorId, Gone]:
    if now is None:
        return gone.delete(operator) if operator in gone else gone
    return gone if gone.get(operator) == now else gone.set(operator, now)


def _touched(state: State, after: Ground, moment: Moment) -> Iterable[OperatorId]:
    """The operators of whom there may be something else to say: most moments concern nobody who was gone."""
    if isinstance(moment, OperatorEvent):
        return (moment.operator,)
    if not state.gone:
        return ()
    if moment_renames(moment):
        return tuple(sorted(state.gone))
    touched = set(conversations_touched(after, moment))
    whose = {operator for operator, gone in state.gone.items() if touched.intersection(gone.chats)}
    if isinstance(moment, Queued) and moment.operator and moment.operator in state.gone:
        whose.add(moment.operator)
    return sorted(whose)


def _after(gone: Gone | None, operator: OperatorId, before: Ground, after: Ground, moment: Moment) -> Gone | None:
    """What is known of an operator after a moment; None where there is nothing that they have to know."""
    if isinstance(moment, OperatorGone):
        return _is_gone(gone, before, moment)
    if gone is None or operator not in after.directory.operators:
        return None
    if isinstance(moment, OperatorArrived):
        gone = replace(gone, back=moment.at)
    elif isinstance(moment, LiveHelpSwitched) and moment.on:
        gone = replace(gone, switched_off=False)
    elif isinstance(moment, Queued) and moment.operator == operator and moment.reason == "operator-lost":
        gone = replace(gone, lost=gone.lost + 1, chats=(*gone.chats, moment.conversation))
    chats = tuple(one for one in gone.chats if _waits(after, one) and not _declined(one, operator, moment))
    mended = gone.back is not None and not chats and not gone.switched_off
    return None if mended else replace(gone, chats=chats)


def _is_gone(gone: Gone | None, before: Ground, event: OperatorGone) -> Gone | None:
    """Gone past the grace, perhaps again, with what was not mended before; by their own hand: of no news."""
    if event.reason != "lost":
        return None
    waits = gone.chats if gone else ()
    was_on = before.staff.get(event.operator, AWAY).live_help
    switched_off = was_on or (gone is not None and gone.switched_off)
    return Gone(at=event.at, switched_off=switched_off, lost=len(waits), chats=waits)


def _waits(ground: Ground, one: ConversationId) -> bool:
    talk = ground.conversations.by_id.get(one)
    return talk is not None and talk.state is Talk.QUEUED


def _declined(one: ConversationId, operator: OperatorId, moment: Moment) -> bool:
    return isinstance(moment, OfferDeclined) and (moment.conversation, moment.operator) == (one, operator)


def _row(ground: Ground, operator: OperatorId, gone: Gone | None) -> Absence | None:
    if gone is None or gone.back is None:
        return None
    departments = ground.directory.departments_of(operator)
    talks = [ground.conversations.by_id[one] for one in gone.chats]
    chats = tuple(
        Left(id=talk.id, visitor=talk.visitor, name=ground.name_of(talk.visitor))
        for talk in talks
        if talk.department in departments
    )
    if not chats and not gone.switched_off:
        return None
    return Absence(gone=gone.at, back=gone.back, switched_off=gone.switched_off, lost=gone.lost, chats=chats)


def view(state: State) -> Map[OperatorId, Absence]:
    """What who is back has to know, by operator."""
    return state.rows


PIPELINE: Pipeline[State, Map[OperatorId, Absence]] = Pipeline(
    name="absence", takes=ground.TAKES, version=VERSION, empty=EMPTY, step=step, view=view, mark=view
)
