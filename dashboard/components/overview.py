"""Communication Overview: my chats, the queue, left messages, and the operators now."""

from pathlib import Path

from dashboard.components.acting import Acting


class Overview(Acting):
    """The figures, three lists and a strip."""

    _bundle = Path(__file__).parent / "overview.js"
    views = ("mine", "queue", "messages", "operators", "overview", "first_responses")
