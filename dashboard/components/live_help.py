"""The "Live Help" switch: whether this operator is available."""

from dashboard.components.acting import Acting
from engine.views import Operators


class LiveHelpSwitch(Acting):
    """The switch, the operator's state in words, "Ready" in a wrap-up, and "Test my bell"."""

    in_shell = True
    views = (Operators(),)
