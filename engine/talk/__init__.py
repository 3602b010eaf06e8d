"""What a conversation is: its states, what leads where, the order of a queue, who may do what, how it reads.

Desk, facts, live views and both clients' gateways read it, so that a rule of it stands once. It must not know who is
there, what is offered to whom, nor how anything is shown.
"""

from engine.talk.line import HEAD, at_head, in_turn, stand_before
from engine.talk.may import MAY, Deed, Side, deeds, may, why_not
from engine.talk.state import OPEN, OVER, SERVED, UNCLOSED, WAITING, State
from engine.talk.transitions import TRANSITIONS, IllegalTransition, after

__all__ = [
    "HEAD",
    "MAY",
    "OPEN",
    "OVER",
    "SERVED",
    "TRANSITIONS",
    "UNCLOSED",
    "WAITING",
    "Deed",
    "IllegalTransition",
    "Side",
    "State",
    "after",
    "at_head",
    "deeds",
    "in_turn",
    "may",
    "stand_before",
    "why_not",
]
