"""Communication Overview: my chats, the queue, left messages, and the operators now."""

from pathlib import Path

from dashboard.components.deeds import Accept, Doing, Mark, Rested
from dashboard.components.live import Ready


class Overview(Doing):
    """The figures, three lists and a strip."""

    _bundle = Path(__file__).parent / "overview.js"
    views = ("mine", "queue", "messages", "operators", "overview", "first_responses")
    asks = Ready | Accept | Mark | Rested
