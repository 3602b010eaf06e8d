"""A visitor's chat window against a scripted gateway that breaks off."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application
from tornado.websocket import WebSocketHandler

from parlour.demo.visitors.chat import Chat, Ended
from tests.running import eventually
from widget import protocol

WELCOME = {"t": "welcome", "visitor": "v", "secret": "s", "site": "Shop", "service": "live", "departments": []}


def entry(number: int, what: str, state: str, **more: Any) -> dict[str, Any]:
    ground = {"t": "entry", "conversation": "c", "number": number, "token": f"t{number}", "at": "2026-01-01T00:00:00Z"}
    return ground | {"what": what, "state": state, "body": {"is": "line"}} | more


class Gateway:
    """Says what the test says, and keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[list[dict[str, Any]]] = []
        self.lines: list[WebSocketHandler] = []
        self.open: set[WebSocketHandler] = set()

    @property
    def now(self) -> list[dict[str, Any]]:
        """What was heard on the present connection after its hello."""
        return self.heard[-1][1:] if self.heard else []

    def say(self, *frames: dict[str, Any]) -> None:
        for frame in frames:
            self.lines[-1].write_message(json.dumps(frame))

    def break_off(self) -> None:
        self.lines[-1].close()


class Line(WebSocketHandler):
    def initialize(self, gateway: Gateway) -> None:
        self.gateway = gateway

    def open(self, *_: str, **__: str) -> None:
        self.gateway.lines.append(self)
        self.gateway.heard.append([])
        self.gateway.open.add(self)

    def on_close(self) -> None:
        self.gateway.open.discard(self)

    def on_message(self, message: str | bytes) -> None:
        frame = json.loads(message)
        self.gateway.heard[-1].append(frame)
        if frame["t"] == "hello":
            self.gateway.say(WELCOME)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("parlour.demo.visitors.wire.PAUSES", (0.01,))
    yield


def run(test: Callable[[Gateway, Chat], Awaitable[None]]) -> None:
    def hello(after: str | None) -> protocol.ChatHello:
        return protocol.ChatHello(speaks=2, site="k", after=after)

    async def main() -> None:
        gateway = Gateway()
        server = HTTPServer(Application([("/ws/chat", Line, {"gateway": gateway})]))
        sockets = bind_sockets(0, "127.0.0.1")
        server.add_sockets(sockets)
        url = f"ws://127.0.0.1:{sockets[0].getsockname()[1]}/ws/chat"
        async with Chat(url, headers={}, hello=hello, keep=lambda _: None) as chat:
            assert await chat.welcomed(5)
            await test(gateway, chat)
        await eventually(lambda: not gateway.open)
        server.stop()
        await server.close_all_connections()

    asyncio.run(main())


async def accepted(gateway: Gateway, chat: Chat) -> None:
    asking = asyncio.create_task(chat.ask(name="Mira", department=None))
    await eventually(lambda: gateway.now)
    gateway.say(entry(1, "asked", "routing"), entry(2, "accepted", "active"))
    gateway.say({"t": "ack", "client_id": gateway.now[0]["client_id"]})
    assert await asking
    assert await chat.answered(5)


def test_what_was_not_acked_is_sent_again_with_the_same_id_and_the_window_goes_on() -> None:
    async def test(gateway: Gateway, chat: Chat) -> None:
        await accepted(gateway, chat)
        await chat.say("one")
        await chat.say("two")
        await eventually(lambda: len(gateway.now) == 3)
        gateway.say({"t": "ack", "client_id": gateway.now[1]["client_id"]})
        unacked = gateway.now[2]
        gateway.break_off()
        await eventually(lambda: len(gateway.heard) == 2 and gateway.now == [unacked])
        assert gateway.heard[1][0]["after"] == "t2"
        gateway.say(entry(3, "message", "active", author="operator"))
        assert await chat.operator_wrote(5)

    run(test)


def test_a_message_counts_as_heard_when_the_visitor_writes() -> None:
    async def test(gateway: Gateway, chat: Chat) -> None:
        await accepted(gateway, chat)
        gateway.say(entry(3, "message", "active", author="operator"), entry(4, "message", "active", author="visitor"))
        assert await chat.operator_wrote(5)
        await chat.say("yes")
        assert not await chat.operator_wrote(0.05)

    run(test)


def test_a_conversation_that_ends_is_told_to_who_waits() -> None:
    async def test(gateway: Gateway, chat: Chat) -> None:
        await accepted(gateway, chat)
        gateway.say(entry(3, "ended", "ended"))
        with pytest.raises(Ended):
            await chat.operator_wrote(5)
        assert await chat.over(5)

    run(test)


def test_what_is_refused_is_not_sent_again() -> None:
    async def test(gateway: Gateway, chat: Chat) -> None:
        asking = asyncio.create_task(chat.ask(name="Mira", department=None))
        await eventually(lambda: gateway.now)
        gateway.say({"t": "error", "reason": "too-fast", "client_id": gateway.now[0]["client_id"], "limit": 3})
        assert not await asking
        gateway.break_off()
        await eventually(lambda: len(gateway.heard) == 2 and gateway.heard[1])
        assert gateway.now == []

    run(test)


def test_a_frame_that_is_not_understood_costs_the_connection_only() -> None:
    async def test(gateway: Gateway, chat: Chat) -> None:
        gateway.say({"t": "riddle"})
        await eventually(lambda: len(gateway.heard) == 2)
        assert await chat.welcomed(5)

    run(test)
