"""The section "Reports": one report at a time, of the parameters in the address.

Periods, days and times of day are those of the time zone that is chosen: if none is, the browser's.
"""

import asyncio
from datetime import UTC, datetime
from functools import partial
from typing import Any

import msgspec
import panel as pn
from reactivex.disposable import Disposable

from dashboard.components.awaited import awaited
from dashboard.components.report_head import Choice, Figure, Figures, Look, Looking, Option, ReportHead, ReportLink
from dashboard.components.report_nothing import ReportNothing
from dashboard.components.report_plot import HEIGHT, ReportPlot, has_bars
from dashboard.components.report_table import Head, ReportTable, Table
from dashboard.components.telling import unavailable
from dashboard.exports.kept import Export
from dashboard.pages.page import Page
from dashboard.reports.asking import Answer, ask
from dashboard.reports.notebook import cell
from dashboard.reports.parameters import Parameters, parse, zone_of
from dashboard.reports.registry import REPORTS
from dashboard.reports.report import Column, Report, TableOf, behind, definition
from dashboard.tab import Tab
from engine.analytics.reports.parameters import PARAMETERS
from engine.history.errors import HistoryError
from engine.views import name_of

PANEL = {  # as the stylesheet's panels, whose rules end at the border of a Panel component
    "background": "var(--p-surface)", "border": "1px solid var(--p-line)", "border-radius": "var(--p-radius-card)",
    "padding": "var(--p-space-2)", "box-sizing": "border-box",
}  # fmt: skip


class Reports:
    """Head, plot and tables. The plot comes in a later turn of the loop, because building one holds it."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._dark = False
        self._plot: ReportPlot | None = None
        self._asking: asyncio.Task[None] | None = None
        self._addresses: list[str] = []
        self._shown: Parameters | None = None
        self._head = ReportHead(tab, look=self._look)
        self._slot = pn.Column(
            awaited(HEIGHT), css_classes=["plot"], sizing_mode="stretch_width", margin=(12, 0), styles=PANEL
        )
        self._table = ReportTable(tab)
        self.view: Any = pn.Column(self._head, self._slot, self._table, sizing_mode="stretch_width", margin=0)
        tab.at_close(Disposable(self._drop))

    def leave(self) -> None:
        """Watch nothing while another section is shown; the browser asks again on its return."""
        self._head.stop()

    def paint(self, *, dark: bool) -> None:
        """Give the plot the theme's colours."""
        self._dark = dark
        if self._plot:
            self._plot.paint(dark=dark)

    def _look(self, look: Look) -> None:
        """Say at once what is asked for, then ask; what was asked before is no longer wanted."""
        if self._asking:
            self._asking.cancel()
        parameters = parse(look.address)
        report = REPORTS[parameters.report]
        self._head.send(self._asked(look.seq, parameters, report))
        self._asking = self._tab.look_up(
            "report",
            partial(
                ask,
                self._tab.history,
                report,
                parameters,
                now=datetime.now(UTC),
                zone=zone_of(parameters.zone or look.zone),
            ),
            answered=partial(self._show, look, parameters, report),
            failed=partial(self._failed, look, parameters),
        )

    def _asked(self, seq: int, parameters: Parameters, report: Report) -> Looking:
        return Looking(
            seq=seq,
            parameters=parameters,
            address=parameters.address(),
            reports=tuple(ReportLink(id=one, title=self._tab.words[f"reports.{one}"]) for one in REPORTS),
            choices=tuple(Choice(name=one.name, hidden=one.name not in report.heeds) for one in PARAMETERS),
            figures=len(report.figures),
            live=name_of(report.live) if report.live else None,
        )

    def _failed(self, look: Look, parameters: Parameters, error: HistoryError) -> None:
        """What was shown of the same question stays; what was of another one goes."""
        self._head.send(unavailable(look.seq, error))
        if self._shown != parameters:
            self._drop()
            self._table.show([])
            self._slot[:] = []
            self._plot = None

    def _show(self, look: Look, parameters: Parameters, report: Report, answer: Answer) -> None:
        self._shown = parameters
        self._head.send(
            Figures(
                seq=look.seq,
                start=answer.span.start,
                stop=answer.span.stop,
                zone=answer.zone,
                figures=tuple(self._figure(report, answer, column) for column in report.figures),
                choices=msgspec.convert(answer.choices, dict[str, tuple[Option, ...]]),
                stale=answer.stale,
            )
        )
        self._drop()
        self._table.show((self._told(one, answer, n) for n, one in enumerate(report.tables)), answer.zone)
        self._tab.later(partial(self._draw, look, report, answer))

    def _figure(self, report: Report, answer: Answer, column: Column) -> Figure:
        return Figure(
            key=column.key,
            title=self._tab.words[column.title],
            kind=column.kind,
            now=answer.now.get(column.key),
            before=answer.before.get(column.key),
            definition=definition(report.rests_on, column.term),
            sql=behind(report.rests_on, report.totals),
            params=answer.values,
            cell=cell(self._tab.words[column.title], report.totals, answer.values),
        )

    def _told(self, table: TableOf, answer: Answer, number: int) -> Table:
        columns = table.by(answer.grain)
        rows = [[row[column.key] for column in columns] for row in answer.tables[number]]
        titles = [self._tab.words[column.title] for column in columns]
        day = answer.span.start.date().isoformat()
        export = Export(
            owner=self._tab.person.login_session, file=f"parlour-{table.name}-{day}", rows=rows,
            header=[f"{title} (s)" if column.kind in {"seconds", "length"} else title
                    for title, column in zip(titles, columns, strict=True)],
        )  # fmt: skip
        address = self._tab.exports.keep(export)
        self._addresses.append(address)
        return Table(
            title=self._tab.words[table.title],
            columns=tuple(Head(title=t, kind=c.kind) for t, c in zip(titles, columns, strict=True)),
            rows=rows,
            csv=address,
            definition=definition(table.macros(answer.grain)[0]),
            sql=behind(table.macros(answer.grain)[0], table.sql(answer.grain)),
            params=answer.values,
            cell=cell(self._tab.words[table.title], table.sql(answer.grain), answer.values),
        )

    def _draw(self, look: Look, report: Report, answer: Answer) -> None:
        if not has_bars(report.plot, answer.tables[0]):
            self._draw_nothing(self._tab.words[report.plot.title])
            return
        zone = zone_of(answer.zone)
        if self._plot is None or not self._plot.fits(report.plot, answer.grain, zone):
            self._plot = ReportPlot(
                report.plot, words=self._tab.words.__getitem__, grain=answer.grain, zone=zone, twelve=look.twelve,
                dark=self._dark,
            )  # fmt: skip
            self._plot.update(answer.tables[0])
            self._slot[:] = [self._plot.view]
        else:
            self._plot.update(answer.tables[0])

    def _draw_nothing(self, title: str) -> None:
        shown = self._slot[0] if len(self._slot) else None
        if not isinstance(shown, ReportNothing) or shown.title != title:
            self._slot[:] = [ReportNothing(self._tab, title=title)]
        self._plot = None

    def _drop(self) -> None:
        for address in self._addresses:
            self._tab.exports.drop(address)
        self._addresses.clear()


PAGE = Page(id="reports", title="nav.reports", need="analyse", build=Reports)
