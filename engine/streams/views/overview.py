"""Overview: how many visitors are where, and how many operators could take more, over all departments."""

from collections import Counter
from datetime import datetime
from operator import eq

import msgspec
from msgspec.structs import replace

from engine import talk
from engine.events import ConversationEvent, EngineStarted, VisitorEvent
from engine.facts import catalogue, waits
from engine.streams.folds import ground
from engine.streams.folds.conversation import Conversation
from engine.streams.folds.ground import Ground
from engine.streams.folds.presence import Visit
from engine.streams.machinery.pipeline import Moment, Pipeline
from engine.streams.machinery.tables import Row


class OperatorCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the operators who are signed in are in each state."""

    available: int
    full: int
    wrap_up: int
    not_available: int


class Overview(Row, frozen=True, kw_only=True):
    """The house at a glance.

    Attributes:
        on_site: visitors who are connected; `asleep` how many of them sleep.
        waiting: who rings or is queued, `ringing` how many of them ring; `longest_since` the first of them.
        in_chat: active chats; `on_hold` suspended ones.
        invited: invitations that nobody has answered yet.
        left_open: left messages that wait for an answer.

    """

    on_site: int
    asleep: int
    waiting: int
    ringing: int
    longest_since: datetime | None
    in_chat: int
    on_hold: int
    invited: int
    left_open: int
    operators: OperatorCounts


class Counts(msgspec.Struct, frozen=True):
    """What is counted as it changes, because there may be too many to count anew."""

    on_site: int = 0
    asleep: int = 0
    ringing: int = 0
    in_chat: int = 0
    on_hold: int = 0
    invited: int = 0
    left_open: int = 0


class State(msgspec.Struct, frozen=True):
    """The ground, who waits, and the counts."""

    ground: Ground
    waits: waits.State
    counts: Counts


VERSION = 3
EMPTY = State(ground.EMPTY, waits.EMPTY, Counts())
_COUNTED = {
    talk.State.ROUTING: "ringing",
    talk.State.ACTIVE: "in_chat",
    talk.State.ON_HOLD: "on_hold",
    talk.State.INVITED: "invited",
    talk.State.LEFT: "left_open",
}


def step(state: State, moment: Moment) -> State:
    """Take a moment."""
    after = ground.step(state.ground, moment)
    if after is state.ground:
        return state
    if isinstance(moment, VisitorEvent):
        old = state.ground.presence.present(moment.visitor)
        counts = _moved(state.counts, _of_visit(old), _of_visit(after.presence.present(moment.visitor)))
        return State(after, state.waits, counts)
    if isinstance(moment, ConversationEvent):
        before = state.ground.conversation(moment)
        counts = _moved(state.counts, _of_talk(before), _of_talk(after.conversation(moment)))
        return State(after, waits.step(state.waits, moment)[0], counts)
    if isinstance(moment, EngineStarted):  # nobody is connected then
        return State(after, state.waits, replace(state.counts, on_site=0, asleep=0))
    return State(after, state.waits, state.counts)


def _of_visit(visit: Visit | None) -> tuple[str, ...]:
    if visit is None or not visit.here:
        return ()
    return ("on_site", "asleep") if visit.asleep else ("on_site",)


def _of_talk(one: Conversation | None) -> tuple[str, ...]:
    name = _COUNTED.get(one.state) if one else None
    return (name,) if name else ()


def _moved(counts: Counts, old: tuple[str, ...], new: tuple[str, ...]) -> Counts:
    """Count something under other names than before."""
    if old == new:
        return counts
    changes = Counter(new)
    changes.subtract(old)
    return replace(counts, **{name: getattr(counts, name) + more for name, more in changes.items()})


def view(state: State) -> Overview:
    """The overview as it is."""
    counts = state.counts
    return Overview(
        on_site=counts.on_site,
        asleep=counts.asleep,
        waiting=len(state.waits.open),
        ringing=counts.ringing,
        longest_since=min((wait.began_at for wait in state.waits.open.values()), default=None),
        in_chat=counts.in_chat,
        on_hold=counts.on_hold,
        invited=counts.invited,
        left_open=counts.left_open,
        operators=_operators(state.ground),
    )


def _operators(ground: Ground) -> OperatorCounts:
    states = Counter(ground.state_of(operator) for operator in ground.directory.operators.values())
    return OperatorCounts(
        available=states["available"],
        full=states["full"],
        wrap_up=states["wrap-up"],
        not_available=states["not-available"],
    )


PIPELINE: Pipeline[State, Overview] = Pipeline(
    name="overview",
    takes=ground.TAKES | catalogue.TAKES["waits"],
    version=VERSION,
    empty=EMPTY,
    step=step,
    view=view,
    mark=lambda state: state,
    pace=1.0,
    same=eq,
)
