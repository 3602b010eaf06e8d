"""The ground of the own components: typed messages from the browser, views passed on to it as the strings they are.

Bodies of views come encoded from main and are never decoded here. What a browser sends is checked against the
component's message types; anything else is counted, logged and answered with `bad-frame`.
"""

import json
import logging
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, ClassVar

import msgspec
import panel as pn
from reactivex.abc import DisposableBase

from dashboard.components.telling import Answered, BadMessage, Lost, Tell
from dashboard.panel.component import Component
from dashboard.tab import Tab
from engine.commands import Outcome
from engine.door.interface import Frame
from engine.views import AnyView, name_of

log = logging.getLogger(__name__)

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Token = Annotated[str, msgspec.Meta(max_length=200)]


class Ask(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="t"):
    """A message from the browser."""


class Ready(Ask, frozen=True, kw_only=True, tag="ready"):
    """The component has rendered and wants its whole state."""


class Live(Component):
    """A component fed by views of the door."""

    views: ClassVar[tuple[AnyView, ...]] = ()
    asks: ClassVar[Any] = Ready  # the union of what the browser may send
    tells: ClassVar[Any] = Lost | BadMessage  # of what it is told beside the views
    in_shell: ClassVar[bool] = False  # it stays over all sections: live, also where these look at what is past

    def __init__(self, tab: Tab, **params: Any) -> None:
        super().__init__(**{"sizing_mode": "stretch_width", **params})
        self._tab = tab
        self._watched: list[DisposableBase] = []

    def start(self) -> None:
        """Send the whole state, then every change; called when the browser's side is ready."""
        self.stop()
        for view in self.views:
            self.watch(view, self.pass_on)

    def watch(
        self,
        view: AnyView,
        sink: Callable[[Frame], None],
        *,
        after: str | None = None,
        failed: Callable[[str], None] | None = None,
    ) -> DisposableBase:
        """Give each step of a view to `sink` until `stop`; that it cannot be watched is said, to `failed` if given."""
        failed = failed or partial(self.lost, name_of(view))
        return self.keep(self._tab.watch(view, sink, after=after, failed=failed, live=self.in_shell))

    def stop(self) -> None:
        """Watch nothing any more, as nobody looks."""
        for subscription in self._watched:
            self._tab.forget(subscription)
        self._watched.clear()

    def keep(self, subscription: DisposableBase) -> DisposableBase:
        """Let `stop` dispose of a subscription."""
        self._watched.append(subscription)
        return subscription

    def pass_on(self, frame: Frame) -> None:
        """Hand a view's step to the browser as it came."""
        self.send_raw(frame.view, bytes(frame.body))

    def lost(self, view: str, reason: str, key: str = "") -> None:
        """Say that a view cannot be watched."""
        self.send(Lost(view=view, reason=reason, key=key))

    def send(self, message: Tell) -> None:
        """Send a message of our own."""
        self.tell(msgspec.json.encode(message).decode())

    def send_raw(self, view: str, body: bytes, **more: str) -> None:
        """Send a view's encoded body, undecoded, with the view's name and some plain text beside it."""
        head = json.dumps({"v": view, **more})[:-1]
        self.tell(f'{head}, "body": {body.decode()}}}')

    def answer(self, client_id: str, outcome: Outcome) -> None:
        """Tell the browser what became of what it asked for."""
        self.send(Answered(client_id=client_id, body=outcome))

    def handle(self, ask: Ask) -> None:
        """Do what the browser asks, beyond `Ready`."""

    def hear(self, data: Any) -> None:
        """Take what is one of the component's messages; anything else is counted, and said to be none."""
        try:
            ask: Ask = msgspec.convert(data, self.asks)
        except (msgspec.ValidationError, RecursionError) as wrong:
            self._tab.counted.bad_frames += 1
            log.warning("%s got a bad message: %s", type(self).__name__, wrong)
            self.send(BadMessage())
            return
        # Before the document is ready Panel puts messages off, and later ones would overtake them. All that is asked
        # until then waits, in its order: `start`, alone put off, would end what was asked for after it.
        pn.state.onload(partial(self._take, ask))

    def _take(self, ask: Ask) -> None:
        if isinstance(ask, Ready):
            self.start()
        else:
            self.handle(ask)
