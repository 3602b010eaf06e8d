"""The table of product §13 as data: from which state which event leads to which.

A look-up that misses is an error naming all three. Rows of states that come with later work are added here.
"""

from engine.desk.state import State
from engine.events import (
    Abandoned,
    Accepted,
    ConversationEvent,
    Ended,
    HelpAsked,
    HelpAskedAgain,
    MessageLeft,
    MessageWritten,
    OfferDeclined,
    OfferExtended,
    OfferMade,
    OfferTimedOut,
    OfferWithdrawn,
    Queued,
)

TRANSITIONS: dict[State | None, dict[type[ConversationEvent], State]] = {
    None: {
        HelpAsked: State.ROUTING,
        MessageLeft: State.LEFT,
    },
    State.ROUTING: {
        OfferMade: State.ROUTING,
        OfferExtended: State.ROUTING,
        OfferDeclined: State.ROUTING,
        OfferWithdrawn: State.ROUTING,
        HelpAskedAgain: State.ROUTING,
        Queued: State.QUEUED,
        Accepted: State.ACTIVE,
        MessageLeft: State.LEFT,
        Abandoned: State.ABANDONED,
    },
    State.QUEUED: {
        OfferMade: State.QUEUED,
        OfferDeclined: State.QUEUED,
        OfferWithdrawn: State.QUEUED,
        OfferTimedOut: State.QUEUED,
        HelpAskedAgain: State.QUEUED,
        Accepted: State.ACTIVE,
        MessageLeft: State.LEFT,
        Abandoned: State.ABANDONED,
    },
    State.ACTIVE: {
        MessageWritten: State.ACTIVE,
        HelpAskedAgain: State.ACTIVE,
        Ended: State.ENDED,
    },
    State.ENDED: {},
    State.ABANDONED: {},
    State.LEFT: {},
}


class IllegalTransition(Exception):
    """An event that is not in the table: a bug in the rules, never a visitor's or an operator's mistake."""


def after(state: State | None, event: ConversationEvent) -> State:
    """The state that `event` leads to from `state` (None: the conversation begins). Raises `IllegalTransition`."""
    try:
        return TRANSITIONS[state][type(event)]
    except KeyError:
        message = f"{type(event).__name__} in state {state} of conversation {event.conversation}"
        raise IllegalTransition(message) from None
