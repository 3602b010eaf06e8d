"""The "Live Help" switch: whether this operator is available."""

from pathlib import Path

from dashboard.components.acting import Acting
from engine.views import Operators


class LiveHelpSwitch(Acting):
    """The switch, the operator's state in words, "Ready" in a wrap-up, and "Test my bell"."""

    _bundle = Path(__file__).parent / "live_help.js"
    views = (Operators(),)
