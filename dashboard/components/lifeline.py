"""Whether this tab still reaches the dashboard, and the dashboard main (the "Reconnecting…" banner); the time it is."""

import time
from typing import Annotated

import msgspec

from dashboard.components.live import Ask, Live, Ready
from dashboard.components.telling import Tell


class Ping(Ask, frozen=True, kw_only=True, tag="ping"):
    """The tab asks whether anybody is there."""

    n: Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class MainIs(Tell, frozen=True, kw_only=True, tag="main"):
    """Whether the dashboard reaches main."""

    connected: bool


class Pong(Tell, frozen=True, kw_only=True, tag="pong"):
    """Somebody is there: the answer to the ping `n`, and the server's time, in milliseconds since 1970."""

    n: int
    at: int


class Lifeline(Live):
    """Answers the tab's pings and says whether main is connected."""

    in_shell = True
    asks = Ready | Ping
    tells = Live.tells | MainIs | Pong

    def start(self) -> None:
        """Tell the state of the door, now and at each change."""
        self.stop()
        self.keep(self._tab.connected(lambda yes: self.send(MainIs(connected=yes))))

    def handle(self, ask: Ask) -> None:
        """Answer a ping."""
        if isinstance(ask, Ping):
            self.send(Pong(n=ask.n, at=time.time_ns() // 1_000_000))
