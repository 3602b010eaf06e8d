"""What an operator asks for."""

from typing import Annotated, ClassVar, Literal

from engine.commands.base import Act, Command, Door
from engine.commands.fields import ByOperatorId, Drawn, Message, ThisConversation, ThisVisitor
from engine.events import ConversationId, DepartmentId, OperatorId
from engine.room import Shed


class OperatorAct(Act, frozen=True, kw_only=True):
    """Asked for in a signed-in operator's dashboard."""

    doors: ClassVar[tuple[Door, ...]] = ("dashboard",)
    operator: ByOperatorId = OperatorId("")


class SwitchLiveHelp(OperatorAct, frozen=True, kw_only=True, tag="switch"):
    """The switch "Live Help": the operator wants to be available, or not."""

    on: bool


class AcceptRequest(OperatorAct, frozen=True, kw_only=True, tag="accept"):
    """The operator takes a conversation that rings, is offered, or waits in the queue."""

    conversation: ThisConversation


class DeclineRequest(OperatorAct, frozen=True, kw_only=True, tag="decline"):
    """The operator does not take it, and is not asked again."""

    conversation: ThisConversation


class QueueRequest(OperatorAct, frozen=True, kw_only=True, tag="queue"):
    """The operator withdraws the ring from everybody and lets the visitor wait in the queue."""

    conversation: ThisConversation


class InviteVisitor(OperatorAct, frozen=True, kw_only=True, tag="engage"):
    """The dialog "Engage in communication": the operator invites a visitor who is on the site.

    `conversation` is the id of what begins; `department` None: the operator's first that takes part.
    """

    takes: ClassVar[Shed | None] = "new-chats"
    visitor: ThisVisitor
    conversation: Annotated[ConversationId, Drawn()] = ConversationId("")
    text: Message
    department: DepartmentId | None = None


class TakeBackInvitation(OperatorAct, frozen=True, kw_only=True, tag="take-back"):
    """The operator takes their invitation back, which nobody has answered yet."""

    conversation: ThisConversation


class HoldChat(OperatorAct, frozen=True, kw_only=True, tag="hold"):
    """The operator suspends the chat."""

    conversation: ThisConversation


class ResumeChat(OperatorAct, frozen=True, kw_only=True, tag="resume"):
    """The operator resumes the chat."""

    conversation: ThisConversation


class MarkLeftMessage(OperatorAct, frozen=True, kw_only=True, tag="mark"):
    """The operator says where a left message of one of their departments stands."""

    conversation: ThisConversation
    state: Literal["open", "answered", "closed"]


class FinishWrapUp(OperatorAct, frozen=True, kw_only=True, tag="ready-again"):
    """The button "Ready": the operator is ready for the next before the wrap-up time is over."""


class OperatorCommand(Command, frozen=True, kw_only=True):
    """Said of an operator by whoever sees their tabs."""

    has_happened: ClassVar[bool] = True
    operator: OperatorId


class ArriveOperator(OperatorCommand, frozen=True, kw_only=True):
    """The operator has a dashboard tab: the first of this sign-in, or again after having lost it."""


class LoseOperator(OperatorCommand, frozen=True, kw_only=True):
    """The operator's last dashboard tab closed."""


class SignOutOperator(OperatorCommand, frozen=True, kw_only=True):
    """The operator signed out."""
