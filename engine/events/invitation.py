"""An operator invites a visitor: the conversation begins before anybody asked for it."""

from datetime import datetime
from typing import Literal

from engine.events.base import Beginning, ConversationEvent, MessageText, Mode, OperatorId, VisitorId, VisitorName


class Invited(Beginning, frozen=True, kw_only=True):
    """An operator invites a visitor, in the operator's words, until `until`: the conversation begins, invited."""

    operator: OperatorId
    until: datetime
    personal: MessageText | None = None


class InvitationAccepted(ConversationEvent, frozen=True, kw_only=True):
    """The visitor chose how to talk: to the one who invited, if they can take it, else as any request in routing."""

    visitor: VisitorId
    mode: Mode = "text"
    personal: VisitorName | None = None

    @property
    def told_to(self) -> VisitorId:
        """The visitor."""
        return self.visitor


class InvitationRefused(ConversationEvent, frozen=True, kw_only=True):
    """The visitor closed the invitation."""

    visitor: VisitorId


class InvitationTakenBack(ConversationEvent, frozen=True, kw_only=True):
    """The operator who invited took it back before it was answered."""

    operator: OperatorId


class InvitationExpired(ConversationEvent, frozen=True, kw_only=True):
    """Nobody answered the invitation in time, or the visitor is gone past the grace time."""

    reason: Literal["timeout", "gone"]
