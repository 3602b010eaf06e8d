"""The bar "Communication Summary": the counts at the bottom of every section."""

from pathlib import Path

from dashboard.components.live import Live


class SummaryBar(Live):
    """In progress, waiting chats, open messages."""

    _bundle = Path(__file__).parent / "summary_bar.js"
    views = ("mine", "queue", "messages")
