"""The figures above the badges."""

from collections.abc import Callable
from typing import Any

from dashboard.components.live import Live
from dashboard.tab import Tab
from engine.views import Overview, VisitsAMinute


class Headline(Live):
    """How many are on the site, how many wait and how long, how many visits in the last hour."""

    views = (VisitsAMinute(), Overview())

    def __init__(self, tab: Tab, *, rendered: Callable[[], None], **params: Any) -> None:
        super().__init__(tab, **params)
        self._rendered = rendered

    def start(self) -> None:
        """Begin; what may wait until the browser shows the section follows."""
        super().start()
        self._rendered()
