"""The visitors' load process: browsers with a page and a chat each."""

import asyncio
from collections.abc import Sequence

from bench.delivery.party import Party
from bench.delivery.window import Window
from engine.talk.entries import Entry, plain
from widget import protocol

AT_A_TIME = 10  # visitors who come together


class Visitors(Party):
    """All visitors of the bench."""

    def __init__(self, gateway: str, shop: str, site_key: str) -> None:
        super().__init__("visitor")
        self._where = {"gateway": gateway, "shop": shop, "site_key": site_key}
        self._windows: dict[str, Window] = {}

    async def open(self, departments: Sequence[str]) -> None:
        """Let a visitor come for each department named, and wait until each is served."""
        few = asyncio.Semaphore(AT_A_TIME)

        async def come(department: str) -> None:
            async with few:
                window = Window(**self._where, take=self._take)
                self._windows[await window.open(department)] = window

        await asyncio.gather(*map(come, departments))

    async def close(self) -> None:
        """Let all go."""
        for window in self._windows.values():
            window.close()

    def conversations(self) -> list[str]:
        """See `Party`."""
        return list(self._windows)

    def send(self, conversation: str, text: str) -> None:
        """See `Party`."""
        self._windows[conversation].say(conversation, text)

    def _take(self, _window: Window, frame: Entry | protocol.Error, now: int) -> None:
        if isinstance(frame, protocol.Error):
            self.ledger.refused.append(frame.reason)
        elif frame.what == "message" and frame.author is not None:
            self.see(frame.conversation, frame.author, plain(frame), now)
