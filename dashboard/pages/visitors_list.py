"""Visitors List: nothing to list yet."""

from typing import Any

from dashboard.components.notice import Notice
from dashboard.pages.page import Page
from dashboard.tab import Tab


class VisitorsList:
    """Says that the history is not there yet."""

    def __init__(self, tab: Tab) -> None:
        self.view: Any = Notice(tab, key="visitors.later")

    def leave(self) -> None:
        """It watches nothing."""

    def paint(self, *, dark: bool) -> None:
        """Its colours are the stylesheet's."""


PAGE = Page(id="visitors", title="nav.visitors", build=VisitorsList)
