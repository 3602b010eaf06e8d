"""Who asks, as far as commands are filled from it."""

from typing import NamedTuple

from engine.events import ByOperator, ByVisitor, ConversationId, Device, OperatorId, SiteId, VisitorId


class VisitorCaller(NamedTuple):
    """A visitor at one of their sockets, on a site.

    Attributes:
        shown: the conversation that is meant where a frame names none.
        verified: whether what the site's script says of the visitor is signed.

    """

    visitor: VisitorId
    site: SiteId
    shown: ConversationId = ConversationId("")
    device: Device = "unknown"
    browser: str | None = None
    origin_address: str | None = None
    user_agent: str | None = None
    verified: bool = False

    @property
    def party(self) -> ByVisitor:
        """Their side of a conversation."""
        return ByVisitor(visitor=self.visitor)


class OperatorCaller(NamedTuple):
    """An operator who is signed in."""

    operator: OperatorId

    @property
    def party(self) -> ByOperator:
        """Their side of a conversation."""
        return ByOperator(operator=self.operator)
