"""Where the visitors are now: the pages with most of them."""

from pathlib import Path

from dashboard.components.live import Live
from engine import views


class TopPages(Live):
    """The first pages of the site, by visitors now."""

    _bundle = Path(__file__).parent / "top_pages.js"
    views = (views.TopPages(),)
