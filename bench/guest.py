"""A visitor's browser as the widget is: a page, perhaps a chat, and an outbox that goes out again until it is acked.

It must not know what is measured.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import msgspec

from bench.house import Place
from bench.line import CHAT_CAP, LATE, Line
from bench.websocket import Way
from engine.events import ConversationId, DepartmentId
from engine.ids import draw_id
from engine.talk.entries import Entry
from widget import protocol
from widget.asking import ASK, SAY, VIEW

PATIENCE = 60.0  # seconds for a welcome, and until somebody serves
_to_page = msgspec.json.Decoder(protocol.ToPage).decode
_to_chat = msgspec.json.Decoder(protocol.ToChat).decode
_encode = msgspec.json.Encoder().encode
Take = Callable[["Guest", protocol.Ack | Entry | protocol.Error], None]


@dataclass(eq=False)
class Guest:
    """One visitor; `take` gets each answer and each entry of their chat, and what is refused on the page.

    Attributes:
        outbox: what was said and is not acked, by client id, in its order.
        number: of the last entry that came.

    """

    place: Place
    serial: int
    take: Take = lambda _guest, _frame: None
    visitor: str | None = None
    conversation: ConversationId | None = None
    outbox: dict[str, bytes] = field(default_factory=dict)
    number: int = 0
    _secret: str | None = None
    _token: str | None = None
    _told: bool = False
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @cached_property
    def page(self) -> Line:
        """The page's socket."""
        way = Way(port=self.place.port, path="/ws/page", origin=self.place.shop)
        return Line(way, self.serial, hello=self._page_hello, take=self._page_frame)

    @cached_property
    def chat(self) -> Line:
        """The chat's."""
        way = Way(port=self.place.port, path="/ws/chat", origin=f"http://127.0.0.1:{self.place.port}")
        return Line(way, self.serial, hello=self._chat_hello, take=self._chat_frame, cap=CHAT_CAP)

    async def come(self) -> None:
        """View a page."""
        self.page.start()
        await self._until(lambda: self.page.welcomed_at is not None)

    async def call(self, department: str) -> None:
        """Ask for help, and wait until an operator has accepted."""
        self.chat.start()
        await self._until(lambda: self.chat.welcomed_at is not None)
        self._post(client_id := draw_id(), ASK(client_id=client_id, department=DepartmentId(department)))
        await self._until(lambda: self.conversation is not None)

    def view(self, path: str) -> bool:
        """View another page; False where there is no connection."""
        return self.page.say(_encode(self._page(path)))

    def say(self, text: str) -> str:
        """Write a message; its client id."""
        say = SAY(client_id=draw_id(), text=text, conversation=self.conversation)
        self._post(say.client_id, say)
        return str(say.client_id)

    def leave(self) -> None:
        """Close all."""
        for name in ("page", "chat"):
            if name in vars(self):
                getattr(self, name).retire()

    # --- frames ----------------------------------------------------------------------------------------------------

    def _page(self, path: str) -> Any:
        return VIEW(address=f"{self.place.shop}/{path}", title="Bench")

    def _page_hello(self) -> bytes:
        page = None if self._told else self._page("")
        return _encode(protocol.PageHello(site=self.place.site_key, visitor=self.visitor, page=page))

    def _page_frame(self, text: bytes) -> None:
        frame = _to_page(text)
        if isinstance(frame, protocol.PageWelcome):
            self.visitor, self._told = frame.visitor, True
            self.page.settle(LATE)
            if frame.tell_page:
                self.view("")
            self._news.set()
        elif isinstance(frame, protocol.Error):
            self.take(self, frame)

    def _chat_hello(self) -> bytes:
        return _encode(
            protocol.ChatHello(
                speaks=2, site=self.place.site_key, visitor=self.visitor, secret=self._secret, after=self._token
            )
        )

    def _chat_frame(self, text: bytes) -> None:
        frame = _to_chat(text)
        match frame:
            case protocol.ChatWelcome():
                self.visitor, self._secret = frame.visitor, frame.secret
                self.chat.settle()
                for waiting in self.outbox.values():
                    self.chat.say(waiting)
                self._news.set()
            case protocol.Ack() | protocol.Error():
                self.outbox.pop(frame.client_id or "", None)
                self.take(self, frame)
            case Entry():
                self._entry(frame)

    def _entry(self, entry: Entry) -> None:
        self._token, self.number = entry.token, entry.number
        if entry.what == "accepted":
            self.conversation = entry.conversation
            self._news.set()
        self.take(self, entry)

    def _post(self, client_id: str, frame: msgspec.Struct) -> None:
        text = self.outbox[client_id] = _encode(frame)
        if self.chat.welcomed_at is not None:
            self.chat.say(text)

    async def _until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not true():
                self._news.clear()
                await self._news.wait()
