"""The corner of the header: "Main menu" and the theme."""

from collections.abc import Callable
from typing import Any

from dashboard.components.live import Ask, Live, Ready
from dashboard.tab import Tab


class Theme(Ask, frozen=True, kw_only=True, tag="theme"):
    """Whether the browser shows the dark theme now."""

    dark: bool


class MainMenu(Live):
    """The menu with the operator's name and "Sign out", and the theme's button."""

    in_shell = True
    asks = Ready | Theme

    def __init__(self, tab: Tab, *, themed: Callable[[bool], None], **params: Any) -> None:
        super().__init__(tab, **params)
        self._themed = themed

    def handle(self, ask: Ask) -> None:
        """Tell what is drawn on this side which theme it is."""
        if isinstance(ask, Theme):
            self._themed(ask.dark)
