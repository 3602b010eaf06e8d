"""The "Live Help" switch: whether this operator is available."""

from pathlib import Path

from dashboard.components.live import Ask, Id, Live, Ready
from engine.commands import SwitchLiveHelp


class Switch(Ask, frozen=True, kw_only=True, tag="switch"):
    """The operator flipped the switch."""

    client_id: Id
    on: bool


class LiveHelpSwitch(Live):
    """The switch and the operator's state in words."""

    _bundle = Path(__file__).parent / "live_help.js"
    views = ("operators",)
    asks = Ready | Switch

    def handle(self, ask: Ask) -> None:
        """Ask main to switch."""
        if isinstance(ask, Switch):
            self._tab.ask(
                SwitchLiveHelp(on=ask.on),
                client_id=ask.client_id,
                answered=lambda outcome: self.answer(ask.client_id, outcome),
            )
