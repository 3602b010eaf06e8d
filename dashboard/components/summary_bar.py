"""The bar "Communication Summary" at the bottom of every section."""

from dashboard.components.acting import Acting
from engine.views import LeftMessages, Mine, Queue


class SummaryBar(Acting):
    """What is in progress, what waits with "Next" for each, and the latest lines of my chats."""

    in_shell = True
    views = (Mine(), Queue(), LeftMessages())
