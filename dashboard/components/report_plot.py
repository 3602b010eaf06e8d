"""The plot of a report, as a Bokeh figure in the colours of the theme."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

import panel as pn
from bokeh.models import (
    AdaptiveTicker,
    ColumnDataSource,
    DatetimeTickFormatter,
    Dodge,
    FactorRange,
    HoverTool,
    Legend,
    LegendItem,
)
from bokeh.plotting import figure

from dashboard.components.colours import fill, ink
from dashboard.reports.report import Grain, Plot, Series

HEIGHT, ROW = 220, 28  # px
_WIDTHS: dict[Grain, timedelta] = {
    "day": timedelta(days=1), "hour": timedelta(hours=1), "minutes": timedelta(minutes=5),
}  # fmt: skip
_DATES = {"days": "%d %b", "months": "%b %Y", "years": "%Y"}
Words = Callable[[str], str]


class ReportPlot:
    """One report's figure, by the clocks of a time zone, of which Bokeh knows none.

    `twelve`: they are said by a clock of twelve hours.
    """

    def __init__(
        self, plot: Plot, *, words: Words, grain: Grain, zone: tzinfo, dark: bool, twelve: bool = False
    ) -> None:
        self._clock = "%I:%M %p" if twelve else "%H:%M"
        self._plot, self._grain, self._zone = plot, grain, zone
        # A bar of an hour lies from its hour to the next. That of a day stands over its day's name.
        self._half = timedelta() if grain == "day" else _WIDTHS[grain] / 2
        self._titles = {series.column: words(series.title) for series in plot.series}
        self.source = ColumnDataSource({name: [] for name in ("at", "when", *self._titles)})
        self._bars: list[tuple[Series, Any]] = []
        self._figure = self._rows(words) if plot.how == "rows" else self._in_time(words)
        self._style()
        self.view: Any = pn.pane.Bokeh(self._figure, sizing_mode="stretch_width", margin=0)
        self.paint(dark=dark)

    def fits(self, plot: Plot, grain: Grain, zone: tzinfo) -> bool:
        """Whether this figure can show such rows."""
        return self._plot is plot and (
            plot.how == "rows" or (self._grain == grain and (grain == "day" or zone == self._zone))
        )

    def update(self, rows: Sequence[dict[str, Any]]) -> None:
        """Show other rows."""
        data: dict[str, Any] = {column: [row[column] for row in rows] for column in self._titles}
        if self._plot.how == "rows":
            labels = _distinct([str(row[self._plot.label] or "–") for row in rows])
            data |= {"at": labels, "when": labels}
            with pn.io.unlocked():
                self._figure.y_range.factors = labels[::-1]
                self._figure.height = max(96, ROW * len(labels) + 56)
                self.source.data = data
            return
        starts = [self._start(row) for row in rows]
        at = [_ms(start + self._half) for start in starts]
        data |= {"at": at, "when": [self._said(start) for start in starts]}
        with pn.io.unlocked():
            self.source.data = data

    def paint(self, *, dark: bool) -> None:
        """Use the colours of the theme; axes and title have theirs from the stylesheet, and are drawn anew with it."""
        with pn.io.unlocked():
            for series, bars in self._bars:
                bars.glyph.fill_color = fill(series.colour, dark=dark)
            self._figure.legend.label_text_color = ink(dark=dark)

    def _start(self, row: dict[str, Any]) -> datetime:
        if self._grain == "day":
            day: date = row["day"]
            return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - as it is drawn
        begins: datetime = row["begins"]
        return begins.astimezone(self._zone).replace(tzinfo=None)

    def _said(self, start: datetime) -> str:
        return start.strftime("%d %b %Y" if self._grain == "day" else f"%d %b, {self._clock}")

    def _in_time(self, words: Words) -> Any:
        plot = figure(
            title=words(self._plot.title), height=HEIGHT, sizing_mode="stretch_width", x_axis_type="datetime",
            tools="", toolbar_location=None, min_border=8,
        )  # fmt: skip
        step = _WIDTHS[self._grain].total_seconds() * 1000
        if self._plot.how == "stacked":
            bars = plot.vbar_stack(list(self._titles), x="at", width=step * 0.7, source=self.source, line_color=None)
        else:
            share = 0.7 / len(self._titles)
            places = [(n - (len(self._titles) - 1) / 2) * share * step for n in range(len(self._titles))]
            bars = [
                plot.vbar(x={"field": "at", "transform": Dodge(value=place)}, top=column, width=step * share * 0.92,
                          source=self.source, line_color=None)
                for column, place in zip(self._titles, places, strict=True)
            ]  # fmt: skip
        self._bars = list(zip(self._plot.series, bars, strict=True))
        plot.xaxis.formatter = DatetimeTickFormatter(
            **dict.fromkeys(("minutes", "hourmin", "hours"), self._clock), **_DATES
        )
        if self._grain == "hour":  # no name between two hours
            plot.xaxis.ticker = AdaptiveTicker(
                base=24, mantissas=[1, 2, 3, 6, 12], min_interval=step, max_interval=12 * step, num_minor_ticks=0
            )
        plot.y_range.start = 0
        plot.xgrid.visible = False
        self._whole(plot.yaxis)
        self._explain(plot, [bars[0]] if self._plot.how == "stacked" else bars)
        return plot

    def _rows(self, words: Words) -> Any:
        plot = figure(
            title=words(self._plot.title), height=HEIGHT, sizing_mode="stretch_width", y_range=FactorRange(),
            tools="", toolbar_location=None, min_border=8,
        )  # fmt: skip
        (series,) = self._plot.series
        bars = plot.hbar(y="at", right=series.column, height=0.6, source=self.source, line_color=None)
        self._bars = [(series, bars)]
        plot.x_range.start = 0
        plot.ygrid.visible = False
        self._whole(plot.xaxis)
        self._explain(plot, [bars])
        return plot

    def _explain(self, plot: Any, renderers: list[Any]) -> None:
        tips = [("", "@when"), *((title, f"@{column}") for column, title in self._titles.items())]
        plot.add_tools(HoverTool(tooltips=tips, renderers=renderers, mode="mouse"))
        if len(self._titles) > 1:
            items = [LegendItem(label=self._titles[series.column], renderers=[bars]) for series, bars in self._bars]
            plot.add_layout(Legend(items=items, orientation="horizontal", location="left"), "above")

    @staticmethod
    def _whole(axis: Any) -> None:
        axis.ticker.desired_num_ticks = 4
        axis.ticker.mantissas = [1, 2, 5]
        axis.ticker.min_interval = 1

    def _style(self) -> None:
        plot = self._figure
        plot.outline_line_color = None
        plot.background_fill_alpha = plot.border_fill_alpha = 0
        plot.title.text_font_size = "13px"
        plot.title.text_font_style = "normal"
        plot.legend.background_fill_alpha = 0
        plot.legend.border_line_color = None
        plot.legend.padding = plot.legend.margin = 0
        plot.legend.label_text_font_size = "12px"
        plot.legend.spacing = 16
        plot.legend.glyph_width = plot.legend.glyph_height = 12
        for one in (plot.xaxis, plot.yaxis):
            one.minor_tick_line_color = one.major_tick_line_color = None
            one.major_label_text_font_size = "12px"


def has_bars(plot: Plot, rows: Sequence[dict[str, Any]]) -> bool:
    """Whether there is anything to draw: without a bar there would be an empty axis."""
    return any(row[series.column] for row in rows for series in plot.series)


def _ms(at: datetime) -> float:
    return (at - datetime(1970, 1, 1)).total_seconds() * 1000  # noqa: DTZ001 - as it is drawn


def _distinct(labels: list[str]) -> list[str]:
    """Labels of an axis: each once, and none that Bokeh would take for a formula."""
    safe = [label.replace("$$", "$\u200b$").replace("\\[", "\\\u200b[").replace("\\(", "\\\u200b(") for label in labels]
    return [label + "\u200b" * safe[:n].count(label) for n, label in enumerate(safe)]
