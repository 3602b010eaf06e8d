"""Whether the dashboard can be used: for the shell that waits, and for the supervisor."""

import asyncio

from engine.wire.answering import Answering


class Health(Answering):
    """A short JSON."""

    def initialize(self, connected: asyncio.Event) -> None:
        """Keep what says that main answers."""
        self._connected = connected

    def get(self) -> None:
        """`{"ready": bool}`."""
        self.set_header("Cache-Control", "no-store")
        self.finish({"ready": self._connected.is_set()})
