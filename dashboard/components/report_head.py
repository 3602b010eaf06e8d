"""The head of the Reports: which report and its parameters, the live tile, the figures with what is behind them."""

from collections.abc import Callable
from typing import Annotated, Any

import msgspec

from dashboard.components.live import Ask, Live, Ready
from dashboard.tab import Tab
from engine.views import VisitsAMinute, WaitingTimes


class Look(Ask, frozen=True, kw_only=True, tag="look"):
    """The address asks for a report; `seq` comes back with what it says. `offset`: minutes from UTC to the browser."""

    seq: Annotated[int, msgspec.Meta(ge=0, le=2**53)]
    address: Annotated[str, msgspec.Meta(max_length=500)]
    offset: Annotated[int, msgspec.Meta(ge=-900, le=900)] = 0


class ReportHead(Live):
    """Parameters and figures; what it is asked for it hands on."""

    views = (WaitingTimes(), VisitsAMinute())
    asks = Ready | Look

    def __init__(self, tab: Tab, *, look: Callable[[Look], None], **params: Any) -> None:
        super().__init__(tab, **params)
        self._look = look

    def handle(self, ask: Ask) -> None:
        """Hand on what is asked for."""
        if isinstance(ask, Look):
            self._look(ask)

    def show(self, tag: str, seq: int, body: object) -> None:
        """Send what a question's answer is, by its type."""
        self.send_raw("t", tag, msgspec.json.encode(body), seq=str(seq))
