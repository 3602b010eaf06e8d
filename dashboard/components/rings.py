"""The stack of "Incoming chat request": what rings at this operator, and the answers to it."""

from pathlib import Path

from dashboard.components.deeds import Answer, Doing
from dashboard.components.live import Ready


class Rings(Doing):
    """The stack of requests."""

    _bundle = Path(__file__).parent / "rings.js"
    views = ("rings",)
    asks = Ready | Answer
