"""What stands in the place of a report's plot where there is nothing to draw. It must not know why."""

from dashboard.components.live import Live
from dashboard.components.telling import Tell
from dashboard.tab import Tab


class Nothing(Tell, frozen=True, kw_only=True, tag="nothing"):
    """There is nothing to draw of this."""

    title: str


class ReportNothing(Live):
    """The `title` that the plot would have, and that there is nothing."""

    tells = Live.tells | Nothing

    def __init__(self, tab: Tab, *, title: str) -> None:
        super().__init__(tab)
        self.title = title

    def start(self) -> None:
        """Say of what there is nothing."""
        self.send(Nothing(title=self.title))
