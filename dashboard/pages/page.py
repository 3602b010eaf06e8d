"""What a page is: a section of the dashboard, who may see it, and how it is built for a tab."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from dashboard.components.live import Live
from dashboard.tab import Tab
from engine.door.rights import Need, has
from engine.events import Role


class Section(Protocol):
    """A built page: `view` is what Panel shows."""

    view: Any

    def leave(self) -> None:
        """Another section is shown; watch nothing."""
        ...

    def paint(self, *, dark: bool) -> None:
        """Draw in the other theme what is drawn on this side."""
        ...


class Alone:
    """A section that is one component, whose colours are the stylesheet's."""

    def __init__(self, component: Live) -> None:
        self.view: Any = component

    def leave(self) -> None:
        """Watch nothing while another section is shown."""
        self.view.stop()

    def paint(self, *, dark: bool) -> None:
        """The browser does it."""


def alone(component: Callable[[Tab], Live]) -> Callable[[Tab], Section]:
    """How a section is built that is this component."""
    return lambda tab: Alone(component(tab))


@dataclass(frozen=True, kw_only=True)
class Page:
    """An entry of the registry. `title` is a key of the catalogue; `need` the right to see it."""

    id: str
    title: str
    build: Callable[[Tab], Section]
    need: Need = "operate"

    def open_to(self, role: Role) -> bool:
        """Whether a person of this role may see it; main asks again for all that is on it."""
        return has(role, self.need)
