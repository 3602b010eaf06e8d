"""What is amiss with the house's disk and journal, and what it lacks at first, over all sections."""

from dashboard.components.live import Live
from engine.views import HouseCondition, HouseSteps


class Trouble(Live):
    """The banners: what is given up for want of room, that the journal is damaged, and which step comes first."""

    in_shell = True
    views = (HouseCondition(), HouseSteps())
