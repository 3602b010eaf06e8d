"""A visitor's browser: the page's and the chat's socket on the public gateway. It must not know what is measured."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import msgspec
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from bench.websocket import USER_AGENT
from engine.events import ConversationId, DepartmentId
from engine.ids import draw_id
from engine.talk.entries import Entry
from engine.wire.stream import send_at_once
from widget import protocol
from widget.asking import ASK, SAY, VIEW

PATIENCE = 30.0  # seconds for a socket, an answer
_to_page = msgspec.json.Decoder(protocol.ToPage).decode
_to_chat = msgspec.json.Decoder(protocol.ToChat).decode
_encode = msgspec.json.Encoder().encode
Take = Callable[["Window", Entry | protocol.Error, int], None]


class Window:
    """One visitor with a page and a chat open; `take` gets each entry and each refusal, and when it came (ns)."""

    def __init__(self, *, gateway: str, shop: str, site_key: str, take: Take) -> None:
        self._gateway, self._shop, self._site_key, self._take = gateway, shop, site_key, take
        self._welcomed: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._served: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._sockets: list[WebSocketClientConnection] = []

    async def open(self, department: str) -> str:
        """View a page, ask for help, and wait until an operator has accepted; the conversation's id."""
        page = VIEW(address=f"{self._shop}/", title="Bench")
        await self._connect("page", self._shop, self._page_frame, protocol.PageHello(site=self._site_key, page=page))
        visitor = await asyncio.wait_for(self._welcomed, PATIENCE)
        hello = protocol.ChatHello(speaks=2, site=self._site_key, visitor=visitor)
        await self._connect("chat", self._gateway, self._chat_frame, hello)
        self._send(ASK(client_id=draw_id(), department=DepartmentId(department)))
        return await asyncio.wait_for(self._served, PATIENCE)

    def say(self, conversation: str, text: str) -> None:
        """Write a message."""
        self._send(SAY(client_id=draw_id(), text=text, conversation=ConversationId(conversation)))

    def close(self) -> None:
        """Close both sockets."""
        for socket in self._sockets:
            socket.close()

    async def _connect(self, path: str, origin: str, take: Callable[[Any], None], hello: protocol.Frame) -> None:
        url = f"ws{self._gateway.removeprefix('http')}/ws/{path}"
        request = HTTPRequest(url, headers={"Origin": origin, "User-Agent": USER_AGENT})
        socket = await asyncio.wait_for(websocket_connect(request, on_message_callback=take), PATIENCE)
        send_at_once(socket)  # as browsers do
        self._sockets.append(socket)
        self._send(hello)

    def _send(self, frame: protocol.Frame) -> None:
        self._sockets[-1].write_message(_encode(frame).decode())

    def _page_frame(self, message: str | bytes | None) -> None:
        if message is not None and isinstance(frame := _to_page(message), protocol.PageWelcome):
            self._welcomed.set_result(frame.visitor)

    def _chat_frame(self, message: str | bytes | None) -> None:
        now = time.monotonic_ns()
        if message is None:
            return
        frame = _to_chat(message)
        if isinstance(frame, Entry):
            if frame.what == "accepted" and not self._served.done():
                self._served.set_result(frame.conversation)
            self._take(self, frame, now)
        elif isinstance(frame, protocol.Error):
            self._take(self, frame, now)
