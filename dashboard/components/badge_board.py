"""Who is on the site now, as badges."""

from dashboard.components.in_sight import InSight
from engine.views import Visitors


class BadgeBoard(InSight):
    """A badge for each visitor."""

    views = (Visitors(),)
