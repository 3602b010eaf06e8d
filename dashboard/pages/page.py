"""What a page is: a section of the dashboard, who may see it, and how it is built for a tab."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from dashboard.tab import Tab
from engine.events import Role

_RANK: dict[Role, int] = {"operator": 0, "supervisor": 1, "administrator": 2}


class Section(Protocol):
    """A built page: `view` is what Panel shows."""

    view: Any

    def leave(self) -> None:
        """Another section is shown; watch nothing."""
        ...

    def paint(self, *, dark: bool) -> None:
        """Draw in the other theme what is drawn on this side."""
        ...


@dataclass(frozen=True, kw_only=True)
class Page:
    """An entry of the registry. `title` is a key of the catalogue; `role` the least one that may see it."""

    id: str
    title: str
    build: Callable[[Tab], Section]
    role: Role = "operator"

    def open_to(self, role: Role) -> bool:
        """Whether a person of this role may see it."""
        return _RANK[role] >= _RANK[self.role]
