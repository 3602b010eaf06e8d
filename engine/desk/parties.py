"""Whose a conversation is: the look-up that every command of one of the two begins with."""

from engine.commands import Refused
from engine.desk.state import Conversation, DeskState
from engine.events import ByVisitor, ConversationId, Party, VisitorId
from engine.talk import SERVED, Deed, Side, may, why_not


def side_of(party: Party) -> Side:
    """Which side of a conversation a party is."""
    return "visitor" if isinstance(party, ByVisitor) else "operator"


def theirs(desk: DeskState, one: ConversationId, party: Party) -> Conversation | Refused:
    """The party's conversation, whatever its state."""
    conversation = desk.conversations.get(one)
    if conversation is None:
        return Refused(reason="unknown-conversation")
    owner = conversation.visitor if isinstance(party, ByVisitor) else conversation.operator
    if owner != (party.visitor if isinstance(party, ByVisitor) else party.operator):
        return Refused(reason="not-yours")
    return conversation


def served(desk: DeskState, one: ConversationId, party: Party) -> Conversation | Refused:
    """The party's conversation, if somebody serves it."""
    conversation = theirs(desk, one, party)
    if isinstance(conversation, Refused) or conversation.state in SERVED:
        return conversation
    return Refused(reason=why_not(conversation.state))


def waiting(desk: DeskState, one: ConversationId, visitor: VisitorId, deed: Deed) -> Conversation | Refused:
    """The visitor's conversation, while they may do this in it; "taken" where somebody has come."""
    conversation = theirs(desk, one, ByVisitor(visitor=visitor))
    if isinstance(conversation, Refused) or may("visitor", deed, conversation.state):
        return conversation
    return Refused(reason="taken" if conversation.state in SERVED else why_not(conversation.state))
