"""Visits a minute over the last hour, as a Bokeh figure."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import panel as pn
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure

from dashboard.components.colours import fill
from dashboard.tab import Tab
from engine.door.interface import Frame
from engine.views import VisitsAMinute

MINUTES = 60
HEIGHT = 112  # px
TICKS = {0: "−60", 15: "−45", 30: "−30", 45: "−15", MINUTES - 1: "0 min"}  # minutes ago, below the bars


class _Value(msgspec.Struct):
    minutes: list[int]
    ends: datetime


class _Body(msgspec.Struct):
    value: _Value


class VisitsPlot:
    """Sixty bars, the running minute last; kept up to date while its tab is open."""

    def __init__(self, tab: Tab, *, title: str, dark: bool) -> None:
        self._tab = tab
        self.source = ColumnDataSource({"at": list(range(MINUTES)), "visits": [0] * MINUTES, "when": [""] * MINUTES})
        self._figure = self._build(title)
        self.view: Any = pn.pane.Bokeh(self._figure, sizing_mode="stretch_both", margin=0)
        self.paint(dark=dark)

    def begin(self) -> None:
        """Watch; only once the figure is on its way to the browser, or it would hear of a source it does not know."""
        self._tab.watch(VisitsAMinute(), self.update)

    def update(self, frame: Frame) -> None:
        """Show another picture, in one order with what Panel sends: a change of Bokeh's own would overtake it."""
        value = msgspec.json.decode(bytes(frame.body), type=_Body).value
        starts = [value.ends - timedelta(minutes=MINUTES - 1 - n) for n in range(MINUTES)]
        data = {
            "at": list(range(MINUTES)),
            "visits": value.minutes[-MINUTES:],
            "when": [start.astimezone(UTC).strftime("%H:%M UTC") for start in starts],
        }
        with pn.io.unlocked():
            self.source.data = data

    def paint(self, *, dark: bool) -> None:
        """Use the colours of the theme; what is no bar has its own from the stylesheet, and is drawn anew with them."""
        with pn.io.unlocked():
            self._bars.glyph.fill_color = fill("accent", dark=dark)

    def _build(self, title: str) -> Any:
        plot = figure(
            title=title, height=HEIGHT, sizing_mode="stretch_both", x_range=(-0.5, MINUTES - 0.5), min_border=8,
            tools="hover", toolbar_location=None, tooltips="@when: @visits",
            outline_line_color=None, background_fill_alpha=0, border_fill_alpha=0,
        )  # fmt: skip
        self._bars = plot.vbar(x="at", top="visits", width=0.7, source=self.source, line_color=None)
        plot.title.text_font_size = "12px"
        plot.title.text_font_style = "normal"
        plot.title.standoff = 2
        plot.y_range.start = 0
        plot.xaxis.ticker = list(TICKS)
        plot.xaxis.major_label_overrides = TICKS
        plot.xaxis.axis_line_alpha = 0
        plot.xaxis.major_tick_line_color = None
        plot.xaxis.minor_tick_line_color = None
        plot.xgrid.visible = False
        plot.yaxis.axis_line_alpha = 0  # its colour is the stylesheet's
        plot.yaxis.major_tick_line_color = None
        plot.yaxis.minor_tick_line_color = None
        plot.yaxis.ticker.desired_num_ticks = 3
        plot.yaxis.ticker.mantissas = [1, 2, 5]
        plot.yaxis.ticker.min_interval = 1
        return plot
