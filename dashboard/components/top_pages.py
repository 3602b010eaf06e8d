"""Where the visitors are now: the pages with most of them."""

from pathlib import Path

from dashboard.components.live import Live


class TopPages(Live):
    """The first pages of the site, by visitors now."""

    _bundle = Path(__file__).parent / "top_pages.js"
    views = ("top_pages",)
