"""What is amiss with the house's disk and journal, over all sections."""

from dashboard.components.live import Live
from engine.views import HouseCondition


class Trouble(Live):
    """The banner that says what is given up for want of room, and that the journal is damaged."""

    in_shell = True
    views = (HouseCondition(),)
