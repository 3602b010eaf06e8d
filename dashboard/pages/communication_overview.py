"""Communication Overview: who I serve, who waits, left messages, operators now."""

from typing import Any

from dashboard.components.overview import Overview
from dashboard.pages.page import Page
from dashboard.tab import Tab


class CommunicationOverview:
    """One component with the lists and the strip."""

    def __init__(self, tab: Tab) -> None:
        self._lists = Overview(tab)
        self.view: Any = self._lists

    def leave(self) -> None:
        """Watch nothing while another section is shown."""
        self._lists.stop()

    def paint(self, *, dark: bool) -> None:
        """Its colours are the stylesheet's."""


PAGE = Page(id="overview", title="nav.overview", build=CommunicationOverview)
