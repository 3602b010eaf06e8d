"""Communication Overview: my chats, the queue, left messages, and the operators now."""

from dashboard.components.acting import Acting
from engine import views
from engine.views import FirstResponses, LeftMessages, Mine, Operators, Queue


class Overview(Acting):
    """The figures, three lists and a strip."""

    views = (Mine(), Queue(), LeftMessages(), Operators(), views.Overview(), FirstResponses())
