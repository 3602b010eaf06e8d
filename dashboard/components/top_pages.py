"""Where the visitors are now: the pages with most of them."""

from dashboard.components.live import Live
from engine import views


class TopPages(Live):
    """The first pages of the site, by visitors now."""

    views = (views.TopPages(),)
