"""A section that says one sentence."""

from pathlib import Path
from typing import Any

from dashboard.components.live import Live
from dashboard.tab import Tab


class Notice(Live):
    """One honest sentence of the catalogue."""

    _bundle = Path(__file__).parent / "notice.js"

    def __init__(self, tab: Tab, *, key: str, **params: Any) -> None:
        super().__init__(tab, **params)
        self._key = key

    def start(self) -> None:
        """Say it."""
        self.send({"t": "notice", "key": self._key})
