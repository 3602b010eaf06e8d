"""The stack of "Incoming chat request": what rings at this operator, and the answers to it."""

from pathlib import Path

from dashboard.components.acting import Acting
from engine import views


class Rings(Acting):
    """The stack of requests."""

    _bundle = Path(__file__).parent / "rings.js"
    views = (views.Rings(),)
