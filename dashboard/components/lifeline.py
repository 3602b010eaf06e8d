"""Whether this tab still reaches the dashboard, and the dashboard main: the "Reconnecting…" banner."""

from typing import Annotated

import msgspec

from dashboard.components.live import Ask, Live, Ready


class Ping(Ask, frozen=True, kw_only=True, tag="ping"):
    """The tab asks whether anybody is there."""

    n: Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Lifeline(Live):
    """Answers the tab's pings and says whether main is connected."""

    asks = Ready | Ping

    def start(self) -> None:
        """Tell the state of the door, now and at each change."""
        self.stop()
        self.keep(self._tab.connected(lambda yes: self.send({"t": "main", "connected": yes})))

    def handle(self, ask: Ask) -> None:
        """Answer a ping."""
        if isinstance(ask, Ping):
            self.send({"t": "pong", "n": ask.n})
