"""The navigation: a link for each section, and which section is shown."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import msgspec

from dashboard.components.live import Ask, Live, Ready
from dashboard.components.telling import Tell
from dashboard.tab import Tab


class Show(Ask, frozen=True, kw_only=True, tag="show"):
    """The address names a section."""

    section: Annotated[str, msgspec.Meta(max_length=40)]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A section's id in the address, and its title."""

    id: str
    title: str


class Sections(Tell, frozen=True, kw_only=True, tag="sections"):
    """The sections there are for this person."""

    sections: tuple[Section, ...]


class Nav(Live):
    """Links to the sections; the browser's address says which is shown."""

    in_shell = True
    asks = Ready | Show
    tells = Live.tells | Sections

    def __init__(
        self,
        tab: Tab,
        *,
        sections: Sequence[tuple[str, str]],
        show: Callable[[str], None],
        **params: Any,
    ) -> None:
        super().__init__(tab, **params)
        self._sections = dict(sections)
        self._show = show

    def start(self) -> None:
        """Tell the browser which sections there are for this person."""
        links = (Section(id=key, title=title) for key, title in self._sections.items())
        self.send(Sections(sections=tuple(links)))

    def handle(self, ask: Ask) -> None:
        """Show a section that there is."""
        if isinstance(ask, Show) and ask.section in self._sections:
            self._show(ask.section)
