"""The head of the Reports: which report and its parameters, the live tile, the figures with what is behind them."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

import msgspec

from dashboard.components.live import Ask, Live, Ready
from dashboard.components.telling import Tell, Unavailable
from dashboard.reports.parameters import Parameters, ReportId
from dashboard.reports.report import Kind
from dashboard.tab import Tab
from engine.views import VisitsAMinute, WaitingTimes


class Look(Ask, frozen=True, kw_only=True, tag="look"):
    """The address asks for a report; `seq` comes back with what it says. `zone`: the browser's time zone.

    `twelve`: its clock has twelve hours.
    """

    seq: Annotated[int, msgspec.Meta(ge=0, le=2**53)]
    address: Annotated[str, msgspec.Meta(max_length=500)]
    zone: Annotated[str, msgspec.Meta(max_length=64)] = "UTC"
    twelve: bool = False


class Behind(msgspec.Struct, frozen=True, kw_only=True):
    """What is behind a figure or a table: its meaning, the SQL with its parameters, and a notebook's cell."""

    definition: str
    sql: str
    params: dict[str, str | None]
    cell: str


class Figure(Behind, frozen=True, kw_only=True):
    """A figure of the period, and of the one before."""

    key: str
    title: str
    kind: Kind
    now: float | None
    before: float | None


class ReportLink(msgspec.Struct, frozen=True, kw_only=True):
    """A report to choose."""

    id: ReportId
    title: str


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter of which one may be chosen, or all; `hidden` where the report does not heed it."""

    name: str
    hidden: bool


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One of what may be chosen for a parameter."""

    id: str
    name: str


class Looking(Tell, frozen=True, kw_only=True, tag="looking"):
    """What the address asks for, and what may be chosen.

    `figures`: how many will come; `live`: the view whose tile stands beside them.
    """

    seq: int
    parameters: Parameters
    address: str
    reports: tuple[ReportLink, ...]
    choices: tuple[Choice, ...]
    figures: int
    live: str | None


class Figures(Tell, frozen=True, kw_only=True, tag="figures"):
    """The answer, by the clocks of a zone; `stale`: it may be behind what happened."""

    seq: int
    zone: str
    start: datetime
    stop: datetime
    figures: tuple[Figure, ...]
    choices: dict[str, tuple[Option, ...]]
    stale: bool


class ReportHead(Live):
    """Parameters and figures; what it is asked for it hands on."""

    views = (WaitingTimes(), VisitsAMinute())
    asks = Ready | Look
    tells = Live.tells | Looking | Figures | Unavailable

    def __init__(self, tab: Tab, *, look: Callable[[Look], None], **params: Any) -> None:
        super().__init__(tab, **params)
        self._look = look

    def handle(self, ask: Ask) -> None:
        """Hand on what is asked for."""
        if isinstance(ask, Look):
            self._look(ask)
