"""The dashboards' load process: real tabs whose operators take what rings and write back."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any

from bench.delivery.party import Party
from bench.tab import Tab
from engine.ids import draw_id

PATIENCE = 60.0  # seconds for many conversations to be taken


class Operators(Party):
    """All tabs of the bench."""

    def __init__(self) -> None:
        super().__init__("operator")
        self._tabs: list[Tab] = []
        self._serving: dict[str, Tab] = {}
        self._answered: set[str] = set()
        self._accepting: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()

    async def open(self, base: str, people: Sequence[tuple[str, str]]) -> None:
        """Open a tab for each (login, password), one after the other, and switch Live Help on."""
        for login, password in people:
            tabs: list[Tab] = []
            tab = Tab(base, partial(self._take, tabs))
            tabs.append(tab)
            await tab.open(login, password)
            outcome = await tab.ask("LiveHelpSwitch", {"t": "switch", "on": True})
            if outcome["outcome"] != "done":
                raise RuntimeError(f"{login} could not switch Live Help on: {outcome}")
            self._tabs.append(tab)

    async def serving(self, count: int) -> None:
        """Wait until so many conversations are accepted and followed."""
        async with asyncio.timeout(PATIENCE):
            while len(self._serving) < count:
                self._news.clear()
                await self._news.wait()

    async def close(self) -> None:
        """Close all tabs."""
        for tab in self._tabs:
            tab.close()

    def conversations(self) -> list[str]:
        """See `Party`."""
        return list(self._serving)

    def send(self, conversation: str, text: str) -> None:
        """See `Party`."""
        say = {"t": "say", "client_id": draw_id(), "conversation": conversation, "text": text}
        self._serving[conversation].tell("Profile", say)

    def _take(self, tabs: list[Tab], component: str, message: dict[str, Any], now: int) -> None:
        tab, body = tabs[0], message.get("body", {})
        if component == "Profile" and message.get("v") == "conversation" and "entry" in body:
            self._entry(tab, body["entry"], now)
        elif component == "Rings" and message.get("v") == "rings":
            for row in (*body.get("all", ()), *body.get("set", ())):
                self._ring(tab, row)
        elif message.get("t") in {"outcome", "error", "lost"} and body.get("outcome") != "done":
            self.ledger.refused.append(str(message))

    def _entry(self, tab: Tab, entry: dict[str, Any], now: int) -> None:
        if entry["what"] == "message":
            text = "".join(span["text"] for span in entry["body"]["spans"])
            self.see(entry["conversation"], entry["author"], text, now)
        elif entry["what"] == "accepted":
            self._serving[entry["conversation"]] = tab
            self._news.set()

    def _ring(self, tab: Tab, row: dict[str, Any]) -> None:
        if not row["closed"] and row["id"] not in self._answered:
            self._answered.add(row["id"])
            task = asyncio.create_task(self._accept(tab, row), name="accept")
            self._accepting.add(task)
            task.add_done_callback(self._accepting.discard)

    async def _accept(self, tab: Tab, row: dict[str, Any]) -> None:
        """Accept; then the profile opens, as in rings.js and person.js."""
        outcome = await tab.ask("Rings", {"t": "accept", "conversation": row["id"]})
        if outcome["outcome"] != "done":
            self.ledger.refused.append(str(outcome))
            return
        tab.tell("Profile", {"t": "open", "visitor": row["visitor"]})
        tab.tell("Profile", {"t": "follow", "conversation": row["id"], "after": None})
