"""Visitors List: everyone who ever came."""

from typing import Any

from dashboard.components.visitors_table import VisitorsTable
from dashboard.pages.page import Page
from dashboard.tab import Tab


class VisitorsList:
    """One table, a page at a time."""

    def __init__(self, tab: Tab) -> None:
        self._table = VisitorsTable(tab)
        self.view: Any = self._table

    def leave(self) -> None:
        """Watch nothing while another section is shown."""
        self._table.stop()

    def paint(self, *, dark: bool) -> None:
        """Its colours are the stylesheet's."""


PAGE = Page(id="visitors", title="nav.visitors", need="analyse", build=VisitorsList)
