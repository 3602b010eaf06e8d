"""Site Monitor: who is on the site now, visits a minute, and the pages with most visitors."""

from functools import partial
from typing import Any

import panel as pn

from dashboard.components.awaited import awaited
from dashboard.components.badge_board import BadgeBoard
from dashboard.components.headline import Headline
from dashboard.components.top_pages import TopPages
from dashboard.components.visits_plot import HEIGHT, VisitsPlot
from dashboard.pages.page import Page
from dashboard.tab import Tab

_WRAP = "/app/static/parlour/look/wrap.css"


class SiteMonitor:
    """The headline and the badges at once; the plot once they are shown: making it holds the loop."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._dark = False
        self._plot: VisitsPlot | None = None
        self._headline = Headline(tab, rendered=lambda: tab.later(self._draw), sizing_mode=None)
        self._board = BadgeBoard(tab)
        self._slot = pn.Column(awaited(HEIGHT), css_classes=["plot"], width=320, height=HEIGHT, margin=0)
        self._pages = TopPages(tab, sizing_mode=None, css_classes=["rest"])
        self._top = pn.Row(
            self._headline, self._slot, self._pages, sizing_mode="stretch_width", margin=0, stylesheets=[_WRAP]
        )
        self.view: Any = pn.Column(self._top, self._board, sizing_mode="stretch_width", margin=0)

    def leave(self) -> None:
        """Watch nothing while another section is shown; the browser asks again on its return."""
        self._headline.stop()
        self._board.stop()
        self._pages.stop()

    def paint(self, *, dark: bool) -> None:
        """Give the plot the theme's colours."""
        self._dark = dark
        if self._plot:
            self._plot.paint(dark=dark)

    def _draw(self) -> None:
        if self._plot:
            return
        self._plot = VisitsPlot(self._tab, title=self._tab.words["plot.visits"], dark=self._dark)
        self._tab.later(partial(self._place, self._plot))  # a turn for its models, and one to send them

    def _place(self, plot: VisitsPlot) -> None:
        self._slot[:] = [plot.view]
        plot.begin()


PAGE = Page(id="monitor", title="nav.monitor", need="look", build=SiteMonitor)
