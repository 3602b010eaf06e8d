"""The tables of a report, each with its caption and its "CSV"."""

from collections.abc import Iterable
from typing import Any

import msgspec

from dashboard.components.live import Live
from dashboard.components.report_head import Behind
from dashboard.components.telling import Tell
from dashboard.reports.report import Kind


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The head of a column, and what its cells are."""

    title: str
    kind: Kind


class Table(Behind, frozen=True, kw_only=True):
    """A table with the address of its CSV."""

    title: str
    columns: tuple[Head, ...]
    rows: list[list[Any]]
    csv: str


class Tables(Tell, frozen=True, kw_only=True, tag="tables"):
    """All tables of a report; times in them are told by the clocks of the zone."""

    zone: str
    tables: tuple[Table, ...]


class ReportTable(Live):
    """Tables; they come whole."""

    tells = Live.tells | Tables
    _shown: Tables | None = None

    def start(self) -> None:
        """Show again what was shown."""
        if self._shown is not None:
            self.send(self._shown)

    def show(self, tables: Iterable[Table], zone: str = "UTC") -> None:
        """Show these tables."""
        self._shown = Tables(tables=tuple(tables), zone=zone)
        self.send(self._shown)
