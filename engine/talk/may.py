"""Who may do what in which state of a conversation. Clients are sent the table and have no rule of their own.

Whether somebody is the one of their side, an operator who is asked for example, is for the desk to say.
"""

from collections.abc import Mapping
from typing import Literal

from engine.commands.outcome import Reason
from engine.talk.state import OPEN, State

Side = Literal["visitor", "operator"]
Deed = Literal[
    "accept",
    "answer",
    "ask",
    "cancel",
    "close",
    "decline",
    "end",
    "engage",
    "hold",
    "leave",
    "queue",
    "refuse",
    "reopen",
    "resume",
    "reword",
    "say",
    "seen",
    "start",
    "take-back",
    "typing",
]
Deeds = Mapping[State, frozenset[Deed]]

_ANEW: frozenset[Deed] = frozenset({"ask", "leave"})  # it is over: another one may begin
_FREE: frozenset[Deed] = frozenset({"engage"})

MAY: Mapping[Side, Deeds] = {
    "visitor": {
        State.INVITED: frozenset({"start", "refuse"}),
        State.ROUTING: frozenset({"cancel", "leave", "reword"}),
        State.QUEUED: frozenset({"cancel", "leave", "reword"}),
        State.ACTIVE: frozenset({"say", "typing", "seen", "end"}),
        State.ON_HOLD: frozenset({"seen", "end"}),
        State.ENDED: _ANEW | {"seen"},
        State.ABANDONED: _ANEW,
        State.REFUSED: _ANEW,
        State.EXPIRED: _ANEW,
        State.LEFT: _ANEW,
        State.ANSWERED: _ANEW,
        State.CLOSED: _ANEW,
    },
    "operator": {
        State.INVITED: frozenset({"take-back"}),
        State.ROUTING: frozenset({"accept", "decline", "queue"}),
        State.QUEUED: frozenset({"accept", "decline"}),
        State.ACTIVE: frozenset({"say", "typing", "seen", "end", "hold"}),
        State.ON_HOLD: frozenset({"seen", "end", "resume"}),
        State.ENDED: _FREE | {"seen"},
        State.ABANDONED: _FREE,
        State.REFUSED: _FREE,
        State.EXPIRED: _FREE,
        State.LEFT: _FREE | {"answer", "close"},
        State.ANSWERED: _FREE | {"close", "reopen"},
        State.CLOSED: _FREE | {"reopen"},
    },
}

AT_NONE: Mapping[Side, frozenset[Deed]] = {"visitor": _ANEW, "operator": _FREE}  # where no conversation goes on


def deeds(side: Side, state: State | None) -> tuple[Deed, ...]:
    """What a side may do in this state, or with None where no conversation goes on; in the order of the alphabet."""
    return tuple(sorted(AT_NONE[side] if state is None else MAY[side][state]))


def may(side: Side, deed: Deed, state: State) -> bool:
    """Whether a side may do something in this state."""
    return deed in MAY[side][state]


def why_not(state: State) -> Reason:
    """Why what one of the two wants of a conversation does not happen in this state."""
    if state is State.ON_HOLD:
        return "on-hold"
    return "not-active" if state in OPEN else "ended"
