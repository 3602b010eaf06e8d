"""Communication Overview: my chats, the queue, left messages, and the operators now."""

from pathlib import Path

from dashboard.components.live import Ask, Id, Live, Ready
from engine.commands import AcceptRequest
from engine.events import ConversationId


class Accept(Ask, frozen=True, kw_only=True, tag="accept"):
    """The menu item "Accept" of a queue row."""

    client_id: Id
    conversation: Id


class Overview(Live):
    """Three lists and a strip."""

    _bundle = Path(__file__).parent / "overview.js"
    views = ("mine", "queue", "messages", "operators")
    asks = Ready | Accept

    def handle(self, ask: Ask) -> None:
        """Take a conversation from the queue by hand."""
        if isinstance(ask, Accept):
            self._tab.ask(
                AcceptRequest(conversation=ConversationId(ask.conversation)),
                client_id=ask.client_id,
                answered=lambda outcome: self.answer(ask.client_id, outcome),
            )
