"""A component whose buttons ask main for something: what a browser sends is the act itself, as main has it.

It must not know which component has which button: main says who may do what.
"""

from typing import Any, ClassVar

import msgspec

from dashboard.components.live import Live, Ready
from dashboard.components.telling import Answered
from engine.commands.filling import act_of, frames

ACTS: Any = frames("dashboard")


class Acting(Live):
    """A component with buttons."""

    asks: ClassVar[Any] = Ready | ACTS
    tells: ClassVar[Any] = Live.tells | Answered

    def handle(self, ask: Any) -> None:
        """Ask main, and tell the browser the outcome where it waits for one."""
        if isinstance(ask, msgspec.Struct) and act_of(ask) is not type(ask):
            client_id = getattr(ask, "client_id", "")
            self._tab.act(ask, client_id=client_id or "signal", answered=lambda said: self._answer(client_id, said))

    def _answer(self, client_id: str, said: Any) -> None:
        if client_id:
            self.answer(client_id, said)
