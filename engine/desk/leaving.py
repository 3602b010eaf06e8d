"""Who has gone leaves the desk, with what is over of theirs, so that it does not grow with all who ever came.

Unclosed left messages stay, and their visitor with them. It happens with the first event of a later moment: all that
follows from a going, in the same moment, still finds them; and a replay, which has no other sign of it, does the same.
"""

from datetime import datetime

from engine.desk.state import DeskState, Visitor
from engine.events import VisitorId
from engine.talk import UNCLOSED


def let_go(desk: DeskState, now: datetime) -> None:
    """Forget who went before this moment."""
    for one, at in list(desk.leaving.items()):
        if at >= now:
            return
        del desk.leaving[one]
        forget(desk, one)


def forget(desk: DeskState, one: VisitorId) -> None:
    """Forget a visitor who is gone, but for left messages that are not closed."""
    visitor = desk.visitors.get(one)
    if visitor is None or visitor.visit is not None or visitor.conversation is not None:
        return
    forget_closed(desk, visitor)
    if not visitor.closed:
        del desk.visitors[one]


def forget_closed(desk: DeskState, visitor: Visitor) -> None:
    """Forget what is over of a visitor's, but for left messages that are not closed."""
    kept = [one for one in visitor.closed if desk.conversations[one].state in UNCLOSED]
    for conversation in visitor.closed:
        if conversation not in kept:
            del desk.conversations[conversation]
    visitor.closed = kept
