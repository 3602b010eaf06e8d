"""Who is on the site now, as badges."""

from dashboard.components.live import Live
from engine.views import Visitors


class BadgeBoard(Live):
    """A badge for each visitor."""

    views = (Visitors(),)
