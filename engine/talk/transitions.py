"""The states of a conversation as a table: from which state which event leads to which.

A look-up that misses is an error naming the event, the state and the conversation.
"""

from engine.events import (
    Abandoned,
    Accepted,
    ConversationEvent,
    Ended,
    FirstWordsChanged,
    Held,
    HelpAsked,
    HelpAskedAgain,
    InvitationAccepted,
    InvitationExpired,
    InvitationRefused,
    InvitationTakenBack,
    Invited,
    LeftMessageAnswered,
    LeftMessageClosed,
    LeftMessageReopened,
    Lost,
    MessageLeft,
    MessagesSeen,
    MessageWritten,
    OfferDeclined,
    OfferExtended,
    OfferMade,
    OfferTimedOut,
    OfferWithdrawn,
    Queued,
    Resumed,
)
from engine.talk.state import State

TRANSITIONS: dict[State | None, dict[type[ConversationEvent], State]] = {
    None: {
        HelpAsked: State.ROUTING,
        Invited: State.INVITED,
        MessageLeft: State.LEFT,
    },
    State.INVITED: {
        HelpAskedAgain: State.INVITED,
        InvitationAccepted: State.ROUTING,
        InvitationRefused: State.REFUSED,
        InvitationTakenBack: State.EXPIRED,
        InvitationExpired: State.EXPIRED,
    },
    State.ROUTING: {
        OfferMade: State.ROUTING,
        OfferExtended: State.ROUTING,
        OfferDeclined: State.ROUTING,
        OfferWithdrawn: State.ROUTING,
        HelpAskedAgain: State.ROUTING,
        FirstWordsChanged: State.ROUTING,
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
        FirstWordsChanged: State.QUEUED,
        Accepted: State.ACTIVE,
        MessageLeft: State.LEFT,
        Abandoned: State.ABANDONED,
    },
    State.ACTIVE: {
        MessageWritten: State.ACTIVE,
        MessagesSeen: State.ACTIVE,
        HelpAskedAgain: State.ACTIVE,
        Held: State.ON_HOLD,
        Queued: State.QUEUED,
        Ended: State.ENDED,
        Lost: State.ENDED,
    },
    State.ON_HOLD: {
        MessagesSeen: State.ON_HOLD,
        HelpAskedAgain: State.ON_HOLD,
        Resumed: State.ACTIVE,
        Queued: State.QUEUED,
        Ended: State.ENDED,
        Lost: State.ENDED,
    },
    State.ENDED: {
        MessagesSeen: State.ENDED,
    },
    State.ABANDONED: {},
    State.REFUSED: {},
    State.EXPIRED: {},
    State.LEFT: {
        LeftMessageAnswered: State.ANSWERED,
        LeftMessageClosed: State.CLOSED,
    },
    State.ANSWERED: {
        LeftMessageClosed: State.CLOSED,
        LeftMessageReopened: State.LEFT,
    },
    State.CLOSED: {
        LeftMessageReopened: State.LEFT,
    },
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
