"""Forgetting a visitor, or one entry: whether they are known is for the door to say, which has the journal."""

from datetime import datetime

from engine.commands import ForgetEntry, ForgetVisitor
from engine.desk.decision import Decision, Rules
from engine.desk.state import DeskState
from engine.events import EntryForgotten, VisitorForgotten


def forget_visitor(desk: DeskState, command: ForgetVisitor, now: datetime) -> Decision:
    """What is kept of theirs, and what is on its way into the journal."""
    here = (one.id for one in desk.conversations.values() if one.visitor == command.visitor)
    conversations = tuple(dict.fromkeys((*command.conversations, *here)))
    return [VisitorForgotten(at=now, visitor=command.visitor, conversations=conversations)]


def forget_entry(_desk: DeskState, command: ForgetEntry, now: datetime) -> Decision:
    """That entry."""
    forgotten = EntryForgotten(
        at=now,
        conversation=command.conversation,
        entry=command.entry,
        written=command.written or now,
        also=command.also,
        visitor=command.visitor,
    )
    return [forgotten]


DECIDE: Rules = {ForgetVisitor: forget_visitor, ForgetEntry: forget_entry}
