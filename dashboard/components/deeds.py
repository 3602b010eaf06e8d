"""What an operator does with a button, as messages from the browser: each knows the command that main is asked.

It must not know which component has the button.
"""

from typing import Annotated, Any, Literal

import msgspec

from dashboard.components.live import Ask, Id, Live
from engine.commands import (
    AcceptRequest,
    DeclineRequest,
    EndChat,
    EngageVisitor,
    FinishWrapUp,
    HoldChat,
    MarkLeftMessage,
    QueueRequest,
    ReadMessages,
    ResumeChat,
    SayToVisitor,
    SwitchLiveHelp,
    TabCommand,
)
from engine.events import ConversationId, VisitorId

LONGEST_SENT = 40_000  # characters; beyond what main would refuse as too long, so that the person gets that answer
Text = Annotated[str, msgspec.Meta(max_length=LONGEST_SENT)]


class Deed(Ask, frozen=True, kw_only=True):
    """Something asked of main; the browser waits for its outcome under the `client_id`."""

    client_id: Id

    def command(self) -> TabCommand:
        """What main is asked."""
        raise NotImplementedError


class OfConversation(Deed, frozen=True, kw_only=True):
    """A deed in one conversation."""

    conversation: Id

    @property
    def id(self) -> ConversationId:
        """The conversation's id."""
        return ConversationId(self.conversation)


class Switch(Deed, frozen=True, kw_only=True, tag="switch"):
    """The operator flipped the switch "Live Help"."""

    on: bool

    def command(self) -> TabCommand:
        """Be available, or not."""
        return SwitchLiveHelp(on=self.on)


class Answer(OfConversation, frozen=True, kw_only=True, tag="answer"):
    """One of the three buttons of a request that rings."""

    how: Literal["accept", "decline", "queue"]

    def command(self) -> TabCommand:
        """Accept, decline or queue."""
        match self.how:
            case "accept":
                return AcceptRequest(conversation=self.id)
            case "decline":
                return DeclineRequest(conversation=self.id)
            case "queue":
                return QueueRequest(conversation=self.id)


class Accept(OfConversation, frozen=True, kw_only=True, tag="accept"):
    """Take somebody from the queue by hand."""

    def command(self) -> TabCommand:
        """Accept."""
        return AcceptRequest(conversation=self.id)


class Say(OfConversation, frozen=True, kw_only=True, tag="say"):
    """A message to the visitor; `client_id` is kept in the browser until it is acked."""

    text: Text

    def command(self) -> TabCommand:
        """Write."""
        return SayToVisitor(conversation=self.id, text=self.text)


class End(OfConversation, frozen=True, kw_only=True, tag="end"):
    """The button "End communication"."""

    def command(self) -> TabCommand:
        """End."""
        return EndChat(conversation=self.id)


class Hold(OfConversation, frozen=True, kw_only=True, tag="hold"):
    """The buttons "Hold" and "Resume"."""

    on: bool

    def command(self) -> TabCommand:
        """Suspend, or go on."""
        return HoldChat(conversation=self.id) if self.on else ResumeChat(conversation=self.id)


class Seen(OfConversation, frozen=True, kw_only=True, tag="seen"):
    """The conversation is in sight, up to the entry with this number."""

    upto: Annotated[int, msgspec.Meta(ge=1, le=2**53)]

    def command(self) -> TabCommand:
        """Tell the visitor so."""
        return ReadMessages(conversation=self.id, upto=self.upto)


class Engage(Deed, frozen=True, kw_only=True, tag="engage"):
    """The dialog "Engage in communication" was sent."""

    visitor: Id
    text: Text

    def command(self) -> TabCommand:
        """Invite."""
        return EngageVisitor(visitor=VisitorId(self.visitor), text=self.text)


class Mark(OfConversation, frozen=True, kw_only=True, tag="mark"):
    """A left message is answered, closed, or open again."""

    state: Literal["open", "answered", "closed"]

    def command(self) -> TabCommand:
        """Mark it."""
        return MarkLeftMessage(conversation=self.id, state=self.state)


class Rested(Deed, frozen=True, kw_only=True, tag="ready-again"):
    """The button "Ready" of the wrap-up."""

    def command(self) -> TabCommand:
        """End the wrap-up."""
        return FinishWrapUp()


class Doing(Live):
    """A component with buttons that ask main for something."""

    _abstract = True

    def handle(self, ask: Any) -> None:
        """Ask main, and tell the browser the outcome."""
        if isinstance(ask, Deed):
            client_id = ask.client_id
            self._tab.ask(ask.command(), client_id=client_id, answered=lambda outcome: self.answer(client_id, outcome))
