"""One visitor's chat window: the chat's socket with its outbox, and what has come of the conversation."""

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec

from engine.events import ConversationId, DepartmentId
from engine.ids import draw_id
from engine.talk import OPEN, State
from engine.talk.entries import Entry
from parlour.demo.visitors.wire import Wire
from widget import protocol
from widget.asking import ASK, CANCEL, END, REFUSE, SAY, START

DECODER = msgspec.json.Decoder(protocol.ToChat)


class Ended(Exception):
    """The conversation is over."""


class Chat:
    """The window, open while its context lasts; what is sent goes again over a new connection until it is acked.

    Attributes:
        welcome: the latest answer to the hello.
        state: the conversation's, None before there is one.
        secret: opens this visitor's conversation again.

    """

    def __init__(
        self,
        url: str,
        *,
        headers: dict[str, str],
        hello: Callable[[str | None], protocol.ChatHello],
        keep: Callable[[protocol.ChatWelcome], None],
    ) -> None:
        self._keep = keep
        self._wire = Wire(url, headers=headers, decoder=DECODER, hello=lambda: hello(self._token), take=self._take)
        self._token: str | None = None
        self._conversation: ConversationId | None = None
        self._outbox: dict[str, Any] = {}
        self._refused: dict[str, protocol.Error] = {}
        self._news = asyncio.Event()
        self._unread = 0
        self.welcome: protocol.ChatWelcome | None = None
        self.state: State | None = None

    async def __aenter__(self) -> "Chat":
        await self._wire.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._wire.__aexit__()

    async def welcomed(self, patience: float) -> protocol.ChatWelcome | None:
        """The welcome, or None if there is none in time."""
        await self._until(lambda: self.welcome is not None, patience)
        return self.welcome

    async def answered(self, patience: float) -> bool:
        """Whether an operator accepts in time. Raises `Ended`."""
        return await self._until(lambda: self.state == "active", patience, open_only=True)

    async def operator_wrote(self, patience: float) -> bool:
        """Whether the operator writes, or wrote since the visitor last did, in time. Raises `Ended`."""
        return await self._until(lambda: self._unread > 0, patience, open_only=True)

    async def over(self, patience: float) -> bool:
        """Whether the conversation ends in time."""
        return await self._until(lambda: self.state not in OPEN, patience)

    async def ask(self, *, name: str, department: DepartmentId | None) -> bool:
        """Ask for help; whether it was taken."""
        taken = await self._deliver(ASK(client_id=draw_id(), name=name, department=department))
        return taken and await self._until(lambda: self.state is not None, 10)

    async def start(self, *, name: str) -> bool:
        """Take the invitation; whether there was one still."""
        if self._conversation is None or self.state != "invited":
            return False
        return await self._deliver(START(client_id=draw_id(), conversation=self._conversation, name=name))

    async def refuse(self) -> bool:
        """Close the invitation; whether there was one still."""
        if self._conversation is None or self.state != "invited":
            return False
        return await self._deliver(REFUSE(client_id=draw_id(), conversation=self._conversation))

    async def say(self, text: str) -> None:
        """Write a message; it is on its way when this returns."""
        self._unread = 0
        self._post(SAY(client_id=draw_id(), text=text, conversation=self._conversation))

    async def leave(self, message: Any) -> bool:
        """Leave a message; whether it was taken."""
        return await self._deliver(message)

    async def cancel(self) -> bool:
        """No longer wait."""
        return await self._deliver(CANCEL(client_id=draw_id(), conversation=self._conversation))

    async def end(self) -> bool:
        """End the conversation."""
        return await self._deliver(END(client_id=draw_id(), conversation=self._conversation))

    async def _deliver(self, frame: Any) -> bool:
        self._post(frame)
        await self._until(lambda: frame.client_id not in self._outbox, 60)
        return self._outbox.pop(frame.client_id, None) is None and frame.client_id not in self._refused

    def _post(self, frame: Any) -> None:
        self._outbox[frame.client_id] = frame
        self._wire.send(frame)

    async def _until(self, true: Callable[[], bool], patience: float, *, open_only: bool = False) -> bool:
        try:
            async with asyncio.timeout(patience):
                while not true():
                    if open_only and self.state not in OPEN:
                        raise Ended
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            return False
        return True

    def _take(self, frame: protocol.ToChat) -> None:
        match frame:
            case protocol.ChatWelcome():
                self._welcome(frame)
            case Entry():
                self._enter(frame)
            case protocol.Ack(client_id=client_id):
                self._outbox.pop(client_id, None)
            case protocol.Error(client_id=str(client_id)):
                self._outbox.pop(client_id, None)
                self._refused[client_id] = frame
        self._news.set()

    def _welcome(self, frame: protocol.ChatWelcome) -> None:
        self.welcome = frame
        self._keep(frame)
        if frame.conversation is not None:
            self._conversation, self.state = frame.conversation.id, frame.conversation.state
        for waiting in self._outbox.values():
            self._wire.send(waiting)

    def _enter(self, entry: Entry) -> None:
        self._token, self._conversation = entry.token, entry.conversation
        self.state = entry.state
        if entry.what == "message" and entry.author == "operator":
            self._unread += 1
