"""The stack of "Incoming chat request": what rings at this operator, and the answers to it."""

from pathlib import Path
from typing import Literal

from dashboard.components.live import Ask, Id, Live, Ready
from engine.commands import AcceptRequest, DeclineRequest, QueueRequest
from engine.events import ConversationId


class Answer(Ask, frozen=True, kw_only=True, tag="answer"):
    """The operator pressed one of the three buttons."""

    client_id: Id
    conversation: Id
    how: Literal["accept", "decline", "queue"]


_COMMANDS: dict[str, type[AcceptRequest | DeclineRequest | QueueRequest]] = {
    "accept": AcceptRequest,
    "decline": DeclineRequest,
    "queue": QueueRequest,
}


class Rings(Live):
    """The stack of requests."""

    _bundle = Path(__file__).parent / "rings.js"
    views = ("rings",)
    asks = Ready | Answer

    def handle(self, ask: Ask) -> None:
        """Accept, decline or queue."""
        if isinstance(ask, Answer):
            self._tab.ask(
                _COMMANDS[ask.how](conversation=ConversationId(ask.conversation)),
                client_id=ask.client_id,
                answered=lambda outcome: self.answer(ask.client_id, outcome),
            )
