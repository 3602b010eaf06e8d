"""Who may do what, beside what leads where: two tables that must not say otherwise of the same."""

import pytest

from engine.events import (
    Accepted,
    Ended,
    Event,
    Held,
    InvitationAccepted,
    InvitationRefused,
    InvitationTakenBack,
    LeftMessageAnswered,
    LeftMessageClosed,
    LeftMessageReopened,
    MessagesSeen,
    MessageWritten,
    OfferDeclined,
    Resumed,
)
from engine.talk import MAY, TRANSITIONS, Deed, Side, State, deeds

HAPPENS: list[tuple[Side, Deed, type[Event]]] = [
    ("operator", "accept", Accepted),
    ("operator", "decline", OfferDeclined),
    ("operator", "say", MessageWritten),
    ("operator", "seen", MessagesSeen),
    ("operator", "take-back", InvitationTakenBack),
    ("operator", "hold", Held),
    ("operator", "resume", Resumed),
    ("operator", "end", Ended),
    ("operator", "answer", LeftMessageAnswered),
    ("operator", "close", LeftMessageClosed),
    ("operator", "reopen", LeftMessageReopened),
    ("visitor", "start", InvitationAccepted),
    ("visitor", "refuse", InvitationRefused),
    ("visitor", "say", MessageWritten),
    ("visitor", "end", Ended),
]


@pytest.mark.parametrize(("side", "deed", "event"), HAPPENS)
def test_a_deed_may_be_done_just_where_its_event_may_happen(side: Side, deed: Deed, event: type[Event]) -> None:
    assert {state for state in State if deed in MAY[side][state]} == {
        state for state in State if event in TRANSITIONS[state]
    }


def test_who_is_in_no_conversation_may_ask_and_be_invited() -> None:
    assert deeds("operator", None) == ("engage",)
    assert deeds("visitor", None) == ("ask", "leave")
    assert deeds("operator", State.ON_HOLD) == ("end", "resume", "seen")
