"""What an operator asks for."""

from typing import ClassVar, Literal

from engine.commands.base import Command
from engine.events import ConversationId, DepartmentId, OperatorId, VisitorId


class OperatorCommand(Command, frozen=True, kw_only=True):
    """Asked for by a signed-in operator; the door fills in who that is."""

    operator: OperatorId = OperatorId("")


class SwitchLiveHelp(OperatorCommand, frozen=True, kw_only=True):
    """The operator wants to be available, or not."""

    on: bool


class AcceptRequest(OperatorCommand, frozen=True, kw_only=True):
    """The operator takes a conversation that rings, is offered, or waits in the queue."""

    conversation: ConversationId


class DeclineRequest(OperatorCommand, frozen=True, kw_only=True):
    """The operator does not take it, and is not asked again."""

    conversation: ConversationId


class QueueRequest(OperatorCommand, frozen=True, kw_only=True):
    """The operator withdraws the ring from everybody and lets the visitor wait in the queue."""

    conversation: ConversationId


class SayToVisitor(OperatorCommand, frozen=True, kw_only=True):
    """The operator writes into a conversation; the door makes it a `WriteMessage` with its own message id."""

    conversation: ConversationId
    text: str


class Type(OperatorCommand, frozen=True, kw_only=True):
    """The operator is typing: a signal, told to the visitor and never kept."""

    conversation: ConversationId


class EndChat(OperatorCommand, frozen=True, kw_only=True):
    """The operator ends a conversation; the door makes it an `EndConversation`."""

    conversation: ConversationId


class ReadMessages(OperatorCommand, frozen=True, kw_only=True):
    """The operator has seen the messages up to number `upto`; the door makes it a `SeeMessages`."""

    conversation: ConversationId
    upto: int


class EngageVisitor(OperatorCommand, frozen=True, kw_only=True):
    """The button "Engage in communication": the door makes it an `InviteVisitor` with an id of its own.

    `department` None: the operator's first that takes part.
    """

    visitor: VisitorId
    text: str
    department: DepartmentId | None = None


class InviteVisitor(OperatorCommand, frozen=True, kw_only=True):
    """The operator invites a visitor who is on the site; `conversation` is the id of what begins."""

    visitor: VisitorId
    conversation: ConversationId
    text: str
    department: DepartmentId | None = None


class HoldChat(OperatorCommand, frozen=True, kw_only=True):
    """The operator suspends the chat."""

    conversation: ConversationId


class ResumeChat(OperatorCommand, frozen=True, kw_only=True):
    """The operator resumes the chat."""

    conversation: ConversationId


class MarkLeftMessage(OperatorCommand, frozen=True, kw_only=True):
    """The operator says where a left message of one of their departments stands."""

    conversation: ConversationId
    state: Literal["open", "answered", "closed"]


class FinishWrapUp(OperatorCommand, frozen=True, kw_only=True):
    """The operator is ready for the next before the wrap-up time is over."""


class ArriveOperator(OperatorCommand, frozen=True, kw_only=True):
    """The operator has a dashboard tab: the first of this sign-in, or again after having lost it."""

    has_happened: ClassVar[bool] = True


class LoseOperator(OperatorCommand, frozen=True, kw_only=True):
    """The operator's last dashboard tab closed."""

    has_happened: ClassVar[bool] = True


class SignOutOperator(OperatorCommand, frozen=True, kw_only=True):
    """The operator signed out."""

    has_happened: ClassVar[bool] = True
