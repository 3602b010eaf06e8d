"""Communication Overview: my chats, the queue, left messages, and the operators now."""

from pathlib import Path

from dashboard.components.acting import Acting
from engine import views
from engine.views import FirstResponses, Messages, Mine, Operators, Queue


class Overview(Acting):
    """The figures, three lists and a strip."""

    _bundle = Path(__file__).parent / "overview.js"
    views = (Mine(), Queue(), Messages(), Operators(), views.Overview(), FirstResponses())
