"""A component in a document without a browser, and the tab of Ann's that it is in."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from bokeh.document import Document
from panel.models.esm import DataEvent

from dashboard.components.live import Live
from dashboard.signins import SignIn
from dashboard.tab import Tab
from tests.dashboard.house import House
from tests.running import eventually


class Mounted:
    """A component in a document, with what it sent."""

    def __init__(self, part: Live) -> None:
        self.part = part
        self.sent: list[dict[str, Any]] = []
        part._send_msg = lambda text: self.sent.append(json.loads(text))
        self.document = Document()
        self._model = part.get_root(self.document)
        self.document.add_root(self._model)

    def tell(self, data: Any) -> None:
        """A message from the browser."""
        self.part._process_event(DataEvent(model=self._model, data=data))

    def of(self, view: str) -> list[Any]:
        """The bodies sent for a view."""
        return [message["body"] for message in self.sent if message.get("v") == view]

    @property
    def answers(self) -> list[dict[str, Any]]:
        """The outcomes sent."""
        return [message for message in self.sent if message.get("t") == "outcome"]

    async def asks(self, *messages: dict[str, Any]) -> list[dict[str, Any]]:
        """Send messages that ask main for something; their answers."""
        before = len(self.answers)
        for message in messages:
            self.tell(message)
        await eventually(lambda: len(self.answers) == before + len(messages))
        return self.answers[before:]


@asynccontextmanager
async def tab_of(
    house: House, login: str = "ann", *, signed_out: Callable[[], None] = lambda: None
) -> AsyncIterator[Tab]:
    """A tab of somebody's; when it is closed it watches nothing any more."""
    sign_in = SignIn(secret=house.staff[login].session, person=await house.person(login))
    tab = Tab(house.door, sign_in, signed_out=signed_out)
    yield tab
    tab.close()
    await asyncio.sleep(0)
    assert house.door.subscriptions == 0
