"""Who is on the site now, as badges."""

from pathlib import Path

from dashboard.components.live import Live
from engine.views import Visitors


class BadgeBoard(Live):
    """A badge for each visitor."""

    _bundle = Path(__file__).parent / "badge_board.js"
    views = (Visitors(),)
