"""The states of a conversation, and the sets of them that have a name."""

from enum import StrEnum


class State(StrEnum):
    """The states; `engine.talk.transitions` says which event leads where."""

    INVITED = "invited"
    ROUTING = "routing"
    QUEUED = "queued"
    ACTIVE = "active"
    ON_HOLD = "on-hold"
    ENDED = "ended"
    ABANDONED = "abandoned"
    REFUSED = "refused"
    EXPIRED = "expired"
    LEFT = "left"
    ANSWERED = "answered"
    CLOSED = "closed"


WAITING = frozenset({State.ROUTING, State.QUEUED})
SERVED = frozenset({State.ACTIVE, State.ON_HOLD})
OPEN = WAITING | SERVED | {State.INVITED}
UNCLOSED = frozenset({State.LEFT, State.ANSWERED})  # left messages that somebody has still to do something about
OVER = frozenset(State) - OPEN - UNCLOSED  # nobody has to do anything
