"""The bar "Communication Summary" at the bottom of every section."""

from pathlib import Path

from dashboard.components.acting import Acting
from engine.views import Messages, Mine, Queue


class SummaryBar(Acting):
    """What is in progress, what waits with "Next" for each, and the latest lines of my chats."""

    _bundle = Path(__file__).parent / "summary_bar.js"
    views = (Mine(), Queue(), Messages())
