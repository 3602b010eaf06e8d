"""The ground of components with a long table: a browser is sent the rows that it shows, and the places of all."""

from typing import Annotated, Any, ClassVar

import msgspec

from dashboard.components.live import Ask, Id, Live, Ready
from dashboard.sight import SHORT, Sight, apart
from dashboard.tab import Tab
from engine.door.interface import Frame
from engine.views import name_of

MOST = 3_000  # rows: far more than any screen shows


class See(Ask, frozen=True, kw_only=True, tag="see"):
    """The rows that are shown, of which one is not there yet."""

    ids: Annotated[list[Id], msgspec.Meta(max_length=MOST)]


class InSight(Live):
    """A component fed by one view; a table of no more than `short` rows is sent whole."""

    asks: ClassVar[Any] = Ready | See
    short: ClassVar[int] = SHORT

    def __init__(self, tab: Tab, **params: Any) -> None:
        super().__init__(tab, **params)
        self._sight = Sight(self.short)

    def stop(self) -> None:
        """Watch nothing any more, and keep nothing of it: who looks again has nothing."""
        super().stop()
        self._sight = Sight(self.short)

    def pass_on(self, frame: Frame) -> None:
        """Tell the browser what it is to know of a view's step."""
        self._say(self._sight.take(apart(bytes(frame.body))))

    def handle(self, ask: Ask) -> None:
        """Send what is seen now, and was not there."""
        if isinstance(ask, See):
            self._say(self._sight.look(ask.ids))

    def _say(self, body: bytes | None) -> None:
        if body is not None:
            self.send_raw(name_of(self.views[0]), body)
